package vn.tnmt.lakehouse.ingestion.format.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;

/** The members of a zip by its central directory. */
final class ZipMembers implements ArchiveMembers {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONG_END = 0x06064b50;
  private static final int LONG_END_PLACE = 0x07064b50;
  private static final int LONG_END_PLACE_SIZE = 20;
  private static final int MOST_COMMENT = 0xFFFF;

  private static final int FILE_TYPE = 0170000;
  private static final int PLAIN = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;

  private ZipMembers(ZipFile zip) {
    this.zip = zip;
    this.entries = zip.getEntriesInPhysicalOrder();
  }

  /** Null when the file has no central directory that can be read. */
  static @Nullable ZipMembers open(Path file) throws IOException {
    SeekableByteChannel channel = new Marked(Files.newByteChannel(file));
    ZipFile zip = null;
    try {
      zip =
          ZipFile.builder()
              .setSeekableByteChannel(channel)
              .setCharset(StandardCharsets.ISO_8859_1)
              .setUseUnicodeExtraFields(true)
              .setIgnoreLocalFileHeader(true)
              .get();
      return new ZipMembers(zip);
    } catch (SourceFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return null;
    } finally {
      if (zip == null) {
        channel.close();
      }
    }
  }

  /**
   * Bytes of all entries as they lie in the archive. More than it has are bytes that entries share,
   * so that they unpack to more than any archive could hold: a bomb, never a file.
   */
  long packed() {
    return Collections.list(zip.getEntries()).stream()
        .mapToLong(entry -> Math.max(0, entry.getCompressedSize()))
        .sum();
  }

  /** Bytes from the central directory to the end of the file; -1 when there is none. */
  static long directorySize(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      long from = Math.max(0, size - END_SIZE - MOST_COMMENT);
      ByteBuffer tail = read(channel, from, (int) (size - from));
      for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
        if (tail.getInt(at) == END) {
          long begin = Integer.toUnsignedLong(tail.getInt(at + 16));
          return size - longBegin(channel, from + at, begin);
        }
      }
      return -1;
    }
  }

  private static long longBegin(FileChannel channel, long end, long begin) throws IOException {
    if (end < LONG_END_PLACE_SIZE) {
      return begin;
    }
    ByteBuffer place = read(channel, end - LONG_END_PLACE_SIZE, LONG_END_PLACE_SIZE);
    if (place.limit() < LONG_END_PLACE_SIZE || place.getInt(0) != LONG_END_PLACE) {
      return begin;
    }
    long at = place.getLong(8);
    if (at < 0 || at > end) {
      return begin;
    }
    ByteBuffer longEnd = read(channel, at, 56);
    return longEnd.limit() == 56 && longEnd.getInt(0) == LONG_END
        ? Math.max(0, longEnd.getLong(48))
        : begin;
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until full
    }
    return bytes.flip();
  }

  /** The name of an entry whose archive was opened with ISO 8859-1. */
  static String name(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    String name =
        entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD || raw == null
            ? entry.getName()
            : MemberNames.of(raw);
    return name.replace('\\', '/');
  }

  @Override
  public @Nullable Member next() {
    if (!entries.hasMoreElements()) {
      return null;
    }
    ZipArchiveEntry entry = entries.nextElement();
    return new Member(
        name(entry), kind(entry), entry.getSize(), entry::getCrc, () -> zip.getInputStream(entry));
  }

  private Kind kind(ZipArchiveEntry entry) {
    int type = entry.getUnixMode() & FILE_TYPE;
    if (type == LINK) {
      return Kind.LINK;
    }
    if (entry.isDirectory() || type == FOLDER) {
      return Kind.FOLDER;
    }
    if (type != 0 && type != PLAIN) {
      return Kind.SPECIAL;
    }
    return zip.canReadEntryData(entry) ? Kind.FILE : Kind.LOCKED;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** A channel whose failures are marked as such. */
  private record Marked(SeekableByteChannel channel) implements SeekableByteChannel {
    @Override
    public int read(ByteBuffer target) throws IOException {
      try {
        return channel.read(target);
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return channel.write(source);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
