package vn.tnmt.lakehouse.ingestion.format.fixedwidth;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.ingestion.reader.text.Totals;

/** {@code type: fixed-width}. */
public final class FixedWidthType implements FormatType {
  static final FormatType TYPE = new FixedWidthType();

  private static final int MAX_POSITION = 1_000_000;

  @Override
  public List<String> names() {
    return List.of("fixed-width");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.TABLE, Trait.BYTES, Trait.CUT);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(Set.of("type", "columns", "headerLine", "totals", "footer", "limits"));
    Map<String, FixedWidth.Span> columns = new LinkedHashMap<>();
    format
        .require("columns")
        .entries()
        .forEach(
            (name, span) ->
                columns.put(Normalizer.normalize(name, Normalizer.Form.NFC), span(span)));
    if (columns.isEmpty()) {
      throw format.require("columns").error("thiếu cột / no columns", "write name: [from, to]");
    }
    return new FixedWidth(
        columns,
        format.atLeast(0, "headerLine", 0),
        Totals.of(format, "totals"),
        Totals.of(format, "footer"),
        RowLimits.of(format));
  }

  private static FixedWidth.Span span(YamlNode node) {
    List<YamlNode> ends = node.items();
    if (ends.size() != 2
        || ends.get(0).integer() < 1
        || ends.get(1).integer() < ends.get(0).integer()
        || ends.get(1).integer() > MAX_POSITION) {
      throw node.error(
          "vị trí cột sai / wrong position of a column",
          "[from, to], first and last character, counted from 1");
    }
    return new FixedWidth.Span(ends.get(0).integer(), ends.get(1).integer());
  }
}
