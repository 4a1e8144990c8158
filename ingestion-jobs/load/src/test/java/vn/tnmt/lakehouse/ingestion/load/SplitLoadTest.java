package vn.tnmt.lakehouse.ingestion.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Cuts;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/** A large CSV through landing in the object store: several tasks, the same rows. */
@Tag("slow")
class SplitLoadTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 1);
  private static final int ROWS = 400_000;

  @TempDir Path dir;

  private static int runs;

  @BeforeAll
  static void tables() {
    TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled())
        .apply(LAKE.lakehouse().catalog());
  }

  @Test
  void aLargeFileIsReadInStretchesWithExactLines() throws IOException {
    write(dir.resolve("exports/ha_noi/mau-nuoc/mau_nuoc_mat_20260101.csv"));
    Feed feed = feed("exports", ",");
    LandingStore store = LandingStore.of(LAKE.lakehouse().store());
    Manifest collected =
        new Collector(
                store,
                dir.resolve("work"),
                Clock.fixed(Instant.parse("2026-01-02T03:00:00Z"), ZoneOffset.UTC),
                1)
            .collect(List.of(feed), NIGHT)
            .get(0)
            .delivery()
            .orElseThrow();
    Manifest manifest = new Deliveries(store).read(collected.landing());
    assertThat(manifest).isEqualTo(collected);
    assertThat(manifest.splits()).hasSize(1);
    Manifest.Split split = manifest.splits().get(0);
    assertThat(split.cuts()).hasSizeBetween(1, 4);

    LoadOptions load = load(feed, manifest);
    assertThat(LoadPlan.tasks(load, 2)).hasSizeGreaterThan(1);
    List<String> inStretches = summary(load);

    assertThat(LoadPlan.tasks(load(feed("exports", ";"), manifest), 2))
        .as("cuts of another dialect are not used")
        .hasSize(1);

    Manifest old = withoutCuts(manifest, split);
    assertThat(LoadPlan.tasks(load(feed, old), 2)).hasSize(1);
    assertThat(summary(load(feed, old))).isEqualTo(inStretches);
    // every odd row takes two lines
    long lines = 1 + ROWS + ROWS / 2;
    assertThat(inStretches.get(0))
        .startsWith(ROWS + "|" + 2 + "|" + (lines - 1) + "|" + ROWS + "|");
  }

  @Test
  void theMarkOfCutsFollowsTheDialect() {
    Feed feed = feed("exports", ",");
    assertThat(Cuts.by(feed)).isNotEqualTo(Cuts.by(feed("exports", ";"))).hasSize(16);
  }

  private Feed feed(String exports, String delimiter) {
    Feed feed =
        Feeds.load(Path.of("../feeds"), Map.of("exports", dir.resolve(exports).toString())).stream()
            .filter(
                f -> f.name().equals("water-sample") && f.publisher().id().equals("snnmt-ha_noi"))
            .findFirst()
            .orElseThrow();
    return new Feed(
        feed.id(),
        feed.publisher(),
        feed.dataset(),
        feed.transport(),
        new Csv(delimiter.charAt(0), '"', 1),
        feed.conventions(),
        feed.melt(),
        feed.measure(),
        feed.mapping(),
        feed.symbols(),
        feed.schedule(),
        feed.place());
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("ma_diem,kinh_do,vi_do,ngay_lay_mau,pH\n");
      for (int i = 0; i < ROWS; i++) {
        String name = i % 2 == 0 ? "D" + i : "\"D" + i + ",\nđiểm\"";
        out.write(name + ",105.8,21.0,1/1/2025,7." + i % 1000 + "\n");
      }
    }
  }

  private static Manifest withoutCuts(Manifest m, Manifest.Split split) {
    return new Manifest(
        m.deliveryId(),
        m.publisher(),
        m.feed(),
        m.dataset(),
        m.businessDate(),
        m.receivedAt(),
        m.turn(),
        m.landing(),
        m.files(),
        m.bytes(),
        m.contentSha256(),
        m.indexBytes(),
        List.of(
            new Manifest.Split(
                split.object(),
                split.offset(),
                split.length(),
                split.indexOffset(),
                split.indexLength(),
                split.files())));
  }

  private static LoadOptions load(Feed feed, Manifest manifest) {
    Contract contract = Contracts.bundled().contract(feed.dataset());
    return new LoadOptions(
        "r" + ++runs,
        "",
        contract,
        new RuleContext(Instant.parse("2026-01-01T17:00:00Z"), NIGHT),
        List.of(new LoadOptions.Delivery(feed, manifest)));
  }

  /** Rows, first and last line, and a hash over all that is read. */
  private static List<String> summary(LoadOptions load) {
    assertThat(LoadJob.run(LAKE.lakehouse(), load).records()).isEqualTo(ROWS);
    return LAKE
        .sql(
            "select concat_ws('|', count(*), min(source_line), max(source_line),"
                + " count(distinct source_line), bit_xor(xxhash64(source_line, cells,"
                + " to_json(row), to_json(breaches)))) from raw.water_sample where run_id = '"
                + load.runId()
                + "'")
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
