package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;

/**
 * A file of a server while it is read. A transfer that breaks off is taken up where it broke. A
 * read never fails: what cannot be got just ends, and {@link #trouble} says why.
 */
public final class RemoteFile extends InputStream {
  /** Opens the file, or opens it again. */
  @FunctionalInterface
  public interface Reopening {
    /**
     * The bytes from a position on.
     *
     * @param position the first byte wanted
     * @param before of all bytes before that position; not to be changed
     */
    InputStream at(long position, MessageDigest before) throws IOException;
  }

  private final long size;
  private final long longest;
  private final Tries tries;
  private final Reopening reopening;
  private final MessageDigest digest = Sha256.digest();
  private @Nullable InputStream in;
  private long position;
  private boolean ended;
  private String trouble = "";

  /**
   * @param in null to open it with the first read
   * @param size bytes that the server promises; -1 when it does not
   * @param longest bytes that are read at most
   */
  public RemoteFile(InputStream in, long size, long longest, Tries tries, Reopening reopening) {
    this.in = in;
    this.size = size;
    this.longest = longest;
    this.tries = tries;
    this.reopening = reopening;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      try {
        if (in == null) {
          in = reopening.at(position, digest);
        }
        int count = in.read(buffer, offset, length);
        if (count < 0) {
          checkAll();
          ended = true;
          return -1;
        }
        position += count;
        if (position > longest) {
          fail(tooLong(longest));
          return -1;
        }
        digest.update(buffer, offset, count);
        return count;
      } catch (IOException e) {
        again(e);
      } catch (TnmtException e) {
        // The feed's deadline.
        fail(e.getMessage());
      }
    }
    return -1;
  }

  private void checkAll() throws IOException {
    if (size >= 0 && position < size) {
      throw new RemoteFault(
          RemoteFault.Kind.PASSING,
          "mới nhận %d trong %d byte / cut off after %d of %d bytes"
              .formatted(position, size, position, size));
    }
  }

  private void again(IOException failure) {
    try {
      close();
      in = null;
      tries.again(failure);
    } catch (TnmtException e) {
      // The feed's deadline.
      fail(e.getMessage());
    } catch (IOException e) {
      fail(Tries.told(e));
    }
  }

  private void fail(String why) {
    ended = true;
    trouble = why;
  }

  public static String tooLong(long longest) {
    return "dài hơn mức cho phép / longer than limits.maxFileMB allows (%d MB), not taken"
        .formatted(longest >> 20);
  }

  /** Why the file did not come whole; empty when it did, or has not been read to its end yet. */
  public String trouble() {
    return trouble;
  }

  /** Whether the last byte was read. */
  public boolean whole() {
    return ended && trouble.isEmpty();
  }

  /** SHA-256 of a file that is whole, hexadecimal. */
  public String sha256() {
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
