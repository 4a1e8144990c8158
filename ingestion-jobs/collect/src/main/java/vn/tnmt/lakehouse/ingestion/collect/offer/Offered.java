package vn.tnmt.lakehouse.ingestion.collect.offer;

/**
 * A file that a transport offers.
 *
 * @param path below the feed's root, {@code /}-separated, NFC
 * @param source what the transport needs to open it
 * @param size bytes; -1 when the publisher's side does not tell before it is read
 * @param modifiedNanos the publisher's time of modification, nanoseconds since 1970; 0 when unknown
 * @param version what the publisher's side calls this version (an ETag); empty when it has no name
 *     for it
 * @param untouched the publisher's side says that it is the version received last
 */
public record Offered(
    String path, Object source, long size, long modifiedNanos, String version, boolean untouched) {
  /** A file with a known size and time, whose version has no name. */
  public static Offered of(String path, Object source, long size, long modifiedNanos) {
    return new Offered(path, source, size, modifiedNanos, "", false);
  }

  public long modifiedMillis() {
    return Math.floorDiv(modifiedNanos, 1_000_000L);
  }
}
