package vn.tnmt.lakehouse.ingestion.feed;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** Values of a feed file, checked where they stand: an error names file and line. */
final class FeedNodes {
  private FeedNodes() {}

  static int atLeast(int least, YamlNode node, String key, int otherwise) {
    return node.atLeast(least, key, otherwise);
  }

  static char character(YamlNode node, String key, char otherwise) {
    return node.character(key, otherwise);
  }

  static String choice(YamlNode node, Set<String> known) {
    return node.choice(known);
  }

  static <T> T understood(YamlNode node, Function<String, T> parse) {
    return node.understood(parse);
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
