package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesCommandTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int tnmt(String... arguments) {
    return Tnmt.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void verifyAsksForARelease() {
    assertThat(tnmt("releases", "verify")).isEqualTo(2);
    assertThat(err.toString()).contains("RELEASE");
  }

  @Test
  void aReleaseThatIsNotThereCannotBeVerified() {
    assertThat(tnmt("releases", "verify", "R20260314-1", "--home", dir.resolve("home").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("TNMT-6003", "R20260314-1");
  }
}
