package vn.tnmt.lakehouse.ingestion.format.csv;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.ingestion.reader.text.Totals;

/** {@code type: csv}. */
public final class CsvType implements FormatType {
  static final FormatType TYPE = new CsvType();

  private static final Set<String> KEYS =
      Set.of(
          "type",
          "delimiter",
          "quote",
          "headerLine",
          "headerLines",
          "headerJoin",
          "totals",
          "footer",
          "limits");

  @Override
  public List<String> names() {
    return List.of("csv");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.TABLE, Trait.BYTES, Trait.CUT);
  }

  @Override
  public Format parse(YamlNode format) {
    format.only(KEYS);
    char delimiter = ascii(format, "delimiter", ',');
    char quote = ascii(format, "quote", '"');
    if (delimiter == quote && delimiter != Csv.AUTO) {
      throw format.error(
          "dấu phân cách trùng dấu nháy / delimiter and quote are the same character", "");
    }
    return new Csv(
        delimiter,
        quote,
        auto(format, "headerLine") ? Csv.AUTO_LINE : format.atLeast(1, "headerLine", 1),
        format.atLeast(1, "headerLines", 1),
        format.text("headerJoin", Csv.HEADER_JOIN),
        Totals.of(format, "totals"),
        Totals.of(format, "footer"),
        RowLimits.of(format));
  }

  private static boolean auto(YamlNode node, String key) {
    return node.text(key, "").equals("auto");
  }

  /** A character that is one byte in every encoding, and no part of a number or word. */
  private static char ascii(YamlNode node, String key, char otherwise) {
    if (auto(node, key)) {
      return Csv.AUTO;
    }
    char given = node.character(key, otherwise);
    if (given >= 0x7F || (given < ' ' && given != '\t') || Character.isLetterOrDigit(given)) {
      throw node.require(key)
          .error("không dùng được ký tự này / this character cannot be used", "one of , ; | \\t");
    }
    return given;
  }
}
