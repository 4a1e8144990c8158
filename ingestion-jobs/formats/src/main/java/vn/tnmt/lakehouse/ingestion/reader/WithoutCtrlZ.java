package vn.tnmt.lakehouse.ingestion.reader;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The same bytes without those of Ctrl-Z (0x1A) at the end, with which DOS programs end texts. */
public final class WithoutCtrlZ extends FilterInputStream {
  private static final byte CTRL_Z = 0x1A;

  /** How many of Ctrl-Z were read last, and are not handed out as they may be the end. */
  private long held;

  /** How many of Ctrl-Z are to be handed out, before {@link #behind}. */
  private long owed;

  /** What was read behind them, from {@link #next} on. */
  private byte[] behind = {};

  private int next;

  public WithoutCtrlZ(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (owed == 0 && next == behind.length) {
      int read = in.read(target, offset, length);
      if (read < 0) {
        return -1;
      }
      int end = read;
      while (end > 0 && target[offset + end - 1] == CTRL_Z) {
        end--;
      }
      if (end > 0 && held == 0) {
        held = (long) read - end;
        return end;
      }
      if (end > 0) {
        owed = held;
        held = 0;
        behind = Arrays.copyOfRange(target, offset, offset + end);
        next = 0;
      }
      held += (long) read - end;
    }
    int marks = (int) Math.min(owed, length);
    Arrays.fill(target, offset, offset + marks, CTRL_Z);
    owed -= marks;
    int more = owed > 0 ? 0 : Math.min(length - marks, behind.length - next);
    System.arraycopy(behind, next, target, offset + marks, more);
    next += more;
    return marks + more;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return readNBytes((int) Math.min(bytes, 1 << 13)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
