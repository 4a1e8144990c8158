package vn.tnmt.lakehouse.ingestion.feed;

import java.time.DateTimeException;
import java.util.Set;
import java.util.function.Function;
import vn.tnmt.lakehouse.core.text.Nearest;
import vn.tnmt.lakehouse.core.yaml.YamlNode;

/** Values of a feed file, checked where they stand: an error names file and line. */
final class FeedNodes {
  private FeedNodes() {}

  static int atLeast(int least, YamlNode node, String key, int otherwise) {
    int value = node.integer(key, otherwise);
    if (value < least) {
      throw node.require(key).error(key + " " + value, "at least " + least);
    }
    return value;
  }

  static char character(YamlNode node, String key, char otherwise) {
    return node.find(key)
        .map(
            value -> {
              String text = value.text().equals("\\t") ? "\t" : value.text();
              if (text.length() != 1) {
                throw value.error(
                    "cần đúng một ký tự / one character is expected, not '" + text + "'", "");
              }
              return text.charAt(0);
            })
        .orElse(otherwise);
  }

  static String choice(YamlNode node, Set<String> known) {
    if (!known.contains(node.text())) {
      String hint = Nearest.hint(node.text(), known);
      throw node.error(
          "giá trị lạ / unknown value '" + node.text() + "'",
          hint.isEmpty() ? "one of " + String.join(", ", known.stream().sorted().toList()) : hint);
    }
    return node.text();
  }

  static <T> T understood(YamlNode node, Function<String, T> parse) {
    String text = node.text();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw node.error(
          "không hiểu / not understood '" + text + "'", String.valueOf(e.getMessage()));
    }
  }
}
