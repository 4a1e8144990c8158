package vn.tnmt.lakehouse.ingestion.format.csv;

import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.RejectsDialect;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;

/**
 * Text with separators, RFC 4180.
 *
 * @param delimiter between cells; {@link #AUTO} decides by the head of each file
 * @param quote around cells that hold delimiters or line breaks; {@link #AUTO} likewise
 * @param headerLine line of the header, counted from 1; lines above it are skipped; {@link
 *     #AUTO_LINE} looks for the line with the column names that the feed knows
 * @param headerLines header rows, joined to one name for each column
 * @param headerJoin what stands between the joined names
 * @param totals texts of the first cell by which rows of totals are known
 * @param footer texts of the first cell by which the row is known with which the table ends
 */
public record Csv(
    char delimiter,
    char quote,
    int headerLine,
    int headerLines,
    String headerJoin,
    List<String> totals,
    List<String> footer,
    RowLimits limits)
    implements Format {
  public static final char AUTO = 0;
  public static final int AUTO_LINE = 0;
  public static final String HEADER_JOIN = " / ";

  public Csv {
    totals = List.copyOf(totals);
    footer = List.copyOf(footer);
  }

  /** One header row, no totals, the usual limits. */
  public Csv(char delimiter, char quote, int headerLine) {
    this(delimiter, quote, headerLine, 1, HEADER_JOIN, List.of(), List.of(), RowLimits.USUAL);
  }

  /** Whether each file is looked into before it is read. */
  public boolean detected() {
    return delimiter == AUTO || quote == AUTO || headerLine == AUTO_LINE;
  }

  /** This format with what was {@link #AUTO} decided. */
  public Csv decided(char delimiterFound, char quoteFound, int headerLineFound) {
    return new Csv(
        delimiterFound,
        quoteFound,
        headerLineFound,
        headerLines,
        headerJoin,
        totals,
        footer,
        limits);
  }

  @Override
  public FormatType type() {
    return CsvType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(
        new CsvReader(this, reading.columns(), reading.bytewise() ? reading.encoding() : ""));
  }

  @Override
  public String cutBy(KnownColumns columns) {
    return this + (detected() ? " " + columns.known() : "");
  }

  /** What the feed leaves to the file can be told from ours, too. */
  @Override
  public Optional<RejectsDialect> rejects() {
    return Optional.of(
        new RejectsDialect(
            delimiter == AUTO ? RejectsDialect.USUAL.delimiter() : delimiter,
            quote == AUTO ? RejectsDialect.USUAL.quote() : quote,
            headerLine,
            headerLines));
  }
}
