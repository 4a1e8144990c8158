package vn.tnmt.lakehouse.ingestion.format.ndjson;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: ndjson}. */
public final class NdJsonType implements FormatType {
  static final FormatType TYPE = new NdJsonType();

  @Override
  public List<String> names() {
    return List.of("ndjson");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.DATABASE_ROWS);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "flatten"));
    return new NdJson(format.flag("flatten", false));
  }
}
