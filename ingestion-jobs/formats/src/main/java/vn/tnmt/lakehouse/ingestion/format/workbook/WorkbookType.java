package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;

/** {@code type: xlsx} and {@code type: xls}. */
public final class WorkbookType implements FormatType {
  static final FormatType TYPE = new WorkbookType();

  @Override
  public List<String> names() {
    return List.of("xlsx", "xls");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.TABLE, Trait.TYPED, Trait.SHEETS);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(
        Set.of(
            "type",
            "sheet",
            "headerLine",
            "headerLines",
            "totals",
            "footer",
            "mergedCells",
            "limits"));
    boolean auto = format.text("headerLine", "").equals("auto");
    return new Workbook(
        format.text("sheet", ""),
        auto ? 0 : format.atLeast(1, "headerLine", 1),
        format.atLeast(1, "headerLines", 1),
        format.texts("totals"),
        format.texts("footer"),
        format
            .find("mergedCells")
            .map(value -> value.choice(Set.of("fill", "tell")).equals("fill"))
            .orElse(false),
        FileLimits.of(format));
  }
}
