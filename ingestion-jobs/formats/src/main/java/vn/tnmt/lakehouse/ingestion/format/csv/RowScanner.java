package vn.tnmt.lakehouse.ingestion.format.csv;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.text.Lines;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.ingestion.reader.text.TextRecords;

/**
 * Cuts a stream of bytes into rows and cells in one pass, with exact line numbers also where quoted
 * cells hold line breaks. Memory is bounded by the limits, whatever the file holds.
 *
 * <p>The current row is {@code bytes[start, end)} without its line end; cell {@code i} is {@code
 * [from[i], to[i])}, counted from {@code start}, quotes included. All stay in place until the next
 * call. A quote that is not closed within the limits leaves the row's first line alone, without
 * cells ({@link #unclosed}), and reading goes on with the line after it; a line that is too long is
 * shown with its beginning ({@link #tooLong}). Both are decided by the bytes of the file alone, not
 * by how the stream hands them out: whoever begins at a row reads the same rows.
 */
final class RowScanner {
  private static final int BUFFER = 1 << 17;

  /** Little-endian whatever the machine: the first byte is the lowest. */
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final byte PLAIN = 0;
  private static final byte LINE_END = 1;
  private static final byte DELIMITER = 2;
  private static final byte HIGH = 3;
  private static final byte CONTROL = 4;

  byte[] bytes = new byte[BUFFER];
  int start;
  int end;
  int[] from = new int[64];
  int[] to = new int[64];
  int cells;

  private final RowLimits limits;
  private final byte[] classes = new byte[256];
  private byte delimiter;
  private byte quote;

  /** LF; CR in a file whose head has no other line ends; 0 before the head is read. */
  private byte lineEnd;

  private InputStream in;
  private int limit;
  private int next;
  private long base;
  private long number;
  private int lines;
  private boolean exhausted;
  private boolean terminated;
  private boolean tooLong;
  private boolean unclosed;
  private boolean quoted;
  private boolean ascii;
  private boolean control;

  RowScanner(RowLimits limits) {
    this.limits = limits;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i >= 0x80 ? HIGH : Utf8.control((byte) i) ? CONTROL : PLAIN;
    }
  }

  /** Characters that are one byte each. */
  void dialect(char newDelimiter, char newQuote) {
    if (delimiter != 0) {
      classes[delimiter] = PLAIN;
    }
    delimiter = (byte) newDelimiter;
    quote = (byte) newQuote;
    classes[delimiter] = DELIMITER;
  }

  /** Begins a file. The buffer of the file before is used again. */
  void open(InputStream stream) {
    open(stream, 1);
    lineEnd = 0;
  }

  /** Goes on in the file, of which the head was read, where the line of a number begins. */
  void open(InputStream stream, long firstNumber) {
    in = stream;
    start = end = next = limit = 0;
    base = 0;
    number = firstNumber;
    lines = 0;
    exhausted = tooLong = false;
  }

  /** Reads ahead; gives how many of the file's bytes then are in the buffer, from 0 on. */
  int head() throws IOException {
    fill();
    return limit;
  }

  /** Whether the buffer holds the rest of the file. */
  boolean whole() {
    return exhausted;
  }

  /** Moves to the next row. False at the end of the file. */
  boolean next() throws IOException {
    advance();
    while (true) {
      if (cut()) {
        return true;
      }
      if (exhausted) {
        return false;
      }
      fill();
    }
  }

  /** Moves to the next line, whatever it holds; it has no cells. */
  boolean nextLine() throws IOException {
    advance();
    while (true) {
      int i = lineEnd();
      if (i - start > limits.bytes()) {
        return beginningOnly();
      }
      if (i < limit || exhausted) {
        firstLineOnly(i);
        return i < limit || limit > start;
      }
      fill();
    }
  }

  private void advance() throws IOException {
    number += lines;
    if (tooLong) {
      skipLine();
    }
    start = next;
    lines = 1;
    tooLong = unclosed = false;
  }

  /** Line of the row's first byte, counted from 1. */
  long number() {
    return number;
  }

  /** Line that the next row begins with. */
  long nextNumber() {
    return number + lines;
  }

  /** Position in the stream of the row's first byte. */
  long offset() {
    return base + start;
  }

  /** Whether the row has a line end; only the last one of a file may have none. */
  boolean terminated() {
    return terminated;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** Whether a quoted cell has no end; the row then is its first line. */
  boolean unclosed() {
    return unclosed;
  }

  /** Whether a cell of the row begins with a quote. */
  boolean quoted() {
    return quoted;
  }

  boolean quoted(int cell) {
    return quoted && to[cell] > from[cell] && bytes[start + from[cell]] == quote;
  }

  boolean ascii() {
    return ascii;
  }

  /** Whether the row holds a byte that no text holds. */
  boolean control() {
    return control;
  }

  /** Whether there is nothing but white space, delimiters and quotes. */
  boolean blank() {
    int i = start;
    while (i < end) {
      byte b = bytes[i];
      boolean empty = b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\f';
      int length = empty || b == delimiter || b == quote ? 1 : Lines.invisible(bytes, i, end);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return !unclosed;
  }

  /**
   * The high bits of those of eight bytes to stop at: below 0x20, 0x7F, the delimiter, the quote.
   * Bytes from 0x80 on are passed over.
   */
  private long marks(long eight) {
    long low = eight & ~HIGH_BITS;
    long plain =
        (low + 0x60 * ONES) // not below 0x20
            & ~(low + ONES) // not 0x7F
            & ((low ^ delimiter * ONES) + ~HIGH_BITS)
            & ((low ^ quote * ONES) + ~HIGH_BITS);
    return ~(plain | eight) & HIGH_BITS;
  }

  /** False when the bytes at hand do not tell where the row ends. */
  private boolean cut() {
    cells = 0;
    quoted = control = false;
    lines = 1;
    long high = 0;
    byte[] text = bytes;
    byte[] kinds = classes;
    int stop = limit;
    int i = start;
    while (true) {
      int begin = i;
      boolean inQuotes = false;
      if (i < stop && text[i] == quote) {
        quoted = inQuotes = true;
        i++;
      }
      boolean plain = !inQuotes;
      int kind;
      while (true) {
        while (i + 8 <= stop) {
          long eight = (long) EIGHT.get(text, i);
          long marks = marks(eight);
          if (marks != 0) {
            high |= eight & (Long.lowestOneBit(marks) - 1);
            i += Long.numberOfTrailingZeros(marks) >>> 3;
            break;
          }
          high |= eight;
          i += 8;
        }
        ascii = (high & HIGH_BITS) == 0;
        if (i == stop) {
          return stopped(begin, inQuotes);
        }
        kind = kinds[text[i] & 0xFF];
        if (kind == PLAIN) {
          if (!plain && text[i] == quote) {
            inQuotes = !inQuotes;
          }
        } else if (kind == HIGH) {
          high = HIGH_BITS;
        } else if (kind == CONTROL) {
          control = true;
        } else if (inQuotes) {
          if (kind == LINE_END) {
            if (i - start > limits.bytes() || lines == limits.lines()) {
              return broken();
            }
            lines++;
          }
        } else {
          break;
        }
        i++;
      }
      if (kind == LINE_END) {
        return ended(begin, i);
      }
      add(begin, i);
      i++;
    }
  }

  private boolean ended(int begin, int stop) {
    if (stop - start > limits.bytes()) {
      return broken();
    }
    end = withoutCarriageReturn(begin, stop);
    add(begin, end);
    next = stop + 1;
    terminated = true;
    return true;
  }

  private boolean stopped(int begin, boolean inQuotes) {
    if (limit - start > limits.bytes()) {
      return broken();
    }
    if (!exhausted || limit == start) {
      return false;
    }
    if (inQuotes) {
      return broken();
    }
    end = withoutCarriageReturn(begin, limit);
    add(begin, end);
    next = limit;
    terminated = false;
    return true;
  }

  /** The row has no end within the limits: its first line is too long, or a quote is not closed. */
  private boolean broken() {
    int i = lineEnd();
    if (i - start > limits.bytes()) {
      return beginningOnly();
    }
    firstLineOnly(i);
    unclosed = true;
    return true;
  }

  private int lineEnd() {
    int i = start;
    while (i < limit && bytes[i] != lineEnd) {
      i++;
    }
    return i;
  }

  private int withoutCarriageReturn(int begin, int stop) {
    return stop > begin && bytes[stop - 1] == '\r' ? stop - 1 : stop;
  }

  private void firstLineOnly(int stop) {
    terminated = stop < limit;
    end = withoutCarriageReturn(start, stop);
    next = terminated ? stop + 1 : limit;
    flags();
  }

  private boolean beginningOnly() {
    tooLong = true;
    terminated = false;
    end = start + limits.bytes();
    next = start;
    flags();
    return true;
  }

  private void flags() {
    cells = 0;
    lines = 1;
    quoted = control = false;
    ascii = true;
    for (int i = start; i < end; i++) {
      ascii &= bytes[i] >= 0;
      control |= Utf8.control(bytes[i]);
    }
  }

  private void add(int begin, int stop) {
    if (cells == from.length) {
      from = Arrays.copyOf(from, cells * 2);
      to = Arrays.copyOf(to, cells * 2);
    }
    from[cells] = begin - start;
    to[cells++] = stop - start;
  }

  /** Reads until the buffer is full or the file ends, keeping everything from the row on. */
  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      base += start;
      limit -= start;
      next -= start;
      start = 0;
    } else if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    while (!exhausted && limit < bytes.length) {
      int read = in.read(bytes, limit, bytes.length - limit);
      exhausted = read < 0;
      limit += Math.max(read, 0);
    }
    if (lineEnd == 0) {
      classes['\n'] = classes['\r'] = PLAIN;
      lineEnd = Lines.lineEnd(bytes, Math.min(limit, TextRecords.HEAD));
      classes[lineEnd] = LINE_END;
    }
  }

  private void skipLine() throws IOException {
    while (true) {
      for (; next < limit; next++) {
        if (bytes[next] == lineEnd) {
          next++;
          return;
        }
      }
      if (exhausted) {
        return;
      }
      base += limit;
      start = next = limit = 0;
      fill();
    }
  }
}
