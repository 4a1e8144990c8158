package vn.tnmt.lakehouse.ingestion.feed;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

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

  /**
   * {@code {env: NAME}} or {@code {file: PATH}}. A secret written down where it stands is refused.
   */
  static Secret secret(YamlNode node) {
    if (node.isScalar()) {
      throw node.error(
          "bí mật không được viết trong nguồn cấp / a secret must not stand in a feed",
          "write {env: NAME} or {file: PATH}");
    }
    node.only(Set.of("env", "file"));
    boolean env = node.find("env").isPresent();
    if (env && node.find("file").isPresent()) {
      throw node.error("env hoặc file, không cả hai / env or file, not both", "");
    }
    YamlNode name = node.require(env ? "env" : "file");
    return new Secret(
        env ? Secret.Source.ENV : Secret.Source.FILE,
        name.text(),
        new Place(node.file(), node.line()));
  }

  /** {@code limits:} of a transport, each key with its usual value. */
  static TransferPolicy policy(YamlNode transport) {
    TransferPolicy usual = TransferPolicy.USUAL;
    return transport
        .find("limits")
        .map(
            node -> {
              node.only(
                  Set.of(
                      "connectSeconds", "idleSeconds", "deadlineMinutes", "retries", "maxFileMB"));
              return new TransferPolicy(
                  Duration.ofSeconds(
                      atLeast(1, node, "connectSeconds", (int) usual.connect().toSeconds())),
                  Duration.ofSeconds(
                      atLeast(1, node, "idleSeconds", (int) usual.idle().toSeconds())),
                  Duration.ofMinutes(
                      atLeast(1, node, "deadlineMinutes", (int) usual.deadline().toMinutes())),
                  atLeast(0, node, "retries", usual.retries()),
                  (long) atLeast(1, node, "maxFileMB", (int) (usual.maxFileBytes() >> 20)) << 20);
            })
        .orElse(usual);
  }
}
