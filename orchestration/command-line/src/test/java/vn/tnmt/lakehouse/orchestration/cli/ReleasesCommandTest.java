package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;

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
  void whoWritesIsShownAndOnAnotherHostWaitedFor() throws Exception {
    String home = dir.resolve("home").toString();
    assertThat(tnmt("status", "--home", home)).isZero();
    assertThat(out.toString()).contains("written by        ∅");
    assertThat(tnmt("tables", "apply", "--home", home, "-q")).isZero();
    out.getBuffer().setLength(0);
    assertThat(tnmt("status", "--home", home)).isZero();
    assertThat(out.toString())
        .contains("last: ", "process " + ProcessHandle.current().pid() + " (tables apply)");

    Home at = Home.of(Path.of(home));
    try (Lakehouse lake = Lakehouse.open(at, Settings.load(at, Optional.empty()))) {
      lake.take("", "nightly --date 2026-03-14", Lease.Beginning.NEW, holder -> {});
      out.getBuffer().setLength(0);
      assertThat(tnmt("status", "--home", home)).isZero();
      assertThat(out.toString()).contains("(nightly --date 2026-03-14)", "epoch 2");
    }
  }

  /** Another home over the same catalogue is another host's. */
  @Test
  void aSecondHostIsToldWhoWrites() throws Exception {
    Path shared = dir.resolve("shared.db");
    Path conf =
        Files.writeString(
            dir.resolve("conf.yaml"),
            "catalogue.jdbc.url: \"jdbc:sqlite:%s?busy_timeout=25000\"\nlease.waitSeconds: 1\n"
                .formatted(shared));
    Home first = Home.of(dir.resolve("first"));
    try (Lakehouse lake = Lakehouse.open(first, Settings.load(first, Optional.of(conf)))) {
      lake.take("", "nightly --date 2026-03-14", Lease.Beginning.NEW, holder -> {});
      String second = dir.resolve("second").toString();
      assertThat(tnmt("tables", "apply", "--home", second, "--conf", conf.toString())).isEqualTo(1);
      assertThat(err.toString())
          .contains("waiting for ", "TNMT-6008", "(nightly --date 2026-03-14)", "since ")
          .doesNotContain("java.");
    }
  }

  @Test
  void aReleaseThatIsNotThereCannotBeVerified() {
    assertThat(tnmt("releases", "verify", "R20260314-1", "--home", dir.resolve("home").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("TNMT-6003", "R20260314-1");
  }
}
