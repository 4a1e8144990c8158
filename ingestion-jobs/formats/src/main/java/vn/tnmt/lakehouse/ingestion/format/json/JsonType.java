package vn.tnmt.lakehouse.ingestion.format.json;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: json}. */
public final class JsonType implements FormatType {
  static final FormatType TYPE = new JsonType();

  @Override
  public List<String> names() {
    return List.of("json");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of();
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "records", "flatten"));
    boolean flatten = format.flag("flatten", false);
    return format
        .find("records")
        .map(records -> records.understood(text -> new Json(text, flatten)))
        .orElseGet(() -> new Json("", flatten));
  }
}
