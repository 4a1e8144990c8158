package vn.tnmt.lakehouse.base.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a waiting person what is being done: how much of it, how fast, how long still. On a
 * terminal one line moves; elsewhere timed plain lines are printed. Safe for use by several
 * threads.
 */
public interface Progress {
  /** Prints nothing. */
  static Progress quiet() {
    return new QuietProgress();
  }

  /**
   * For {@code out}: a moving line when the process has a terminal and the environment does not say
   * {@code TERM=dumb} or {@code NO_COLOR}; plain lines otherwise; nothing when {@code quiet}.
   */
  static Progress forConsole(PrintWriter out, boolean quiet) {
    if (quiet) {
      return quiet();
    }
    @SuppressWarnings("SystemConsoleNull") // the build and the launcher hold on to JDK 17
    boolean moving =
        System.console() != null
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"));
    return moving ? moving(out, System::nanoTime, width()) : plain(out, System::nanoTime);
  }

  /** Timed plain lines: at the start of a stage, every ten seconds, and at its end. */
  static Progress plain(PrintWriter out, LongSupplier nanos) {
    return new LineProgress(out, nanos, Duration.ofSeconds(10), LineProgress.PLAIN);
  }

  /** One line that moves, no wider than {@code width} characters. */
  static Progress moving(PrintWriter out, LongSupplier nanos, int width) {
    return new LineProgress(out, nanos, Duration.ofMillis(120), width);
  }

  /**
   * Begins a stage. Stages may overlap; the moving line shows the one that moved last.
   *
   * @param total how much there is to do; -1 when nobody knows
   */
  Stage stage(String title, long total);

  /** A stage that nobody hears of unless it takes long; on a terminal it is seen while it lasts. */
  Stage brief(String title);

  /** Prints a line of text that stays. */
  void line(String text);

  /** One stage; closing it says that it is done. */
  interface Stage extends AutoCloseable {
    void advance(long count);

    /** What is being worked on now, in a few words. */
    void note(String text);

    /** Says that the stage failed, instead of that it is done; close comes after it. */
    void failed(String why);

    @Override
    void close();
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 100;
  }
}
