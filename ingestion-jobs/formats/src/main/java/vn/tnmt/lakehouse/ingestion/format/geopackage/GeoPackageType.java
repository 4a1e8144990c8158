package vn.tnmt.lakehouse.ingestion.format.geopackage;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: gpkg}. */
public final class GeoPackageType implements FormatType {
  static final FormatType TYPE = new GeoPackageType();

  @Override
  public List<String> names() {
    return List.of("gpkg");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GEOMETRY, Trait.LAYERS);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "layer", "geometry"));
    return new GeoPackage(format.text("layer", ""), format.text("geometry", ""));
  }
}
