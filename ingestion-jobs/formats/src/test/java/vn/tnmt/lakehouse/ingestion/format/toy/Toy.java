package vn.tnmt.lakehouse.ingestion.format.toy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A format that only the tests have: {@code name=text} pairs, one record a line.
 *
 * @param separator between pairs
 */
public record Toy(String separator) implements Format {
  @Override
  public FormatType type() {
    return new ToyType();
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader((file, bytes) -> new Lines(bytes));
  }

  private final class Lines extends FoundRecords {
    private final BufferedReader lines;
    private final CellsBuilder cells = new CellsBuilder();
    private long number;

    Lines(InputStream bytes) {
      this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        return null;
      }
      cells.clear();
      for (String pair : line.split(java.util.regex.Pattern.quote(separator), -1)) {
        int equals = pair.indexOf('=');
        cells.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      return cells.record(++number);
    }
  }
}
