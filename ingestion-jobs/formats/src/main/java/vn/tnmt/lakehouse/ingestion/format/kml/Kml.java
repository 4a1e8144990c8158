package vn.tnmt.lakehouse.ingestion.format.kml;

import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** KML; a record is a placemark. */
public record Kml() implements Format {
  @Override
  public FormatType type() {
    return KmlType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return GuardedReader.ofAnyBytes(new KmlReader());
  }
}
