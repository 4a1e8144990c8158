package vn.tnmt.lakehouse.ingestion.format.dbf;

import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.format.FileParts;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.BinaryGuard;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * A dBase or FoxPro table, with its memo file if it has one; cells are its fields.
 *
 * @param keepDeleted whether records that are marked as deleted are data
 */
public record Dbf(boolean keepDeleted, FileLimits limits) implements Format {
  private static final FileParts PARTS =
      new FileParts("dbf", Set.of(), Set.of("dbt", "fpt", "cpg"));

  @Override
  public FormatType type() {
    return DbfType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new BinaryGuard(new DbfReader(this, reading));
  }

  @Override
  public Optional<FileParts> parts() {
    return Optional.of(PARTS);
  }
}
