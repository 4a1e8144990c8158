package vn.tnmt.lakehouse.ingestion.format.geojson;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: geojson}; it has no keys. */
public final class GeoJsonType implements FormatType {
  static final FormatType TYPE = new GeoJsonType();

  @Override
  public List<String> names() {
    return List.of("geojson");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GEOMETRY);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type"));
    return new GeoJson();
  }
}
