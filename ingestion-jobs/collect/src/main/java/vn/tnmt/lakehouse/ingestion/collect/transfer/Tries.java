package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** The tries of one file or request, from the first byte to the last. */
public final class Tries {
  private final Attempts attempts;
  private final int retries;
  private final String what;
  private int failures;

  /**
   * @param retries further tries after the first
   * @param what what is fetched, for messages
   */
  public Tries(Attempts attempts, int retries, String what) {
    this.attempts = attempts;
    this.retries = retries;
    this.what = what;
  }

  /**
   * Returns when it is time for another try.
   *
   * @param failure why the last one failed
   * @throws IOException the failure, when there is to be no other try
   * @throws TnmtException {@code TNMT-1001} when the feed's deadline has passed
   */
  public void again(IOException failure) throws IOException {
    Duration asked = Duration.ZERO;
    if (failure instanceof RemoteFault fault) {
      asked = fault.after();
      if (fault.kind() != RemoteFault.Kind.PASSING) {
        throw failure;
      }
    }
    boolean interrupted =
        failure instanceof InterruptedIOException && Thread.currentThread().isInterrupted();
    if (failure instanceof SSLException || interrupted || failures == retries) {
      throw failure;
    }
    if (asked.compareTo(attempts.left(what)) > 0) {
      throw new RemoteFault(
          RemoteFault.Kind.LASTING,
          failure.getMessage()
              + "; máy chủ hẹn sau thời hạn của nguồn cấp / it asked to come back after the feed's"
              + " deadline");
    }
    attempts.pause(what, ++failures, asked);
  }

  /** What went wrong, for a note. */
  public static String told(IOException failure) {
    if (failure instanceof RemoteFault) {
      return failure.getMessage();
    }
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    String detail = message == null || message.isBlank() ? name : name + ": " + message;
    return failure instanceof SSLException
        ? "không tin được máy chủ / TLS: the server is not trusted (" + detail + ")"
        : "không nối được hoặc đứt giữa chừng / unreachable or cut off (" + detail + ")";
  }
}
