package vn.tnmt.lakehouse.ingestion.format.parquet;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;

/** {@code type: parquet}. */
public final class ParquetType implements FormatType {
  static final FormatType TYPE = new ParquetType();

  @Override
  public List<String> names() {
    return List.of("parquet");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GEOMETRY, Trait.TYPED);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "geometry"));
    return new Parquet(format.text("geometry", ""));
  }
}
