package vn.tnmt.lakehouse.ingestion.format.ndjson;

import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * One JSON object a line; cells are the object's members.
 *
 * @param flatten whether members of members are cells of their own, named {@code a.b}
 */
public record NdJson(boolean flatten) implements Format {
  @Override
  public FormatType type() {
    return NdJsonType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(new NdJsonReader(this));
  }
}
