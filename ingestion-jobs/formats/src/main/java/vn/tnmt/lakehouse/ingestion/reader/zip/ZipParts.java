package vn.tnmt.lakehouse.ingestion.reader.zip;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_PROTECTED;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import vn.tnmt.lakehouse.ingestion.reader.Damage;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/**
 * The parts of a zip file, any of them at any time. Nothing is unpacked to a path, so that no name
 * can lead anywhere; what is unpacked is counted against the limits.
 *
 * <p>Whatever is wrong with the zip itself is {@link Unreadable}: damaged (REC-29), with a password
 * (REC-28), too much in it (REC-30).
 */
public final class ZipParts implements Closeable {
  private static final int MAX_DIRECTORY = 32 << 20;

  /** A ratio says nothing about less than this. */
  private static final long RATIO_FROM = 64L << 20;

  private static final int END_RECORD = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int END_SIGNATURE = 0x06054B50;
  private static final int END64_SIGNATURE = 0x06064B50;

  private final ZipFile zip;
  private final FileLimits limits;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private long inflated;

  private ZipParts(ZipFile zip, FileLimits limits) {
    this.zip = zip;
    this.limits = limits;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (!entry.isDirectory()) {
        entries.putIfAbsent(name(entry.getName()), entry);
      }
    }
  }

  public static ZipParts open(Path file, FileLimits limits) throws IOException {
    checkDirectory(file);
    try {
      // Every byte is a letter of ISO 8859-1, so that no name in an old code page is an error.
      ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1);
      long packed = zip.stream().mapToLong(entry -> Math.max(0, entry.getCompressedSize())).sum();
      if (packed > Files.size(file)) {
        zip.close();
        throw Unreadable.damaged("zip: các mục chồng nhau / entries overlap", "zip");
      }
      return new ZipParts(zip, limits);
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    } catch (IllegalArgumentException e) {
      throw Unreadable.damaged("zip: " + Damage.words(e), "zip");
    }
  }

  /** Names of the files in it, {@code /}-separated, UTF-8 where they are, else bytewise. */
  public Set<String> names() {
    return entries.keySet();
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Bytes of a part as the directory tells them; they may lie. */
  public long size(String name) {
    return entries.get(name).getSize();
  }

  public InputStream open(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw Unreadable.damaged("không có / no " + name, name);
    }
    try {
      return new Counted(zip.getInputStream(entry), name, entry.getCompressedSize());
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static Unreadable damaged(IOException e) {
    String what = String.valueOf(e.getMessage());
    return what.contains("encrypted")
        ? new Unreadable(FILE_PROTECTED, "zip", "")
        : Unreadable.damaged("zip: " + Damage.words(e), "zip");
  }

  private static String name(String given) {
    byte[] bytes = given.getBytes(StandardCharsets.ISO_8859_1);
    boolean bytewise = given.chars().allMatch(c -> c <= 0xFF);
    String name =
        bytewise && Utf8.valid(bytes, 0, bytes.length)
            ? new String(bytes, StandardCharsets.UTF_8)
            : given;
    return name.replace('\\', '/');
  }

  /** {@link ZipFile} holds the whole directory in memory, so its size is looked at first. */
  private static void checkDirectory(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      int length = (int) Math.min(file.length(), END_RECORD + MAX_COMMENT);
      long start = file.length() - length;
      ByteBuffer tail = read(file, start, length);
      for (int at = length - END_RECORD; at >= 0; at--) {
        if (tail.getInt(at) == END_SIGNATURE) {
          long size = tail.getInt(at + 12) & 0xFFFFFFFFL;
          boolean large = size == 0xFFFFFFFFL || (tail.getShort(at + 10) & 0xFFFF) == 0xFFFF;
          if ((large ? Math.max(size64(file, start + at - 20), smaller(size)) : size)
              > MAX_DIRECTORY) {
            throw Unreadable.overLimit(
                "mục lục zip / directory", "≤ %d bytes".formatted(MAX_DIRECTORY));
          }
          return;
        }
      }
      throw Unreadable.damaged("zip không có phần cuối / without an end", "zip");
    }
  }

  private static long smaller(long size) {
    return size == 0xFFFFFFFFL ? 0 : size;
  }

  private static long size64(RandomAccessFile file, long locator) throws IOException {
    if (locator < 0) {
      return 0;
    }
    long end = read(file, locator, 20).getLong(8);
    if (end < 0 || end > file.length() - 56) {
      return 0;
    }
    ByteBuffer record = read(file, end, 56);
    long size = record.getInt(0) == END64_SIGNATURE ? record.getLong(40) : 0;
    return size < 0 ? Long.MAX_VALUE : size;
  }

  private static ByteBuffer read(RandomAccessFile file, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private final class Counted extends FilterInputStream {
    private final String name;
    private final long packed;
    private long count;

    Counted(InputStream in, String name, long packed) {
      super(in);
      this.name = name;
      this.packed = Math.max(1, packed);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n;
      try {
        n = in.read(bytes, offset, length);
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
      if (n > 0) {
        count += n;
        inflated += n;
        if (inflated > limits.inflatedBytes()) {
          throw Unreadable.overLimit(
              "%s > %d MB".formatted(name, limits.inflatedBytes() >> 20), "limits.unpackedMB");
        }
        if (count > RATIO_FROM && count / packed > limits.ratio()) {
          throw Unreadable.overLimit("%s > %d : 1".formatted(name, limits.ratio()), "limits.ratio");
        }
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 1 << 13)];
      return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
