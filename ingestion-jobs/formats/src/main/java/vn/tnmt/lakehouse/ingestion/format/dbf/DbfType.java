package vn.tnmt.lakehouse.ingestion.format.dbf;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;

/** {@code type: dbf}. */
public final class DbfType implements FormatType {
  static final FormatType TYPE = new DbfType();

  @Override
  public List<String> names() {
    return List.of("dbf");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.TABLE, Trait.BYTES, Trait.TYPED);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "deleted", "limits"));
    boolean keep =
        format
            .find("deleted")
            .map(value -> value.choice(Set.of("drop", "keep")).equals("keep"))
            .orElse(false);
    return new Dbf(keep, FileLimits.of(format));
  }
}
