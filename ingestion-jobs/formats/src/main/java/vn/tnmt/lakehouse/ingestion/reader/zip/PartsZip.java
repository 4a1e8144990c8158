package vn.tnmt.lakehouse.ingestion.reader.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one table or Shapefile as one zip, streamed: each part's bytes unchanged and without
 * compression, no times, so that the same parts always give the same bytes. What is read from a
 * folder thereby becomes what publishers also send as a zip, and readers know only the one.
 *
 * <p>For collecting and for whoever checks a folder before it is sent.
 */
public final class PartsZip extends InputStream {
  /** Sizes in the zip have 32 bits. */
  public static final long MAX_BYTES = 0xFFFF_0000L;

  private static final int LOCAL = 30;
  private static final int DESCRIPTOR = 16;
  private static final int CENTRAL = 46;
  private static final int END = 22;

  /** Sizes follow the data; names are UTF-8. */
  private static final short FLAGS = 1 << 3 | 1 << 11;

  /** 1980-01-01, the first day that a zip knows. */
  private static final int NO_DATE = 0x0021;

  /**
   * One file of the zip.
   *
   * @param name file name without folders
   * @param size bytes; -1 when unknown
   */
  public record Part(String name, long size, Content content) {}

  /** Opens a part. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  private final List<Part> parts;
  private final List<Long> read = new ArrayList<>();
  private final List<byte[]> directory = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private InputStream current = InputStream.nullInputStream();
  private @Nullable InputStream content;
  private int next;
  private long written;
  private long began;
  private long header;
  private boolean ended;

  public PartsZip(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Bytes of the zip; -1 when the size of a part is unknown. */
  public static long size(List<Part> parts) {
    long size = END;
    for (Part part : parts) {
      if (part.size < 0) {
        return -1;
      }
      size += LOCAL + DESCRIPTOR + CENTRAL + 2L * name(part).length + part.size;
    }
    return size;
  }

  /** Bytes read of each part so far begun. */
  public List<Long> partsRead() {
    List<Long> all = new ArrayList<>(read);
    if (content != null) {
      all.add(written - began);
    }
    return List.copyOf(all);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int n = current.read(bytes, offset, length);
      if (n > 0) {
        written += n;
        if (current == content) {
          crc.update(bytes, offset, n);
        }
        return n;
      }
      if (ended) {
        return -1;
      }
      advance();
    }
  }

  private void advance() throws IOException {
    if (current == content && content != null) {
      content.close();
      content = null;
      long size = written - began;
      read.add(size);
      describe(parts.get(next - 1), size);
    } else if (content != null) {
      current = content;
      began = written;
      crc.reset();
    } else if (next < parts.size()) {
      begin(parts.get(next++));
    } else {
      end();
    }
  }

  private void begin(Part part) throws IOException {
    byte[] name = name(part);
    header = written;
    ByteBuffer local = buffer(LOCAL + name.length);
    local.putInt(0x04034B50).putShort((short) 20).putShort(FLAGS).putShort((short) 0);
    local.putShort((short) 0).putShort((short) NO_DATE).putInt(0).putInt(0).putInt(0);
    local.putShort((short) name.length).putShort((short) 0).put(name);
    current = new ByteArrayInputStream(bytes(local));
    content = part.content.open();
  }

  private void describe(Part part, long size) {
    byte[] name = name(part);
    int check = (int) crc.getValue();
    ByteBuffer descriptor = buffer(DESCRIPTOR);
    descriptor.putInt(0x08074B50).putInt(check).putInt((int) size).putInt((int) size);
    current = new ByteArrayInputStream(bytes(descriptor));
    ByteBuffer central = buffer(CENTRAL + name.length);
    central.putInt(0x02014B50).putShort((short) 20).putShort((short) 20).putShort(FLAGS);
    central.putShort((short) 0).putShort((short) 0).putShort((short) NO_DATE).putInt(check);
    central.putInt((int) size).putInt((int) size).putShort((short) name.length);
    central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    central.putInt(0).putInt((int) header).put(name);
    directory.add(bytes(central));
  }

  private void end() {
    int length = directory.stream().mapToInt(entry -> entry.length).sum();
    ByteBuffer all = buffer(length + END);
    directory.forEach(all::put);
    all.putInt(0x06054B50).putShort((short) 0).putShort((short) 0);
    all.putShort((short) directory.size()).putShort((short) directory.size());
    all.putInt(length).putInt((int) written).putShort((short) 0);
    current = new ByteArrayInputStream(bytes(all));
    ended = true;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer written) {
    byte[] bytes = new byte[written.flip().remaining()];
    written.get(bytes);
    return bytes;
  }

  private static byte[] name(Part part) {
    return part.name.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    }
  }
}
