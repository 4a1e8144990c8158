package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;

/**
 * What a transport has to offer for one feed on one night, in the order of {@link String#compareTo}
 * of the paths, in constant memory. One instance serves one thread.
 *
 * <p>A fault of the publisher's side that concerns one file never throws: it goes to the {@link
 * Tally} and the next run tries again. What makes the whole offer impossible (no such host, wrong
 * password, no such folder) throws {@code TnmtException} with {@code TNMT-1001} or {@code
 * TNMT-1002}, after the transport's retries. An {@code IOException} is a fault of ours, such as a
 * full disk.
 */
public interface Offer extends Closeable {
  /**
   * The next file, or null after the last.
   *
   * <p>The caller has seen earlier versions: a transport that can ask "has it changed since" gets
   * the newest received one from {@code earlier}, and may then say so in {@link Offered#untouched}.
   */
  @Nullable Offered next(EarlierFiles earlier) throws IOException;

  /**
   * The file's bytes. A transfer that breaks off is taken up again by the transport where it can;
   * when it cannot, the stream just ends, and {@link #unchanged} is false.
   */
  InputStream open(Offered file) throws IOException;

  /** Whether all of the file was read, and it still is what it was when it was listed. */
  boolean unchanged(Offered file, long bytesRead);

  /**
   * The file as it turned out when it was opened: a web server tells size, time and version only
   * then. Asked once, after {@link #open}.
   *
   * @return null when there is no such file, and nobody had promised one
   */
  default @Nullable Offered opened(Offered file) {
    return file;
  }

  /**
   * Why {@link #unchanged} was false for the file asked about last, Vietnamese / English; empty
   * when there is nothing to say but that.
   */
  default String why() {
    return "";
  }
}
