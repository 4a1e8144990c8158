package vn.tnmt.lakehouse.ingestion.feed;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code format:} of type {@code csv} and {@code fixed-width}. */
final class TextFormats {
  private static final String AUTO = "auto";
  private static final int MAX_POSITION = 1_000_000;
  private static final int MAX_ROW_KB = 64 * 1024;

  private TextFormats() {}

  static Format csv(YamlNode node) {
    node.only(
        Set.of(
            "type",
            "delimiter",
            "quote",
            "headerLine",
            "headerLines",
            "headerJoin",
            "totals",
            "limits"));
    char delimiter = ascii(node, "delimiter", ',');
    char quote = ascii(node, "quote", '"');
    if (delimiter == quote && delimiter != Format.Csv.AUTO) {
      throw node.error(
          "dấu phân cách trùng dấu nháy / delimiter and quote are the same character", "");
    }
    int headerLine =
        auto(node, "headerLine")
            ? Format.Csv.AUTO_LINE
            : FeedNodes.atLeast(1, node, "headerLine", 1);
    return new Format.Csv(
        delimiter,
        quote,
        headerLine,
        FeedNodes.atLeast(1, node, "headerLines", 1),
        node.text("headerJoin", Format.Csv.HEADER_JOIN),
        totals(node),
        limits(node));
  }

  static Format fixedWidth(YamlNode node) {
    node.only(Set.of("type", "columns", "headerLine", "totals", "limits"));
    Map<String, Format.FixedWidth.Span> columns = new LinkedHashMap<>();
    node.require("columns")
        .entries()
        .forEach(
            (name, span) ->
                columns.put(Normalizer.normalize(name, Normalizer.Form.NFC), span(span)));
    if (columns.isEmpty()) {
      throw node.require("columns").error("thiếu cột / no columns", "write name: [from, to]");
    }
    return new Format.FixedWidth(
        columns, FeedNodes.atLeast(0, node, "headerLine", 0), totals(node), limits(node));
  }

  private static Format.FixedWidth.Span span(YamlNode node) {
    List<YamlNode> ends = node.items();
    if (ends.size() != 2
        || ends.get(0).integer() < 1
        || ends.get(1).integer() < ends.get(0).integer()
        || ends.get(1).integer() > MAX_POSITION) {
      throw node.error(
          "vị trí cột sai / wrong position of a column",
          "[from, to], first and last character, counted from 1");
    }
    return new Format.FixedWidth.Span(ends.get(0).integer(), ends.get(1).integer());
  }

  private static List<String> totals(YamlNode node) {
    return node.texts("totals").stream()
        .map(text -> Normalizer.normalize(text.strip(), Normalizer.Form.NFC))
        .toList();
  }

  private static RowLimits limits(YamlNode format) {
    RowLimits usual = RowLimits.USUAL;
    return format
        .find("limits")
        .map(
            node -> {
              node.only(Set.of("rowKB", "rowLines", "columns"));
              int kilobytes = FeedNodes.atLeast(1, node, "rowKB", usual.bytes() >> 10);
              if (kilobytes > MAX_ROW_KB) {
                throw node.require("rowKB").error("rowKB " + kilobytes, "at most " + MAX_ROW_KB);
              }
              return new RowLimits(
                  kilobytes << 10,
                  FeedNodes.atLeast(1, node, "rowLines", usual.lines()),
                  FeedNodes.atLeast(1, node, "columns", usual.columns()));
            })
        .orElse(usual);
  }

  private static boolean auto(YamlNode node, String key) {
    return node.find(key).filter(value -> value.text().equals(AUTO)).isPresent();
  }

  /** A character that is one byte in every encoding, and no part of a number or word. */
  private static char ascii(YamlNode node, String key, char otherwise) {
    if (auto(node, key)) {
      return Format.Csv.AUTO;
    }
    char given = FeedNodes.character(node, key, otherwise);
    if (given >= 0x7F || (given < ' ' && given != '\t') || Character.isLetterOrDigit(given)) {
      throw node.require(key)
          .error("không dùng được ký tự này / this character cannot be used", "one of , ; | \\t");
    }
    return given;
  }
}
