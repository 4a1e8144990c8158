package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.testing.OtherProcess;

final class HomeLockTest {
  @TempDir Path dir;

  @Test
  void isFreeAgainOnceClosed() {
    Home home = Home.of(dir);
    HomeLock.acquire(home, "tnmt nightly").close();
    assertThatCode(() -> HomeLock.acquire(home, "tnmt demo").close()).doesNotThrowAnyException();
  }

  @Test
  void aSecondOneInTheSameProcessIsRefused() {
    Home home = Home.of(dir);
    try (HomeLock held = HomeLock.acquire(home, "tnmt nightly --date 2026-11-22")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> HomeLock.acquire(home, "tnmt demo"))
          .hasMessageStartingWith("TNMT-5003")
          .hasMessageContaining("tnmt nightly --date 2026-11-22")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void anotherProcessIsNamedAndWhenItIsKilledTheLockIsFree() throws Exception {
    Home home = Home.of(dir);
    try (OtherProcess other = OtherProcess.start(Holder.class, dir.toString())) {
      assertThat(other.readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> HomeLock.acquire(home, "tnmt demo"))
          .hasMessageStartingWith("TNMT-5003")
          .hasMessageContaining("process " + other.pid() + " (tnmt tables apply)");
      other.kill();
    }
    assertThat(Files.exists(dir.resolve("write.lock.owner"))).isTrue();
    try (HomeLock mine = HomeLock.acquire(home, "tnmt demo")) {
      assertThat(mine).isNotNull();
      assertThat(Files.readString(dir.resolve("write.lock.owner"))).contains("tnmt demo");
    }
  }

  /** Holds the lock until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (HomeLock lock = HomeLock.acquire(Home.of(Path.of(arguments[0])), "tnmt tables apply")) {
        System.out.println(lock == null ? "none" : "locked");
        if (System.in.read() < 0) {
          System.out.println("end of input");
        }
      }
    }
  }
}
