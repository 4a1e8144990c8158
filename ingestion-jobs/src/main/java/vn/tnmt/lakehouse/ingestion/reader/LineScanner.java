package vn.tnmt.lakehouse.ingestion.reader;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines with exact numbers. A line ends with LF or CRLF. Memory is
 * bounded by the longest line allowed, whatever the file holds.
 *
 * <p>The current line is {@code bytes[start, end)}; it stays in place until the next call. Formats
 * whose records may span lines join the lines that follow with {@link #extend} and give them back
 * with {@link #shrink} when they turn out not to belong together.
 */
final class LineScanner {
  /**
   * Usually, a longer line is shown with its beginning only ({@link #tooLong}); the rest is
   * skipped.
   */
  static final int MAX_LINE = 1 << 20;

  private static final int FIRST_BUFFER = 1 << 14;

  byte[] bytes = new byte[FIRST_BUFFER];
  int start;
  int end;

  private final int maxLine;
  private InputStream in;
  private int limit;
  private int next;
  private int firstEnd;
  private int firstNext;
  private boolean firstTerminated;
  private long number;
  private int joined;
  private boolean exhausted;
  private boolean terminated;
  private boolean tooLong;

  LineScanner() {
    this(MAX_LINE);
  }

  /**
   * @param maxLine bytes of the longest line that is read whole
   */
  LineScanner(int maxLine) {
    this.maxLine = maxLine;
  }

  int maxLine() {
    return maxLine;
  }

  /** Begins a file. The buffer of the file before is used again. */
  void open(InputStream stream) {
    in = stream;
    start = end = next = limit = 0;
    number = 0;
    joined = 1;
    terminated = tooLong = exhausted = false;
  }

  /** Moves to the next line. False at the end of the file. */
  boolean next() throws IOException {
    number += number == 0 ? 1 : joined;
    joined = 1;
    if (tooLong) {
      skipLine();
    }
    start = next;
    if (!cut(start)) {
      return false;
    }
    firstEnd = end;
    firstNext = next;
    firstTerminated = terminated;
    return true;
  }

  /** Joins the line that follows to the current one. False when there is none or no room. */
  boolean extend() throws IOException {
    if (!terminated || tooLong || next - start >= maxLine) {
      return false;
    }
    int length = end - start;
    if (!cut(next)) {
      end = start + length;
      return false;
    }
    if (tooLong) {
      return false;
    }
    joined++;
    return true;
  }

  /** Undoes every {@link #extend} since {@link #next}. */
  void shrink() {
    end = firstEnd;
    next = firstNext;
    joined = 1;
    terminated = firstTerminated;
    tooLong = false;
  }

  /** Number of the current line, counted from 1; of its first line when it was extended. */
  long number() {
    return number;
  }

  /** Whether the current line has a line end; only the last line of a file may have none. */
  boolean terminated() {
    return terminated;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** Finds the end of the line that begins at {@code from}, reading more bytes when needed. */
  private boolean cut(int from) throws IOException {
    int scan = from;
    while (true) {
      for (int i = scan; i < limit; i++) {
        if (bytes[i] == '\n') {
          end = i > from && bytes[i - 1] == '\r' ? i - 1 : i;
          next = i + 1;
          terminated = true;
          return true;
        }
      }
      scan = limit;
      if (limit - start > maxLine) {
        end = start + maxLine;
        next = limit;
        tooLong = true;
        terminated = false;
        return true;
      }
      int shift = start;
      if (!fill()) {
        end = limit > from && bytes[limit - 1] == '\r' ? limit - 1 : limit;
        next = limit;
        terminated = false;
        return limit > from;
      }
      if (start != shift) {
        from -= shift;
        scan -= shift;
      }
    }
  }

  /** Reads more, keeping everything from {@code start} on. False at the end of the stream. */
  private boolean fill() throws IOException {
    if (exhausted) {
      return false;
    }
    if (limit == bytes.length) {
      if (start > 0) {
        System.arraycopy(bytes, start, bytes, 0, limit - start);
        limit -= start;
        end -= start;
        next -= start;
        firstEnd -= start;
        firstNext -= start;
        start = 0;
      } else {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
    }
    int read = in.read(bytes, limit, bytes.length - limit);
    exhausted = read < 0;
    limit += Math.max(read, 0);
    return !exhausted;
  }

  private void skipLine() throws IOException {
    tooLong = false;
    start = next = limit;
    do {
      for (; next < limit; next++) {
        if (bytes[next] == '\n') {
          start = ++next;
          return;
        }
      }
      start = next = limit = 0;
    } while (fill());
    next = limit;
  }
}
