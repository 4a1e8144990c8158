package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;

/** Where large files can be cut, found while they stream through. */
public final class Cuts {
  /** To be raised when the same format gives other rows: older cuts then are not used. */
  private static final String VERSION = "1";

  private Cuts() {}

  /**
   * What the cuts of a feed's files are made by, as a short mark: cuts of another mark are not to
   * be used, and the file is read as a whole. Empty when files of the feed are never cut.
   */
  public static String by(Feed feed) {
    String text = Readers.cutBy(feed);
    return text.isEmpty()
        ? ""
        : Sha256.hex((VERSION + " " + text).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /**
   * What was copied.
   *
   * @param cuts empty when the file is not to be cut
   * @param blocks SHA-256 of its blocks, by which a stretch is checked
   */
  public record Copied(
      long size, String sha256, List<RecordReader.RowStart> cuts, List<String> blocks) {}

  /** Copies all bytes and says where they can be cut. */
  public static Copied copy(Feed feed, InputStream in, OutputStream out, long step)
      throws IOException {
    try (Tee tee = new Tee(in, out)) {
      Optional<RecordReader> cutter = Readers.cutter(feed);
      List<RecordReader.RowStart> cuts = List.of();
      if (cutter.isPresent()) {
        cuts = cuts(cutter.get(), tee, step);
      }
      tee.transferTo(OutputStream.nullOutputStream());
      return new Copied(
          tee.size, Sha256.hex(tee.digest), cuts, cuts.isEmpty() ? List.of() : tee.blocks.finish());
    }
  }

  private static List<RecordReader.RowStart> cuts(RecordReader cutter, Tee tee, long step)
      throws IOException {
    try {
      return cutter.cuts(tee, step);
    } catch (RuntimeException e) {
      // A flaw of our own must not cost the delivery: a file without cuts is read as a whole.
      return List.of();
    }
  }

  /** Writes on what is read. The streams stay open. */
  private static final class Tee extends InputStream {
    private final InputStream in;
    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private final Hashes blocks = new Hashes(Hashes.BLOCK);
    private long size;

    Tee(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      if (count > 0) {
        out.write(buffer, offset, count);
        digest.update(buffer, offset, count);
        blocks.update(buffer, offset, count);
        size += count;
      }
      return count;
    }

    @Override
    public void close() {
      // the streams belong to the caller
    }
  }
}
