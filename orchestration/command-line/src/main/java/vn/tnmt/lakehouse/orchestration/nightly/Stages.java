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
    try (Progress.Stage stage = progress.stage(title, -1)) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        stage.failed(Faults.told(e));
        throw e;
      }
    }
  }
}
