package vn.tnmt.lakehouse.orchestration.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.local.HomeLock;

class MaintainCommandTest {
  private static final String FEEDS = "../../ingestion-jobs/feeds";

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int tnmt(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Tnmt.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private int maintain(String... options) {
    List<String> line = new ArrayList<>(List.of("maintain", "--home", home(), "--feeds", FEEDS));
    line.addAll(List.of(options));
    return tnmt(line.toArray(String[]::new));
  }

  private String home() {
    return dir.resolve("home").toString();
  }

  private Path conf(String line) throws Exception {
    return Files.writeString(dir.resolve("conf.yaml"), line + "\n");
  }

  @Test
  void aNewLakeHasNothingToMaintain() throws Exception {
    assertThat(maintain("--thorough")).isZero();
    assertThat(out.toString()).isEqualTo("không có gì để bảo trì / nothing to maintain\n");
    assertThat(maintain("--if-due")).isZero();
    assertThat(out.toString()).contains("chưa đến hạn / not due");
    assertThat(maintain("--if-due", "--format", "json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("due").asBoolean()).isFalse();
    assertThat(tnmt("tables", "apply", "--home", home())).isZero();
    assertThat(maintain("--dry-run", "--format", "json")).isZero();
    JsonNode said = new ObjectMapper().readTree(out.toString());
    assertThat(said.get("dryRun").asBoolean()).isTrue();
    assertThat(said.get("finished").asBoolean()).isTrue();
    assertThat(said.get("releases")).isEmpty();
    assertThat(tnmt("tables", "health", "--home", home())).isZero();
    assertThat(out.toString()).contains("BẢNG / TABLE", "ops.run", "land.parcel");
    assertThat(tnmt("tables", "health", "--home", home(), "--format", "json", "--thorough"))
        .isZero();
    for (JsonNode table : new ObjectMapper().readTree(out.toString())) {
      assertThat(table.get("rows").asLong()).isZero();
      assertThat(table.get("metadata").asInt()).isEqualTo(1);
      assertThat(table.get("orphans").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0", "-1", "1d"})
  void aBudgetThatIsNoneIsToldBeforeAnythingIsOpened(String budget) {
    assertThat(tnmt("maintain", "--home", home(), "--budget=" + budget)).isEqualTo(2);
    assertThat(err.toString()).startsWith("TNMT-5004").contains("'" + budget + "'", "15m");
    assertThat(dir.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maintain.releaseDays: 6",
        "maintain.releaseMonths: -1",
        "maintain.orphanDays: 0",
        "maintain.snapshotHours: 0",
        "maintain.budgetSeconds: 9",
        "maintain.compactFiles: 1",
        "maintain.deletedShare: 0",
      })
  void aSettingBelowItsMinimumIsToldWithItsLine(String line) throws Exception {
    assertThat(tnmt("maintain", "--home", home(), "--conf", conf(line).toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("TNMT-5002")
        .contains("conf.yaml:1", line.substring(0, line.indexOf(':')));
  }

  @Test
  void aNightThatIsRunningIsNotDisturbed() {
    try (HomeLock night = HomeLock.acquire(Home.of(Path.of(home())), "nightly")) {
      assertThat(night).isNotNull();
      assertThat(maintain()).isEqualTo(1);
      assertThat(err.toString()).startsWith("TNMT-5003").contains("nightly");
    }
  }

  /** Another home over the same catalogue is another host's. */
  @Test
  void aNightOfAnotherHostIsNotDisturbedEither() throws Exception {
    Path conf =
        conf(
            "catalogue.jdbc.url: \"jdbc:sqlite:%s?busy_timeout=25000\"\nlease.waitSeconds: 0"
                .formatted(dir.resolve("shared.db")));
    Home first = Home.of(dir.resolve("first"));
    try (Lakehouse lake = Lakehouse.open(first, Settings.load(first, Optional.of(conf)))) {
      lake.take("", "nightly --date 2026-03-14", Lease.Beginning.NEW, holder -> {});
      assertThat(maintain("--conf", conf.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("TNMT-6008", "(nightly --date 2026-03-14)");
    }
  }

  @Test
  @Tag("slow")
  void whoeverAsksForAReleaseThatExpiredIsToldSinceWhen() throws Exception {
    assertThat(tnmt("tables", "apply", "--home", home())).isZero();
    Home home = Home.of(Path.of(home()));
    try (Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()))) {
      lake.store()
          .put(
              "releases/expired.json",
              """
              {"R20250101-1": {"since": "2026-03-14T02:00:00Z", "setting": "maintain.releaseDays = 400"}}
              """
                  .getBytes(UTF_8));
    }
    String sql = "select * from ops.run version as of '%s'";
    assertThat(tnmt("sql", "--home", home(), sql.formatted("R20250101-1"))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("TNMT-6011")
        .contains("R20250101-1", "2026-03-14T02:00:00Z", "maintain.releaseDays = 400")
        .doesNotContain("java.", "Exception");
    assertThat(tnmt("sql", "--home", home(), sql.formatted("R20250102-1"))).isEqualTo(1);
    assertThat(err.toString()).startsWith("TNMT-4004").contains("R20250102-1");
    Path conf = conf("feeds.dir: " + Path.of(FEEDS).toAbsolutePath());
    assertThat(tnmt("report", "R20250101-1", "--home", home(), "--conf", conf.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("TNMT-6011", "R20250101-1");
    assertThat(tnmt("releases", "verify", "R20250101-1", "--home", home())).isEqualTo(2);
    assertThat(err.toString()).contains("TNMT-6011");
  }
}
