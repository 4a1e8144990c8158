package vn.tnmt.lakehouse.ingestion.format.fixedwidth;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.format.FixedCells;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.RejectsDialect;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;

/**
 * Text in columns of fixed positions; a line is a row.
 *
 * @param columns name → where its cell stands, in the order of the feed
 * @param headerLine last line before the data, not interpreted; 0 when data begin at once
 * @param totals texts of the first cell by which rows of totals are known
 * @param footer texts of the first cell by which the row is known with which the table ends
 */
public record FixedWidth(
    Map<String, Span> columns,
    int headerLine,
    List<String> totals,
    List<String> footer,
    RowLimits limits)
    implements Format {
  public FixedWidth {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    totals = List.copyOf(totals);
    footer = List.copyOf(footer);
  }

  /**
   * Where a column stands in a line.
   *
   * @param from first character, counted from 1
   * @param to last character
   */
  public record Span(int from, int to) implements Serializable {}

  @Override
  public FormatType type() {
    return FixedWidthType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(new FixedWidthReader(this, reading.columns(), reading.bytewise()));
  }

  @Override
  public Optional<FixedCells> cells() {
    return Optional.of(
        new FixedCells(
            List.copyOf(columns.keySet()),
            "format.columns không có cột / format.columns has no column"));
  }

  @Override
  public Optional<RejectsDialect> rejects() {
    return Optional.of(RejectsDialect.USUAL);
  }
}
