package vn.tnmt.lakehouse.validator;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy;
import vn.tnmt.lakehouse.ingestion.feed.PublisherFeeds;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.ingestion.load.LandedSample;
import vn.tnmt.lakehouse.ingestion.load.LoadJob;
import vn.tnmt.lakehouse.ingestion.load.LoadOptions;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.codelist.Units;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.source.SourceFiles;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.ReceiptPage;
import vn.tnmt.lakehouse.transform.receipt.ReceiptText;
import vn.tnmt.lakehouse.transform.standardise.RowOutcomes;
import vn.tnmt.lakehouse.validator.Fixtures.Fixture;

/**
 * One rule engine: every fixture through the pipeline (collect → embedded object store → raw table
 * → outcomes) and through the validator. Both must give what was written by hand, record by record.
 */
@Tag("slow")
class FixturesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final RuleContext CONTEXT =
      new RuleContext(Instant.parse("2026-03-14T17:00:00Z"), Fixtures.NIGHT);

  @TempDir static Path dir;

  private static final Map<Fixture, Path> EXPORTS = new LinkedHashMap<>();
  private static final Map<Fixture, Map<Feed, Manifest>> DELIVERIES = new LinkedHashMap<>();
  private static final Map<String, Set<String>> REFERENCES = new HashMap<>();
  private static final Map<String, List<String>> FOUND = new HashMap<>();
  private static SigningKey key;

  static List<Fixture> fixtures() {
    return Fixtures.all();
  }

  /** All fixtures are loaded together; each is a publisher of its own. */
  @BeforeAll
  static void pipeline() throws IOException {
    key = SigningKey.create(dir.resolve("key"));
    for (Fixture fixture : fixtures()) {
      Path exports = copy(fixture);
      EXPORTS.put(fixture, exports);
      DELIVERIES.put(fixture, collect(fixture, fixture.feeds(exports)));
    }
    Map<Feed, Manifest> all = new LinkedHashMap<>();
    DELIVERIES.values().forEach(all::putAll);
    Set<String> done = new HashSet<>();
    for (Feed feed : all.keySet()) {
      settle(feed.dataset(), all, done);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void bothPathsGiveTheVerdictsWrittenByHand(Fixture fixture) throws IOException {
    List<String> expected = fixture.expected();
    assertThat(FOUND.get(fixture.id()))
        .as("pipeline")
        .containsExactlyInAnyOrderElementsOf(expected);
    List<Receipt> receipts = new ArrayList<>();
    assertThat(validator(fixture, receipts))
        .as("validator")
        .containsExactlyInAnyOrderElementsOf(expected);
    Map<FeedId, Manifest> manifests = new HashMap<>();
    DELIVERIES.get(fixture).forEach((feed, manifest) -> manifests.put(feed.id(), manifest));
    assertThat(receipts)
        .hasSameSizeAs(manifests.keySet())
        .as("both name the content alike")
        .allSatisfy(
            receipt -> {
              Manifest manifest = manifests.get(receipt.feed());
              assertThat(receipt.contentSha256()).isEqualTo(manifest.contentSha256());
              assertThat(receipt.deliveryId()).isEqualTo(manifest.deliveryId());
            });
  }

  /** Files as the fixture has them, of the night's day. */
  private static Path copy(Fixture fixture) throws IOException {
    Path exports = dir.resolve(fixture.id());
    try (Stream<Path> files = Files.walk(fixture.files())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = exports.resolve(fixture.files().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
        Files.setLastModifiedTime(target, FileTime.from(Instant.parse("2026-03-14T05:00:00Z")));
      }
    }
    return exports;
  }

  private static Map<Feed, Manifest> collect(Fixture fixture, List<Feed> feeds) {
    Collector collector =
        new Collector(
            LandingStore.of(LAKE.lakehouse().store()),
            dir.resolve("work"),
            Clock.fixed(Instant.parse("2026-03-14T20:00:00Z"), ZoneOffset.UTC),
            1);
    Map<Feed, Manifest> deliveries = new LinkedHashMap<>();
    for (CollectResult result : collector.collect(feeds, Fixtures.NIGHT)) {
      assertThat(result.failure()).as(fixture.toString()).isEmpty();
      result
          .delivery()
          .ifPresent(
              manifest ->
                  deliveries.put(
                      feeds.stream()
                          .filter(f -> f.id().equals(result.feed()))
                          .findFirst()
                          .orElseThrow(),
                      manifest));
    }
    return deliveries;
  }

  /** Loads and decides one dataset, after those that it refers to. */
  private static void settle(String dataset, Map<Feed, Manifest> deliveries, Set<String> done) {
    if (!done.add(dataset)) {
      return;
    }
    Contract contract = Contracts.bundled().contract(dataset);
    List<RowOutcomes.ReferenceKeys> keys = new ArrayList<>();
    for (Reference reference : contract.references()) {
      settle(reference.dataset(), deliveries, done);
      Set<String> known =
          REFERENCES.computeIfAbsent(
              reference.dataset() + "." + reference.targetColumn(), name -> new HashSet<>());
      keys.add(
          new RowOutcomes.ReferenceKeys(
              reference.column(),
              reference.dataset(),
              LAKE.spark()
                  .createDataFrame(
                      known.stream().map(RowFactory::create).toList(),
                      StructType.fromDDL("reference string"))));
    }
    List<LoadOptions.Delivery> loads =
        deliveries.entrySet().stream()
            .filter(d -> d.getKey().dataset().equals(dataset))
            .map(d -> new LoadOptions.Delivery(d.getKey(), d.getValue()))
            .toList();
    if (loads.isEmpty()) {
      return;
    }
    LoadOptions options = new LoadOptions("r", "", contract, CONTEXT, loads);
    TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled())
        .apply(LAKE.lakehouse().catalog());
    LoadJob.run(LAKE.lakehouse(), options);
    // The publisher is put into the key, so that fixtures do not meet.
    Dataset<Row> raw =
        LAKE.spark()
            .table(TableDefinition.raw(contract).fullName())
            .withColumn("delivery_seq", lit(0))
            .withColumn("row", col("row").withField("_publisher", col("publisher")));
    List<String> ownKey = new ArrayList<>(contract.key());
    ownKey.add("_publisher");
    List<Row> decided = RowOutcomes.decide(raw, nothing(raw), ownKey, keys).collectAsList();
    for (Row row : decided) {
      FOUND
          .computeIfAbsent(row.getAs("publisher"), id -> new ArrayList<>())
          .add(
              Fixtures.row(
                  row.getAs("feed"),
                  row.getAs("source_file"),
                  row.getAs("source_line"),
                  row.getAs("record_part"),
                  row.getAs("outcome"),
                  row.<Row>getList(row.fieldIndex("breaches")).stream()
                      .map(b -> b.<String>getAs("rule"))
                      .toList()));
      if (row.getAs("outcome").equals("accepted") && dataset.equals("monitoring.station")) {
        REFERENCES
            .computeIfAbsent("monitoring.station.station_code", name -> new HashSet<>())
            .add(row.<Row>getAs("row").getAs("station_code"));
      }
    }
  }

  /** The standard table before the night: it holds nothing. */
  private static Dataset<Row> nothing(Dataset<Row> raw) {
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    columns.add(col("row.*"));
    for (String column : List.of("delivery_id", "source_file", "source_line", "record_part")) {
      columns.add(col(column).as("_" + column));
    }
    return raw.limit(0).select(columns.toArray(org.apache.spark.sql.Column[]::new));
  }

  private static List<String> validator(Fixture fixture, List<Receipt> receipts)
      throws IOException {
    Bundle bundle = Fixtures.bundle(fixture, key, REFERENCES).bundle();
    Map<Feed, Manifest> deliveries = DELIVERIES.get(fixture);
    Map<Feed, List<SubmittedFile>> files = new LinkedHashMap<>();
    for (Map.Entry<Feed, Manifest> delivery : deliveries.entrySet()) {
      Feed feed = bundle.feed(delivery.getKey().id()).orElseThrow();
      files.put(feed, delivered(EXPORTS.get(fixture), feed, deliveries.size()));
    }
    List<String> rows = new ArrayList<>();
    String[] current = new String[1];
    for (Feed feed : files.keySet()) {
      current[0] = feed.name();
      receipts.addAll(
          new Checker(bundle, Fixtures.NIGHT)
                  .check(
                      Map.of(feed, files.get(feed)),
                      null,
                      (file, line, part, outcome, breaches) ->
                          rows.add(
                              Fixtures.row(
                                  current[0],
                                  file,
                                  line,
                                  part,
                                  outcome.name().toLowerCase(Locale.ROOT),
                                  breaches.stream().map(b -> b.rule()).toList())))
                  .stream()
                  .map(Checker.Checked::receipt)
                  .toList());
    }
    return rows;
  }

  /** The files of a feed: those in its pattern; all, when it is the only one. */
  private static List<SubmittedFile> delivered(Path exports, Feed feed, int deliveries)
      throws IOException {
    List<SubmittedFile> submitted = new ArrayList<>();
    try (Stream<Path> files = Files.walk(exports)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = exports.relativize(file).toString();
        if (deliveries == 1 || feed.transport().pattern().match(path).isPresent()) {
          submitted.add(new SubmittedFile(path, file));
        }
      }
    }
    return submitted;
  }

  private static final String GATED =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: so-gate, nameVi: Sở G, nameEn: Department G}
      feeds:
        - id: sample
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "mau_{day:yyyyMMdd}.csv"}
          format: {type: csv}
          conventions: {dates: [yyyy-MM-dd]}
          melt: {columns: {DO: DO, pH: pH}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
          gate: {shifted: hold}
      """;

  /** Sixty samples; with the fault, x is missing and all behind it stand one column to the left. */
  private static String samples(LocalDate day, boolean shifted) {
    StringBuilder csv = new StringBuilder("diem,ngay,x,y,DO,pH\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "D%02d,%s,%s21.0,%.2f,%.1f%s%n",
              i,
              day,
              shifted ? "" : "105.5,",
              3 + i % 20 / 10.0 + day.getDayOfMonth() / 100.0,
              6.8 + i % 10 / 10.0,
              shifted ? "," : ""));
    }
    return csv.toString();
  }

  /** One engine: what the gate finds in a delivery, the validator finds in its files. */
  @Test
  void bothPathsFindTheSameShiftOfColumns() throws IOException {
    Path exports = Files.createDirectories(dir.resolve("gate"));
    List<Feed> feeds =
        Feeds.of(
            Map.of("feeds.yaml", GATED),
            Map.of("exports", exports.toString()),
            CodeLists.bundled());
    Feed feed = feeds.get(0);
    Contract contract = Contracts.bundled().contract(feed.dataset());
    Deliveries landing = new Deliveries(LandingStore.of(LAKE.lakehouse().store()));
    List<Learnt> learnt = new ArrayList<>();
    for (int before = 3; before > 0; before--) {
      LocalDate day = Fixtures.NIGHT.minusDays(before);
      Manifest manifest = deliver(feeds, exports, day, samples(day, false));
      learnt.add(
          new Learnt(
              day,
              LandedSample.fingerprint(landing, feed, contract, CodeLists.bundled(), manifest)));
    }
    Manifest shifted = deliver(feeds, exports, Fixtures.NIGHT, samples(Fixtures.NIGHT, true));
    List<Finding> platform =
        new GateCheck(Units.bundled())
            .findings(
                feed,
                Fixtures.NIGHT,
                learnt,
                LandedSample.fingerprint(landing, feed, contract, CodeLists.bundled(), shifted));
    assertThat(platform)
        .filteredOn(finding -> finding.kind() == FindingKind.SHIFTED)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.columns()).containsExactly("x", "y", "DO");
              assertThat(finding.response()).isEqualTo(GatePolicy.Response.HOLD);
            });

    Receipt receipt = offline(exports, learnt, samples(Fixtures.NIGHT, true));
    assertThat(receipt.gate()).isEqualTo(GateAnswer.of(GateAnswer.State.WARNED, platform, null));
    assertThat(ReceiptPage.render(receipt))
        .contains("Các cột 3 đến 5", "Columns 3 to 5", "would be held for review");
    assertThat(ReceiptText.english(receipt)).contains("GATE-02 [would be held for review]");
    assertThat(offline(exports, learnt, samples(Fixtures.NIGHT, false)).gate())
        .as("an ordinary day")
        .isNull();
    assertThat(offline(exports, List.of(), samples(Fixtures.NIGHT, true)).gate())
        .as("a bundle without fingerprints")
        .isNull();
  }

  private static Manifest deliver(List<Feed> feeds, Path exports, LocalDate day, String content)
      throws IOException {
    Files.writeString(exports.resolve("mau_" + day.toString().replace("-", "") + ".csv"), content);
    Clock clock = Clock.fixed(day.atTime(20, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    return new Collector(LandingStore.of(LAKE.lakehouse().store()), dir.resolve("work"), clock, 1)
        .collect(feeds, day)
        .get(0)
        .delivery()
        .orElseThrow();
  }

  /** Through all bytes of a bundle. */
  private static Receipt offline(Path exports, List<Learnt> learnt, String content)
      throws IOException {
    Path yaml = Files.createDirectories(dir.resolve("gate-feeds")).resolve("feeds.yaml");
    Files.writeString(yaml, GATED);
    TreeMap<String, String> texts = new TreeMap<>();
    texts.putAll(SourceFiles.bundled(Contracts.class, "contracts", ".yaml"));
    texts.putAll(SourceFiles.bundled(CodeLists.class, "code-lists", ".csv"));
    texts.putAll(
        PublisherFeeds.texts(
            yaml.getParent(), Map.of("exports", "x"), CodeLists.bundled(), id -> true));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(
        new Bundle.Sources(texts, Map.of(), Map.of("so-gate/sample", learnt)), "test", key, out);
    Bundle bundle = Bundle.read(new ByteArrayInputStream(out.toByteArray()), "bundle").bundle();
    Path file = Files.writeString(exports.resolve("offline.csv"), content);
    Receipt receipt =
        new Checker(bundle, Fixtures.NIGHT)
            .check(
                Map.of(
                    bundle.feed(new FeedId("so-gate", "sample")).orElseThrow(),
                    List.of(new SubmittedFile("mau_20260314.csv", file))),
                null,
                (f, line, part, outcome, breaches) -> {})
            .get(0)
            .receipt();
    Files.delete(file);
    return receipt;
  }
}
