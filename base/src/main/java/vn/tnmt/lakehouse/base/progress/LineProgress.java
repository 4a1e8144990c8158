package vn.tnmt.lakehouse.base.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Progress on one stream, moving or plain. Where nothing moves for half a minute, the stages that
 * are open say that they still are, and what they wait for where somebody knows. Once the process
 * is being ended nothing is said: what stages meet then is the end of what they stood on.
 */
final class LineProgress implements Progress {
  /** Instead of a width: lines are printed one below the other. */
  static final int PLAIN = 0;

  private static final String CLEAR = "\r\u001b[2K";
  private static final long QUIET_NANOS = Duration.ofSeconds(30).toNanos();

  private final PrintWriter out;
  private final LongSupplier nanos;
  private final long everyNanos;
  private final int width;
  private final BooleanSupplier ended;
  private final long begun;
  private final Set<LineStage> open = new LinkedHashSet<>();
  private boolean beating;
  private long spoke;
  private boolean lineOpen;

  LineProgress(PrintWriter out, LongSupplier nanos, Duration every, int width) {
    this(out, nanos, every, width, Shutdown::begun);
  }

  LineProgress(
      PrintWriter out, LongSupplier nanos, Duration every, int width, BooleanSupplier ended) {
    this.ended = ended;
    this.out = out;
    this.nanos = nanos;
    this.everyNanos = every.toNanos();
    this.width = width;
    this.begun = nanos.getAsLong();
    this.spoke = begun;
  }

  @Override
  public Stage stage(String title, long total) {
    LineStage stage = new LineStage(title, total, false);
    stage.show(plain() ? "…" : "");
    opened(stage);
    return stage;
  }

  @Override
  public Stage brief(String title) {
    LineStage stage = new LineStage(title, -1, true);
    if (!plain()) {
      stage.show("");
    }
    opened(stage);
    return stage;
  }

  private synchronized void opened(LineStage stage) {
    open.add(stage);
    if (!beating) {
      beating = true;
      Thread heart = new Thread(this::beatWhileOpen, "progress");
      heart.setDaemon(true);
      heart.start();
    }
  }

  private synchronized void closed(LineStage stage) {
    open.remove(stage);
  }

  private void beatWhileOpen() {
    try {
      while (anythingOpen()) {
        TimeUnit.SECONDS.sleep(1);
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean anythingOpen() {
    beating = !open.isEmpty();
    return beating;
  }

  /** Breaks a silence that has become long. */
  void beat() {
    List<LineStage> silent;
    synchronized (this) {
      silent = nanos.getAsLong() - spoke < QUIET_NANOS ? List.of() : List.copyOf(open);
    }
    silent.forEach(LineStage::stillOpen);
  }

  @Override
  public synchronized void line(String text) {
    if (ended.getAsBoolean()) {
      return;
    }
    clear();
    spoke = nanos.getAsLong();
    out.println(text);
    out.flush();
  }

  private boolean plain() {
    return width == PLAIN;
  }

  private synchronized void clear() {
    if (lineOpen) {
      out.print(CLEAR);
      lineOpen = false;
    }
  }

  private synchronized void wipe() {
    clear();
    out.flush();
  }

  private synchronized void move(String text) {
    if (ended.getAsBoolean()) {
      return;
    }
    spoke = nanos.getAsLong();
    out.print(CLEAR);
    out.print(text.length() <= width ? text : text.substring(0, width - 1) + "…");
    out.flush();
    lineOpen = true;
  }

  private synchronized void stay(String text) {
    if (ended.getAsBoolean()) {
      return;
    }
    clear();
    spoke = nanos.getAsLong();
    if (plain()) {
      out.print("[" + clock(nanos.getAsLong() - begun) + "] ");
    }
    out.println(text);
    out.flush();
  }

  /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
  static String clock(long nanoseconds) {
    long seconds = nanoseconds / 1_000_000_000L;
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private final class LineStage implements Stage {
    private final String title;
    private final long total;
    private final long started = nanos.getAsLong();
    private long done;
    private long shown = started;
    private String note = "";
    private String failure = "";
    private boolean unheard;
    private boolean closed;

    LineStage(String title, long total, boolean brief) {
      this.title = title;
      this.total = total;
      this.unheard = brief;
    }

    @Override
    public synchronized void advance(long count) {
      done += count;
      showIfDue();
    }

    @Override
    public synchronized void note(String text) {
      note = text;
      showIfDue();
    }

    @Override
    public synchronized void failed(String why) {
      failure = why;
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      LineProgress.this.closed(this);
      if (unheard) {
        wipe();
        return;
      }
      long took = nanos.getAsLong() - started;
      String amount = done > 0 ? "  " + number(done) : "";
      if (!failure.isEmpty()) {
        stay("✗ " + title + amount + "  " + failure);
      } else {
        stay("✓ " + title + amount + "  " + seconds(took));
      }
    }

    private synchronized void stillOpen() {
      if (!closed) {
        shown = nanos.getAsLong();
        unheard = false;
        String reason = Waits.recent().map(why -> "  " + why).orElse("");
        show(describe(shown - started) + reason);
      }
    }

    private void showIfDue() {
      long now = nanos.getAsLong();
      if (!closed && now - shown >= everyNanos) {
        shown = now;
        show(describe(now - started));
      }
    }

    private void show(String state) {
      String text = "  " + title + (state.isEmpty() ? "" : "  " + state);
      if (plain()) {
        stay(text);
      } else {
        move(text);
      }
    }

    /** {@code 1,200/5,000 (24 %) 300/s, 0:12 left, note}. */
    private String describe(long took) {
      StringBuilder text = new StringBuilder();
      if (total >= 0) {
        text.append(number(done)).append('/').append(number(total));
        if (total > 0) {
          text.append(" (").append(100 * Math.min(done, total) / total).append(" %)");
        }
      } else if (done > 0) {
        text.append(number(done));
      }
      double perSecond = took > 0 ? done * 1e9 / took : 0;
      if (perSecond > 0) {
        text.append("  ").append(number(Math.round(perSecond))).append("/s");
      }
      if (total > done && perSecond > 0) {
        long left = Math.round((total - done) / perSecond * 1e9);
        text.append("  ").append(clock(left)).append(" left");
      }
      if (!note.isEmpty()) {
        text.append(text.isEmpty() ? "" : "  ").append(note);
      }
      return text.isEmpty() ? clock(took) : text.toString();
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(long nanoseconds) {
    return nanoseconds < 60_000_000_000L
        ? String.format(Locale.ROOT, "%.1f s", nanoseconds / 1e9)
        : clock(nanoseconds);
  }
}
