package vn.tnmt.lakehouse.ingestion.format.ndjson;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_JSON;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.json.JsonValues;
import vn.tnmt.lakehouse.ingestion.reader.text.LineScanner;
import vn.tnmt.lakehouse.ingestion.reader.text.Lines;

/**
 * JSON lines: one object a line, so that a broken one costs its line and no more. Cells are the
 * object's members, as {@link JsonValues#put} writes them. A last line that breaks off without a
 * line end was cut off (REC-04).
 */
final class NdJsonReader implements RecordReader {
  /** Longer lines are told as too long. */
  static final int MAX_LINE = 16 << 20;

  private static final String SHAPE = "{…}";

  private final boolean flatten;
  private final LineScanner lines = new LineScanner(MAX_LINE);
  private final CellsBuilder cells = new CellsBuilder();

  NdJsonReader(NdJson format) {
    this.flatten = format.flatten();
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) {
    lines.open(bytes);
    return new FoundRecords() {
      @Override
      protected @Nullable RawRecord find() throws IOException {
        while (lines.next()) {
          if (!Lines.blank(lines)) {
            return record();
          }
        }
        return null;
      }
    };
  }

  private RawRecord record() throws IOException {
    RawRecord unreadable = Lines.unreadable(lines, Lines.ascii(lines));
    if (unreadable != null) {
      return unreadable;
    }
    cells.clear();
    try (JsonParser json =
        JsonValues.parser(
            new ByteArrayInputStream(lines.bytes, lines.start, lines.end - lines.start))) {
      try {
        boolean whole =
            json.nextToken() == JsonToken.START_OBJECT
                && JsonValues.members(json, cells, flatten)
                && json.nextToken() == null;
        return whole ? cells.record(lines.number()) : broken(json);
      } catch (JsonEOFException e) {
        return lines.terminated() ? broken(json) : told(Flaws.of(FILE_CUT_OFF, "", SHAPE));
      } catch (JsonProcessingException e) {
        return broken(json);
      }
    }
  }

  private RawRecord broken(JsonParser json) {
    return told(
        Flaws.of(
            BROKEN_JSON,
            "%d:%d".formatted(lines.number(), json.currentLocation().getColumnNr()),
            SHAPE));
  }

  private RawRecord told(vn.tnmt.lakehouse.tables.rule.Breach breach) {
    return Flaws.line(
        lines.number(), Utf8.text(lines.bytes, lines.start, lines.end, false), breach);
  }
}
