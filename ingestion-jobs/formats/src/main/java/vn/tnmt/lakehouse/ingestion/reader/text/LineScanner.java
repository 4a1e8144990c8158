package vn.tnmt.lakehouse.ingestion.reader.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines with exact numbers. A line ends with LF or CRLF, or with CR
 * where the head of the file has no LF. Memory is bounded by the longest line allowed, whatever the
 * file holds.
 *
 * <p>The current line is {@code bytes[start, end)}; it stays in place until the next call.
 */
public final class LineScanner {
  /**
   * Usually, a longer line is shown with its beginning only ({@link #tooLong}); the rest is
   * skipped.
   */
  static final int MAX_LINE = 1 << 20;

  private static final int FIRST_BUFFER = 1 << 14;

  public byte[] bytes = new byte[FIRST_BUFFER];
  public int start;
  public int end;

  private final int maxLine;
  private InputStream in;
  private int limit;
  private int next;

  /** 0 before the head of the file is read. */
  private byte lineEnd;

  /** Position in the stream of the first byte of the buffer. */
  private long base;

  private long number;
  private boolean exhausted;
  private boolean terminated;
  private boolean tooLong;

  public LineScanner() {
    this(MAX_LINE);
  }

  /**
   * @param maxLine bytes of the longest line that is read whole
   */
  public LineScanner(int maxLine) {
    this.maxLine = maxLine;
  }

  int maxLine() {
    return maxLine;
  }

  /** Begins a file. The buffer of the file before is used again. */
  public void open(InputStream stream) {
    open(stream, 1);
    lineEnd = 0;
  }

  /** Goes on in the file, of which the head was read, where the line of this number begins. */
  public void open(InputStream stream, long firstNumber) {
    in = stream;
    start = end = next = limit = 0;
    base = 0;
    number = firstNumber - 1;
    terminated = tooLong = exhausted = false;
  }

  /** Moves to the next line. False at the end of the file. */
  public boolean next() throws IOException {
    number++;
    if (tooLong) {
      skipLine();
    }
    start = next;
    if (lineEnd == 0) {
      while (limit < FIRST_BUFFER && fill()) {
        // what a stream hands out at once decides nothing
      }
      lineEnd = Lines.lineEnd(bytes, Math.min(limit, FIRST_BUFFER));
    }
    return cut();
  }

  /** Number of the current line, counted from 1. */
  public long number() {
    return number;
  }

  /** Position in the stream of the current line's first byte. */
  public long offset() {
    return base + start;
  }

  /** Whether the current line has a line end; only the last line of a file may have none. */
  public boolean terminated() {
    return terminated;
  }

  public boolean tooLong() {
    return tooLong;
  }

  /** Finds the end of the line, reading more bytes when needed. */
  private boolean cut() throws IOException {
    int scan = start;
    while (true) {
      while (scan < limit && bytes[scan] != lineEnd) {
        scan++;
      }
      // Judged by the length alone, not by what happens to be read already.
      if (scan - start > maxLine) {
        end = start + maxLine;
        next = start;
        tooLong = true;
        terminated = false;
        return true;
      }
      if (scan < limit) {
        end = scan > start && bytes[scan - 1] == '\r' ? scan - 1 : scan;
        next = scan + 1;
        terminated = true;
        return true;
      }
      int shift = start;
      if (!fill()) {
        end = limit > start && bytes[limit - 1] == '\r' ? limit - 1 : limit;
        next = limit;
        terminated = false;
        return limit > start;
      }
      scan -= shift - start;
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
        base += start;
        limit -= start;
        next -= start;
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
    do {
      for (; next < limit; next++) {
        if (bytes[next] == lineEnd) {
          next++;
          return;
        }
      }
      base += limit;
      start = next = limit = 0;
    } while (fill());
  }
}
