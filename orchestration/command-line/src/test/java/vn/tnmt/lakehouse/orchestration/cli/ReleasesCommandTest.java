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
  void aLakeWithoutReleasesHasNothingThatDiffers() {
    assertThat(tnmt("releases", "verify", "--home", dir.resolve("home").toString())).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aReleaseThatIsNotThereCannotBeVerified() {
    assertThat(tnmt("releases", "verify", "R20260314-1", "--home", dir.resolve("home").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("TNMT-6003", "R20260314-1");
  }
}
