package vn.tnmt.lakehouse.ingestion.format.parquet;

import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.GuardedReader;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * Parquet or GeoParquet; cells are the columns.
 *
 * @param geometry name of the column with the geometry; empty to believe the file's metadata
 */
public record Parquet(String geometry) implements Format {
  @Override
  public FormatType type() {
    return ParquetType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return GuardedReader.ofAnyBytes(new ParquetReader(this, reading.columns()));
  }
}
