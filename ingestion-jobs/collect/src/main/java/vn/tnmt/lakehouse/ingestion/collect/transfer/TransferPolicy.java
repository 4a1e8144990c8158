package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * How long and how often a transport tries, {@code limits:} of a feed's transport.
 *
 * @param connect time to make a connection
 * @param idle time without a single byte after which a connection counts as broken
 * @param deadline of the whole feed in one night
 * @param retries further tries of one request or file after the first
 * @param maxFileBytes of one file; what is longer is left with a note
 */
public record TransferPolicy(
    Duration connect, Duration idle, Duration deadline, int retries, long maxFileBytes)
    implements Serializable {
  public static final TransferPolicy USUAL =
      new TransferPolicy(
          Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(60), 4, 20L << 30);

  /** {@code limits:} of a transport, each key with its usual value. */
  public static TransferPolicy parse(YamlNode transport) {
    TransferPolicy usual = USUAL;
    return transport
        .find("limits")
        .map(
            node -> {
              node.only(
                  Set.of(
                      "connectSeconds", "idleSeconds", "deadlineMinutes", "retries", "maxFileMB"));
              return new TransferPolicy(
                  Duration.ofSeconds(
                      node.atLeast(1, "connectSeconds", (int) usual.connect().toSeconds())),
                  Duration.ofSeconds(
                      node.atLeast(1, "idleSeconds", (int) usual.idle().toSeconds())),
                  Duration.ofMinutes(
                      node.atLeast(1, "deadlineMinutes", (int) usual.deadline().toMinutes())),
                  node.atLeast(0, "retries", usual.retries()),
                  (long) node.atLeast(1, "maxFileMB", (int) (usual.maxFileBytes() >> 20)) << 20);
            })
        .orElse(usual);
  }
}
