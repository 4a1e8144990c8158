package vn.tnmt.lakehouse.ingestion.format.geojson;

import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** A GeoJSON FeatureCollection (RFC 7946); cells are the features' properties. */
public record GeoJson() implements Format {
  @Override
  public FormatType type() {
    return GeoJsonType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new GuardedReader(new GeoJsonReader());
  }
}
