package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.progress.Shutdown;

/**
 * A command that a signal ends says so, and not what falls over when Spark and the services are
 * stopped under it. The exit code is the signal's: 143 for SIGTERM, 130 for SIGINT.
 */
final class Ending {
  private static volatile boolean finished;

  private Ending() {}

  /** From now on; {@link #finished} takes it back. */
  static void watch(PrintWriter err) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!finished) {
                    err.println(
                        ErrorCode.STOPPED.id()
                            + " lệnh bị dừng giữa chừng / the command was ended by a signal:"
                            + " chạy lại lệnh đó, nó làm tiếp phần còn lại / run it again, it carries on");
                    err.flush();
                  }
                },
                "tnmt-ending"));
  }

  /** The command has come to its own end. */
  static void finished() {
    finished = true;
  }

  /** Whether whatever fails now fails because the process is being ended. */
  static boolean signalled() {
    return !finished && Shutdown.begun();
  }
}
