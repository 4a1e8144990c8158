package vn.tnmt.lakehouse.ingestion.format.toy;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: toy}, registered in the test tree alone. */
public final class ToyType implements FormatType {
  @Override
  public List<String> names() {
    return List.of("toy");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of();
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "separator"));
    return new Toy(format.text("separator", "|"));
  }
}
