package vn.tnmt.lakehouse.ingestion.feed;

import java.time.DateTimeException;
import java.util.Set;
import java.util.function.Function;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** Values of a feed file, checked where they stand: an error names file and line. */
public final class FeedNodes {
  private static final int DEFAULT_LOOKBACK_DAYS = 30;

  private FeedNodes() {}

  /** An integer of at least so much. */
  public static int atLeast(int least, YamlNode node, String key, int otherwise) {
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

  /** One of the texts that are known. */
  public static String choice(YamlNode node, Set<String> known) {
    if (!known.contains(node.text())) {
      String hint = Nearest.hint(node.text(), known);
      throw node.error(
          "giá trị lạ / unknown value '" + node.text() + "'",
          hint.isEmpty() ? "one of " + String.join(", ", known.stream().sorted().toList()) : hint);
    }
    return node.text();
  }

  /** What a text means; an exception of {@code parse} becomes an error at its place. */
  public static <T> T understood(YamlNode node, Function<String, T> parse) {
    String text = node.text();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw node.error(
          "không hiểu / not understood '" + text + "'", String.valueOf(e.getMessage()));
    }
  }

  /** How many days back the files of a dated pattern are looked at. */
  public static int lookbackDays(YamlNode transport) {
    return atLeast(0, transport, "lookbackDays", DEFAULT_LOOKBACK_DAYS);
  }
}
