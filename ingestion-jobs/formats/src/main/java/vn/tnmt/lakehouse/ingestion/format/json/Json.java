package vn.tnmt.lakehouse.ingestion.format.json;

import java.util.Arrays;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A JSON document with a list of objects in it; cells are the objects' members.
 *
 * @param records JSON pointer (RFC 6901) to the list; empty when the document is the list
 */
public record Json(String records, boolean flatten) implements Format {
  public Json {
    if (!records.isEmpty() && !records.startsWith("/")) {
      throw new IllegalArgumentException("a JSON pointer is empty or begins with /: " + records);
    }
  }

  /** The names and numbers that the pointer goes through. */
  public List<String> path() {
    return Arrays.stream(records.split("/", -1))
        .skip(1)
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  @Override
  public FormatType type() {
    return JsonType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(new JsonReader(this));
  }
}
