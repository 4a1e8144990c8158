package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;

/** {@code type: shapefile}. */
public final class ShapefileType implements FormatType {
  static final FormatType TYPE = new ShapefileType();

  private static final Pattern EPSG = Pattern.compile("EPSG:[1-9][0-9]{3,5}");

  @Override
  public List<String> names() {
    return List.of("shapefile");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.TABLE, Trait.BYTES, Trait.TYPED, Trait.GEOMETRY, Trait.LAYERS);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "layer", "crs", "limits"));
    String crs = format.text("crs", "");
    if (!crs.isEmpty() && !EPSG.matcher(crs).matches()) {
      throw format
          .require("crs")
          .error("hệ tọa độ lạ / unknown coordinate system '" + crs + "'", "such as EPSG:4326");
    }
    return new Shapefile(format.text("layer", ""), crs, FileLimits.of(format));
  }
}
