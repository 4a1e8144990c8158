package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;

/**
 * A server's file. A transfer that breaks off is taken up again where it broke, while the file is
 * still the one listed; when it cannot, the stream just ends. Of a file that has grown it gives one
 * byte more than listed, which is how one finds out.
 */
final class ResumedStream extends InputStream {
  /** After so many bytes a transfer counts as going well again. */
  private static final long FORGIVE_AFTER = 1 << 20;

  private final RemoteFiles files;
  private final RemoteCalls calls;
  private final int retries;
  private final Offered file;
  private final String place;
  private @Nullable InputStream in;
  private long position;
  private long brokeAt;
  private int failures;
  private boolean ended;
  private TnmtException failure;

  ResumedStream(RemoteFiles files, RemoteCalls calls, int retries, Offered file) {
    this.files = files;
    this.calls = calls;
    this.retries = retries;
    this.file = file;
    this.place = (String) file.source();
  }

  /** Why it ended too early, when more than this file is concerned. */
  Optional<TnmtException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      try {
        int count = calls.once(() -> readOnce(buffer, offset, length));
        if (count >= 0) {
          return count;
        }
        ended = true;
      } catch (TnmtException e) {
        failure = e;
        ended = true;
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        broken(e);
      }
    }
    return -1;
  }

  /** Some bytes, or -1 when there is nothing more to be had. */
  private int readOnce(byte[] buffer, int offset, int length) throws IOException {
    if (in == null && !reopened()) {
      return -1;
    }
    int most = (int) Math.min(length, file.size() + 1 - position);
    if (most == 0) {
      return -1;
    }
    calls.attempts().left(file.path());
    int count = in.read(buffer, offset, most);
    while (count == 0) {
      count = in.read(buffer, offset, most);
    }
    if (count < 0 && position < file.size()) {
      throw new EOFException("the transfer ended after " + position + " bytes");
    }
    position += Math.max(count, 0);
    return count;
  }

  private boolean reopened() throws IOException {
    if (position > 0 && !isListed(files.find(place), file)) {
      return false;
    }
    in = files.open(place, position, file.size()).orElse(null);
    return in != null;
  }

  /** Whether what is there is what was listed, as far as both sides tell. */
  static boolean isListed(Optional<RemoteFiles.Entry> now, Offered listed) {
    return now.filter(entry -> entry.kind() == RemoteFiles.Kind.FILE)
        .filter(entry -> entry.size() < 0 || entry.size() == listed.size())
        .filter(
            entry ->
                entry.modifiedNanos() == 0
                    || listed.modifiedNanos() == 0
                    || entry.modifiedNanos() == listed.modifiedNanos())
        .isPresent();
  }

  private void broken(IOException cause) throws IOException {
    // Nothing is said over a broken connection: it is not closed but forgotten.
    in = null;
    failures = position - brokeAt >= FORGIVE_AFTER ? 1 : failures + 1;
    brokeAt = position;
    try {
      if (failures > retries) {
        failure = calls.unreachable(cause);
        ended = true;
      } else {
        calls.attempts().pause(file.path(), failures, Duration.ZERO);
      }
    } catch (TnmtException e) {
      failure = e;
      ended = true;
    }
  }

  @Override
  public void close() {
    if (in != null) {
      try {
        in.close();
      } catch (IOException | RuntimeException e) {
        files.drop();
      }
      in = null;
    }
    ended = true;
  }
}
