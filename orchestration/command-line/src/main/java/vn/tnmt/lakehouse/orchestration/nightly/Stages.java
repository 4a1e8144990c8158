package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.function.Supplier;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.lake.Faults;

/** Work that a person is told about while it goes on. */
final class Stages {
  private final Progress progress;

  Stages(Progress progress) {
    this.progress = progress;
  }

  <T> T run(String title, Supplier<T> work) {
    return run(progress.stage(title, -1), work);
  }

  /** Work between the stages, which nobody hears of unless a store or a disk keeps it waiting. */
  <T> T brief(String title, Supplier<T> work) {
    return run(progress.brief(title), work);
  }

  private static <T> T run(Progress.Stage begun, Supplier<T> work) {
    try (Progress.Stage stage = begun) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        stage.failed(Faults.told(e));
        throw e;
      }
    }
  }
}
