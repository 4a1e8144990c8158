package vn.tnmt.lakehouse.ingestion.format.shapefile;

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
 * An ESRI Shapefile; cells are the attributes and {@code $geometry}.
 *
 * @param layer name of the layers to read, {@code *} being any text; empty for the only one
 * @param crs of the coordinates, whatever the .prj says; empty to believe the .prj
 */
public record Shapefile(String layer, String crs, FileLimits limits) implements Format {
  private static final FileParts PARTS =
      new FileParts(
          "shp", Set.of("dbf"), Set.of("shx", "dbt", "fpt", "prj", "qpj", "cpg", "cst", "shp.xml"));

  @Override
  public FormatType type() {
    return ShapefileType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new BinaryGuard(new ShapefileReader(this, reading));
  }

  @Override
  public Optional<FileParts> parts() {
    return Optional.of(PARTS);
  }
}
