package vn.tnmt.lakehouse.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;

/** What must hold without starting Spark: {@code ClusterTest} does that. */
class LocalClusterTest {
  @TempDir Path dir;
  private Settings settings;
  private String distBefore;
  private Process other;

  @BeforeEach
  void start() throws IOException {
    settings = Settings.load(Home.of(dir.resolve("home")), Optional.empty());
    distBefore = System.getProperty("tnmt.dist", "");
    other = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() {
    System.setProperty("tnmt.dist", distBefore);
    other.destroyForcibly();
  }

  @Test
  void aProcessThatOnlyHasTheNumberIsNotEnded() throws IOException {
    Instant started = other.info().startInstant().orElseThrow();
    remember(other.pid(), started.minus(Duration.ofMinutes(5)));
    assertThat(new LocalCluster(settings).status()).noneMatch(LocalCluster.Member::works);
    assertThat(new LocalCluster(settings).stop()).isFalse();
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void aProcessOfItsOwnIsEnded() throws IOException {
    remember(other.pid(), other.info().startInstant().orElseThrow());
    assertThat(new LocalCluster(settings).status().get(0).pid()).isEqualTo(other.pid());
    assertThat(new LocalCluster(settings).stop()).isTrue();
    assertThat(other.isAlive()).isFalse();
    assertThat(dir.resolve("home/cluster/master.pid")).doesNotExist();
  }

  @Test
  void aDamagedFileIsNobodysProcess() throws IOException {
    Files.createDirectories(dir.resolve("home/cluster"));
    for (String text : new String[] {"", "1", "-1 0 0 0", "99999999999999999999 1 1 1", "x y"}) {
      Files.writeString(dir.resolve("home/cluster/worker-1.pid"), text);
      assertThat(new LocalCluster(settings).stop()).as(text).isFalse();
    }
  }

  @Test
  void aPortThatIsTakenIsTold() throws IOException {
    Files.createDirectories(dir.resolve("dist/jars"));
    System.setProperty("tnmt.dist", dir.resolve("dist").toString());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      LocalCluster cluster = new LocalCluster(settings.with(SettingKey.CLUSTER_PORT, port));
      assertThatThrownBy(cluster::start)
          .hasMessageContainingAll("TNMT-5006", port, "cluster.port")
          .hasMessageNotContaining("null");
    }
  }

  @Test
  void aDistributionWithoutJarsIsTold() {
    System.setProperty("tnmt.dist", dir.resolve("nowhere").toString());
    LocalCluster cluster =
        new LocalCluster(
            settings.with(SettingKey.CLUSTER_PORT, "0").with(SettingKey.CLUSTER_UI_PORT, "0"));
    assertThatThrownBy(cluster::start).hasMessageContainingAll("TNMT-5007", "nowhere");
  }

  @Test
  void whatAProcessSaidLastIsNoPartOfAStackTrace() {
    assertThat(
            ClusterFaults.lastOf(
                """
                Spark Executor Command: "java" "-cp" "x"
                ========================================

                2026-11-30T20:12:24.648Z ERROR [main] o.a.s.d.w.Worker: java.net.BindException: Address already in use
                Caused by: java.net.BindException: no
                \tat java.base/java.lang.Thread.run(Thread.java:840)
                """
                    .lines()
                    .toList()))
        .contains("Address already in use");
    assertThat(ClusterFaults.plain("java.lang.IllegalStateException: Cannot find any"))
        .isEqualTo("Cannot find any");
  }

  private void remember(long pid, Instant started) throws IOException {
    Files.createDirectories(dir.resolve("home/cluster"));
    Files.writeString(
        dir.resolve("home/cluster/master.pid"),
        pid + " " + started.toEpochMilli() + " 7077 8080\n");
  }
}
