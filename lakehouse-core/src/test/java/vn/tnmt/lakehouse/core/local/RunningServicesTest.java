package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lake.OpenStore;
import vn.tnmt.lakehouse.core.testing.OtherProcess;

class RunningServicesTest {
  private static final RunningServices.Address ADDRESS =
      new RunningServices.Address(
          "http://127.0.0.1:1", "http://127.0.0.1:2", "up.sock", "dist", "", "secret");

  @TempDir Path dir;

  @Test
  void areFoundWhileTheyRunAndNoLonger() {
    Home home = Home.of(dir);
    assertThat(RunningServices.find(home)).isEmpty();
    try (RunningServices running = RunningServices.announce(home, ADDRESS)) {
      assertThat(RunningServices.find(home)).contains(ADDRESS);
      assertThatThrownBy(() -> RunningServices.announce(home, ADDRESS))
          .hasMessageStartingWith("TNMT-5003");
      assertThat(RunningServices.find(home)).as("asking takes nothing away").contains(ADDRESS);
    }
    assertThat(RunningServices.find(home)).isEmpty();
    assertThat(dir.resolve("up.address")).doesNotExist();
  }

  /** POSIX takes a process's lock away when it closes any channel to the file. */
  @Test
  void askingOneselfDoesNotGiveTheLockAway() throws Exception {
    Home home = Home.of(dir);
    try (RunningServices running = RunningServices.announce(home, ADDRESS)) {
      assertThat(RunningServices.find(home)).contains(ADDRESS);
      try (OtherProcess other = OtherProcess.start(Announcer.class, dir.toString())) {
        assertThat(other.readLine()).isNull();
        assertThat(other.waitFor()).isNotZero();
      }
    }
  }

  @Test
  void ofAKilledProcessLeaveNothingThatMisleads() throws Exception {
    Home home = Home.of(dir);
    try (OtherProcess other = OtherProcess.start(Announcer.class, dir.toString())) {
      assertThat(other.readLine()).isEqualTo("announced");
      assertThat(RunningServices.find(home)).contains(ADDRESS);
      other.kill();
    }
    assertThat(dir.resolve("up.address")).exists();
    assertThat(RunningServices.find(home)).isEmpty();
    RunningServices.announce(home, ADDRESS).close();
  }

  /** Announces and waits to be killed. */
  static final class Announcer {
    public static void main(String[] arguments) throws IOException {
      RunningServices running = RunningServices.announce(Home.of(Path.of(arguments[0])), ADDRESS);
      System.out.println("announced");
      System.in.read();
      running.close();
    }
  }

  @Test
  void areUsedInsteadOfNewOnes() throws IOException {
    Home home = Home.of(Files.createDirectories(dir.resolve("home")));
    Settings settings = Settings.load(home, Optional.empty());
    try (Lakehouse up = Lakehouse.open(home, settings, 0, 0);
        RunningServices running =
            RunningServices.announce(
                home,
                new RunningServices.Address(
                    up.access().store().endpoint(), up.access().uri(), "", "", "", ""));
        Lakehouse other = Lakehouse.open(home, settings);
        OpenStore store = OpenStore.open(home, settings)) {
      assertThat(other.access()).isEqualTo(up.access());
      up.store().put("x", new byte[] {1});
      assertThat(other.store().get("x")).containsExactly(1);
      assertThat(store.store().get("x")).containsExactly(1);
    }
  }
}
