package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;

/** Calls of one server, tried again over a new connection when the one at hand breaks. */
final class RemoteCalls {
  private final RemoteFiles files;
  private final Attempts attempts;
  private final String location;

  RemoteCalls(RemoteFiles files, Attempts attempts, String location) {
    this.files = files;
    this.attempts = attempts;
    this.location = location;
  }

  /**
   * What a call gives.
   *
   * @throws TnmtException {@code TNMT-1001} when the server cannot be reached in the allowed tries
   *     or the deadline has passed
   */
  <T> T tried(String path, Attempts.Attempt<T> call) throws IOException {
    try {
      return attempts.run(RemoteNames.join(location, path), () -> once(call));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw unreachable(e);
    }
  }

  /** A single try; the connection is given up when it fails. */
  <T> T once(Attempts.Attempt<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      files.drop();
      throw e;
    } catch (TnmtException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // What a client makes of an answer that is none.
      files.drop();
      throw new IOException("the server's answer is not understood: " + e, e);
    }
  }

  TnmtException unreachable(IOException cause) {
    return TnmtException.of(
        ErrorCode.SOURCE_UNREADABLE,
        "máy chủ không trả lời hoặc ngắt kết nối / the server does not answer or breaks off: "
            + cause.getMessage(),
        location,
        "check host, port and the network; the next run tries again",
        cause);
  }

  Attempts attempts() {
    return attempts;
  }
}
