package vn.tnmt.lakehouse.ingestion.format.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The members of a tar stream. */
final class TarMembers implements ArchiveMembers {
  /** Bytes that headers of one member may have: long names are read into memory. */
  private static final int MAX_HEADERS = 1 << 20;

  private static final int HEADER = 512;

  private final Allowance allowance;
  private final TarArchiveInputStream tar;
  private final byte[] passedOver = new byte[1 << 13];

  TarMembers(InputStream bytes) {
    this.allowance = new Allowance(bytes);
    this.tar = new TarArchiveInputStream(allowance, StandardCharsets.ISO_8859_1.name());
  }

  @Override
  public @Nullable Member next() throws IOException {
    while (tar.getCurrentEntry() != null && tar.read(passedOver) >= 0) {
      // to the end of the member before
    }
    allowance.begin(MAX_HEADERS);
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null) {
      if (!allowance.zeroes) {
        throw new EOFException("end of file before the end of the archive");
      }
      return null;
    }
    allowance.begin(Long.MAX_VALUE);
    return new Member(
        MemberNames.ofLatin1(entry.getName()), kind(entry), entry.getSize(), () -> -1, () -> tar);
  }

  private Kind kind(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return Kind.FOLDER;
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      return Kind.LINK;
    }
    if (!entry.isFile() || entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      return Kind.SPECIAL;
    }
    return tar.canReadEntryData(entry) ? Kind.FILE : Kind.LOCKED;
  }

  @Override
  public void close() throws IOException {
    // the caller owns the stream
  }

  private static final class Allowance extends FilterInputStream {
    private long left = Long.MAX_VALUE;

    /** Whether what was read since {@link #begin} are zeroes, which end an archive. */
    private boolean zeroes;

    Allowance(InputStream in) {
      super(in);
    }

    void begin(long most) {
      left = most;
      zeroes = false;
    }

    @Override
    public int read() throws IOException {
      use(1);
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      use(0);
      int read = in.read(target, offset, length);
      use(Math.max(0, read));
      if (read >= HEADER) {
        zeroes = true;
        for (int i = offset; i < offset + HEADER && zeroes; i++) {
          zeroes = target[i] == 0;
        }
      }
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      use(skipped);
      return skipped;
    }

    private void use(long bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("headers of a member > " + MAX_HEADERS + " bytes");
      }
    }
  }
}
