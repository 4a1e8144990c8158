package vn.tnmt.lakehouse.ingestion.format.xml;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: xml}. */
public final class XmlType implements FormatType {
  static final FormatType TYPE = new XmlType();

  @Override
  public List<String> names() {
    return List.of("xml");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of();
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "record", "parents"));
    return new Xml(format.require("record").text(), Set.copyOf(format.texts("parents")));
  }
}
