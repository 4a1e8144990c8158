package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/**
 * The records of a .shp file, one behind the other, without the .shx: it may lie, and all that it
 * says stands in the .shp too. Only its number of records is compared at the end.
 *
 * <p>A record's length may lie as well. What the shape itself adds up to is taken instead when the
 * next record stands there; otherwise the next record is looked for by its number, and only the one
 * record is lost.
 */
final class ShapeRecords {
  /** Content of one record, 8 million points: a longer one is taken for a lie. */
  static final int MAX_CONTENT = 128 << 20;

  private static final int FILE_HEADER = 100;
  private static final int HEADER = 8;
  static final int MAGIC = 9994;

  private final InputStream in;
  private byte[] bytes = new byte[1 << 16];
  private ByteBuffer big = ByteBuffer.wrap(bytes);
  private ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private int start;
  private int limit;
  private boolean exhausted;

  private final int fileType;
  private int first = Integer.MIN_VALUE;
  private long ordinal;
  private int content;
  private int length;
  private String problem = "";
  private boolean cutOff;

  private ShapeRecords(InputStream in) throws IOException {
    this.in = in;
    if (!room(FILE_HEADER) || big.getInt(start) != MAGIC) {
      throw Unreadable.damaged(limit + " bytes", "SHP");
    }
    this.fileType = little.getInt(start + 32);
    this.start += FILE_HEADER;
  }

  static ShapeRecords open(InputStream in) throws IOException {
    return new ShapeRecords(in);
  }

  /** Moves to the next record. False at the end of the file. */
  boolean next() throws IOException {
    problem = "";
    if (cutOff || !room(1)) {
      return false;
    }
    ordinal++;
    if (!room(HEADER + 4)) {
      return end("%d bytes".formatted(limit - start));
    }
    if (first == Integer.MIN_VALUE) {
      // Records are numbered from 1, but some programs begin with 0.
      first = big.getInt(start) == 0 ? 0 : 1;
    }
    int number = (int) (first + ordinal - 1);
    long told = big.getInt(start + 4) * 2L;
    if (!plausible(start)) {
      return lost(number, "đầu bản ghi / record header");
    }
    boolean whole = room((int) (HEADER + told));
    int available = (int) Math.min(told, limit - start - HEADER);
    long needed = Shapes.needed(little, start + HEADER, limit - start - HEADER);
    if (needed < 0) {
      if (!whole) {
        return end("%d bytes".formatted(limit - start));
      }
      problem = "số phần hoặc số điểm / counts of parts or points";
    } else if (needed > available) {
      // The length is too short, the file is, or the counts are wrong.
      if (whole && follows((int) (HEADER + told), number + 1)) {
        problem = "dài / length %d, cần / needs %d".formatted(told, needed);
      } else if (whole
          && needed <= MAX_CONTENT
          && room((int) (HEADER + needed))
          && follows((int) (HEADER + needed), number + 1)) {
        told = needed;
      } else if (whole) {
        return lost(number, "dài / length %d, cần / needs %d".formatted(told, needed));
      } else {
        return end("dài / length %d, cần / needs %d".formatted(available, needed));
      }
    } else {
      int full = Shapes.withMeasures(little, start + HEADER, (int) needed, available);
      if (!whole || (told != full && told != needed)) {
        // The length is too long: the next record stands where the shape ends, or nowhere.
        if (follows(HEADER + full, number + 1)) {
          told = full;
        } else if (needed < full && follows((int) (HEADER + needed), number + 1)) {
          told = needed;
        } else if (!whole) {
          cutOff = true;
          told = needed;
        } else if (!stands((int) (HEADER + told))) {
          told = needed;
        }
      }
    }
    content = start + HEADER;
    length = (int) told;
    start += HEADER + length;
    return true;
  }

  /** Number of the record in the file, counted from 1 whatever the file's numbers are. */
  long ordinal() {
    return ordinal;
  }

  /** Why the current record has no shape; empty when it has one. */
  String problem() {
    return problem;
  }

  /** Whether the file ends in the middle of the current record. */
  boolean cutOff() {
    return cutOff;
  }

  /** Little-endian view of the buffer; the content is {@code [content, content + length)}. */
  ByteBuffer buffer() {
    return little;
  }

  byte[] bytes() {
    return bytes;
  }

  int content() {
    return content;
  }

  int length() {
    return length;
  }

  private boolean end(String what) {
    cutOff = true;
    return broken(what, limit - start);
  }

  private boolean broken(String what, int skipped) {
    problem = what;
    content = start;
    length = skipped;
    start += skipped;
    return true;
  }

  /**
   * Goes to the record behind the current one by looking for its header. What is skipped beyond the
   * buffer's room is gone.
   */
  private boolean lost(int number, String what) throws IOException {
    problem = what;
    start += 4;
    while (true) {
      while (limit - start >= HEADER + 4) {
        if (big.getInt(start) == number + 1 && plausible(start)) {
          content = start;
          length = 0;
          return true;
        }
        start += 2;
      }
      if (!room(HEADER + 4)) {
        start = limit;
        content = start;
        length = 0;
        cutOff = true;
        return true;
      }
    }
  }

  /** Whether the file ends, or a record of a number stands, so many bytes behind the start. */
  private boolean follows(int offset, int number) throws IOException {
    if (!room(offset)) {
      return false;
    }
    if (!room(offset + HEADER + 4)) {
      return limit - start == offset;
    }
    return plausible(start + offset) && big.getInt(start + offset) == number;
  }

  /** Whether the file ends, or any record stands, so many bytes behind the start. */
  private boolean stands(int offset) throws IOException {
    return room(offset + HEADER + 4) ? plausible(start + offset) : limit - start == offset;
  }

  private boolean plausible(int at) {
    int words = big.getInt(at + 4);
    int type = little.getInt(at + HEADER);
    return words >= 2
        && words <= MAX_CONTENT / 2
        && (type == 0 || type == fileType || (Shapes.known(type) && !Shapes.known(fileType)));
  }

  /** Whether there are so many bytes from the start on, after reading what is missing. */
  private boolean room(int count) throws IOException {
    while (limit - start < count && !exhausted) {
      if (start > 0 && bytes.length - start < count) {
        System.arraycopy(bytes, start, bytes, 0, limit - start);
        limit -= start;
        start = 0;
      }
      if (limit == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, MAX_CONTENT * 3L));
        big = ByteBuffer.wrap(bytes);
        little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      }
      int read = in.read(bytes, limit, bytes.length - limit);
      exhausted = read < 0;
      limit += Math.max(0, read);
    }
    return limit - start >= count;
  }
}
