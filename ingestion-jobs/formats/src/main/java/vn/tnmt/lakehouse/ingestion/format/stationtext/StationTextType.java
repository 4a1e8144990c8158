package vn.tnmt.lakehouse.ingestion.format.stationtext;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: station-text}; it has no keys. */
public final class StationTextType implements FormatType {
  static final FormatType TYPE = new StationTextType();

  @Override
  public List<String> names() {
    return List.of("station-text");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.EITHER_DECIMAL);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type"));
    return new StationText();
  }
}
