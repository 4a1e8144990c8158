package vn.tnmt.lakehouse.ingestion.format.kml;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: kml}; it has no keys. */
public final class KmlType implements FormatType {
  static final FormatType TYPE = new KmlType();

  @Override
  public List<String> names() {
    return List.of("kml");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GEOMETRY);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type"));
    return new Kml();
  }
}
