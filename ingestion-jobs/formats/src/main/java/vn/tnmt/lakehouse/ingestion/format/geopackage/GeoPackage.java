package vn.tnmt.lakehouse.ingestion.format.geopackage;

import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A GeoPackage; a record is a row of one table.
 *
 * @param layer the table; empty when the file has only one
 * @param geometry name of the column with the geometry; empty to believe the file's own tables
 */
public record GeoPackage(String layer, String geometry) implements Format {
  @Override
  public FormatType type() {
    return GeoPackageType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return GuardedReader.ofAnyBytes(
        new GeoPackageReader(this, reading.columns().known().contains(Cells.LAYER)));
  }
}
