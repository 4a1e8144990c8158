package vn.tnmt.lakehouse.additions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.orchestration.nightly.Nightly;
import vn.tnmt.lakehouse.orchestration.nightly.Outputs;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.dictionary.Dictionary;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.national.NationalDatasets;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;

/**
 * A standard dataset, which is one YAML file and its feed, and a national one, which is one package
 * and its contract, come to a demo that is running already. No other file knows of them.
 *
 * <p>The national one is an aggregate by what is no key of the standard one: in the second night a
 * plot changes its land use, one goes and one is new.
 */
@Tag("slow")
class ToyDatasetsTest {
  private static final LocalDate DEMO = LocalDate.of(2026, 3, 14);
  private static final String ALL_LAND_USE =
      "select province_code, land_use, plots, area_ha from lake.national.toy_land_use %s order by 1, 2";

  @TempDir static Path dir;

  private static Home home;
  private static Lakehouse lake;
  private static List<Feed> feeds;
  private static NightResult first;
  private static NightResult second;
  private static NightResult third;

  @BeforeAll
  static void nights() throws IOException, InterruptedException {
    home = Home.of(dir.resolve("home"));
    RunningDemo.firstNight(home.dir());
    lake = Lakehouse.openWithSpark(home, Settings.load(home, Optional.empty()));
    feeds =
        Feeds.load(
            List.of(
                RunningDemo.FEEDS.resolve("feeds"), Path.of("src", "test", "resources", "feeds")),
            Map.of("exports", lake.settings().path("exports.root").toString()));
    assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    Nightly nightly =
        new Nightly(lake, Contracts.bundled(), feeds, Clock.systemUTC(), Progress.quiet());

    // T5 is smaller than the policy lets count, T6 has an impossible area
    deliver(
        1,
        "T1,01,LUC,20000",
        "T2,01,LUC,5000",
        "T3,01,ODT,400",
        "T4,15,LUC,30000",
        "T5,01,ODT,50",
        "T6,01,LUC,-1",
        "T8,79,LUC,10000");
    first = nightly.run(DEMO.plusDays(1));
    // T1 changes its use, T4 is gone, T6 is mended, T7 is new
    deliver(
        2,
        "T1,01,ODT,20000",
        "T2,01,LUC,5000",
        "T3,01,ODT,400",
        "T5,01,ODT,50",
        "T6,01,LUC,600",
        "T7,24,RSX,10000",
        "T8,79,LUC,10000");
    second = nightly.run(DEMO.plusDays(2));
    // T9 is possible by itself, but not beside T8: 1,000.5 ha
    deliver(
        3,
        "T1,01,ODT,20000",
        "T2,01,LUC,5000",
        "T3,01,ODT,400",
        "T5,01,ODT,50",
        "T6,01,LUC,600",
        "T7,24,RSX,10000",
        "T8,79,LUC,10000",
        "T9,79,LUC,9995000");
    third = nightly.run(DEMO.plusDays(3));
  }

  @AfterAll
  static void close() {
    if (lake != null) {
      lake.close();
    }
  }

  private static void deliver(int night, String... plots) throws IOException {
    Path folder =
        Files.createDirectories(lake.settings().path("exports.root").resolve("phong-vi-du"));
    Files.writeString(
        folder.resolve("lo_2026031" + (4 + night) + ".csv"),
        "ma,tinh,loai,dt\n" + String.join("\n", plots) + "\n");
  }

  private static List<String> rows(String sql) {
    return lake.spark().sql(sql).collectAsList().stream().map(Object::toString).toList();
  }

  private static List<String> landUse(String release) {
    return rows(ALL_LAND_USE.formatted("version as of '" + release + "'"));
  }

  @Test
  void theNationalRowsAreThoseOfEachNightsPlots() {
    assertThat(first.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(landUse("R20260315-1"))
        .containsExactly("[01,LUC,2,2.5]", "[01,ODT,1,0.04]", "[15,LUC,1,3.0]", "[79,LUC,1,1.0]");
    // T1 left one unit and came to another; Lào Cai has no plot any more
    assertThat(second.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(landUse("R20260316-1"))
        .containsExactly("[01,LUC,2,0.56]", "[01,ODT,2,2.04]", "[24,RSX,1,1.0]", "[79,LUC,1,1.0]");
  }

  @Test
  void everyRecordIsAccountedFor() {
    // T1 was overwritten, T4 removed
    assertThat(
            rows(
                "select string(business_date), received, accepted, quarantined, duplicate, replaced"
                    + " from lake.ops.delivery where publisher = 'phong-vi-du' order by 1"))
        .containsExactly("[2026-03-15,7,6,1,0,0]", "[2026-03-16,7,3,0,4,2]");
    assertThat(rows("select rule, broken from lake.ops.rule_result where rule like 'TOY%'"))
        .containsExactly("[TOY-02,1]");
    assertThat(rows("select plot_code from lake.toy.plot order by 1"))
        .containsExactly("[T1]", "[T2]", "[T3]", "[T5]", "[T6]", "[T7]", "[T8]");
  }

  @Test
  void theAuditsLookAtThem() {
    Map<String, AuditResult> audits = audits(first);
    assertThat(audits.get("AUD-01 toy.plot").measured()).isEqualTo(6);
    assertThat(audits.get("AUD-02").passed()).isTrue();
    assertThat(audits.get("AUD-03").passed()).isTrue();
    // three of four units have one plot
    assertThat(audits.get("TOY-11 national.toy_land_use"))
        .returns(Severity.WARN, AuditResult::severity)
        .returns(3.0, AuditResult::measured);
    // three came, two of which stood before in no row, and T4 went
    assertThat(audits(second).get("AUD-01 toy.plot").measured()).isEqualTo(1);
    assertThat(audits(second).get("AUD-01 toy.plot").passed()).isTrue();
    // of the rows that the night wrote
    assertThat(audits(second).get("TOY-11 national.toy_land_use").measured()).isEqualTo(1);
  }

  private static Map<String, AuditResult> audits(NightResult night) {
    return night.audits().stream()
        .collect(Collectors.toMap(AuditResult::audit, Function.identity()));
  }

  @Test
  void aBlockingRuleOfTheNationalContractStopsTheRelease() {
    assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(audits(third).get("AUD-03").measured()).isEqualTo(1);
    assertThat(audits(third).get("TOY-12 national.toy_land_use"))
        .returns(true, AuditResult::blocks)
        .extracting(AuditResult::messageEn)
        .asString()
        .contains("79", "1000.5");
    assertThat(rows(ALL_LAND_USE.formatted(""))).isEqualTo(landUse("R20260316-1"));
  }

  @Test
  void aReleasePinsTheirTablesAndWhatTheyWereComputedAs() {
    Release release = new Releases(lake).find("R20260316-1");
    assertThat(release.tables())
        .extracting(table -> table.name() + " " + table.records() + " " + table.contractVersion())
        .contains("toy.plot 7 1.0.0", "national.toy_land_use 4 1.0.0");
    assertThat(release.definitions().national().get("national.toy_land_use"))
        .contains("national.toy_land_use.smallestArea=100");
    assertThat(release.definitions().settings())
        .containsEntry("national.toy_land_use.smallestArea", "100");
    assertThat(release.definitions().contracts()).containsKeys("toy.plot", "national.toy_land_use");
    assertThat(release.definitions().feeds()).containsKey("phong-vi-du.yaml");
  }

  @Test
  void thePlatformsOwnDatasetsStand() {
    // 34 stations of air, 12 of water, the wells and the one in another province
    assertThat(rows("select count(*) > 34 from lake.national.station")).containsExactly("[true]");
    assertThat(
            rows(
                    "select count(*) from lake.national.station version as of 'R20260314-1'"
                        + " union all select count(*) from lake.national.station version as of 'R20260316-1'")
                .stream()
                .distinct())
        .hasSize(1);
  }

  @Test
  void theReportHasTheSectionAndSaysTheDatasetsTitle() throws IOException {
    String page = Files.readString(first.report().orElseThrow());
    assertThat(page)
        .contains(
            "6,54 ha đất ví dụ",
            "Lô đất ví dụ đã tính",
            " ở 3 tỉnh",
            "Tổng diện tích các lô theo loại đất và tỉnh.",
            "Lô nhỏ nhất được tính",
            "100 m²",
            "Lô đất theo tỉnh",
            "Lô đất ví dụ",
            "Phòng Ví dụ");
    assertThat(Files.readString(second.report().orElseThrow())).contains("4,60 ha đất ví dụ");
  }

  @Test
  void theReportOfAReleaseBeforeThemIsMadeWithoutThem() throws IOException {
    Path page = new Outputs(lake, feeds).report(new Releases(lake).find("R20260314-1"));
    assertThat(Files.readString(page))
        .contains("14/03/2026")
        .doesNotContain("đất ví dụ", "Phòng Ví dụ", "Lô nhỏ nhất được tính");
  }

  @Test
  void theDictionaryHasTheirPagesAndLineage() {
    Map<String, String> pages =
        Dictionary.pages(
            Contracts.bundled(), NationalDatasets.registered(Contracts.bundled()).computations());
    assertThat(pages.get("toy.plot.md"))
        .contains(
            "# Lô đất ví dụ (`toy.plot`)",
            "| `TOY-02` |",
            "| Dùng để tính / Used to compute | [national.toy_land_use](national.toy_land_use.md) |");
    assertThat(pages.get("national.toy_land_use.md"))
        .contains(
            "| Tính từ / Computed from | [toy.plot](toy.plot.md) |",
            "| `TOY-12` |",
            "| `national.toy_land_use.smallestArea` | number 0–10000 | `100` |");
  }

  @Test
  void itsPolicyIsASettingWithARange() throws IOException {
    Path conf =
        Files.writeString(
            dir.resolve("conf.yaml"), "spark.ui: false\nnational.toy_land_use.smallestArea: -1\n");
    assertThatThrownBy(() -> Settings.load(home, Optional.of(conf)))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("must lie between 0 and 10000")
        .hasMessageContaining("conf.yaml:2");
  }
}
