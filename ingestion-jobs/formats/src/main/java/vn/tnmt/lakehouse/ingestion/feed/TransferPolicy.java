package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.time.Duration;

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
}
