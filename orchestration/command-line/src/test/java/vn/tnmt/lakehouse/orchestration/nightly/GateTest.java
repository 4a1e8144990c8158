package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;

/**
 * An institute that sends its register of stations as a whole and its samples day by day; on the
 * third day something is wrong with both.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class GateTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
  private static Nightly nightly;
  private static NightResult night;
  private static Letters letters;

  @BeforeAll
  static void feeds() throws IOException {
    Path feeds = Files.createDirectories(dir.resolve("feeds"));
    Files.writeString(
        feeds.resolve("vien.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
        feeds:
          - id: station
            dataset: monitoring.station
            transport: {type: directory, root: "${exports}", pattern: "tram_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: surface_water}
              lon: x
              lat: y
              geohash: $geometry.geohash
            gate: {otherwise: off, snapshot: {removed: 10%}}
          - id: other
            dataset: monitoring.station
            transport: {type: directory, root: "${exports}", pattern: "khac_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: surface_water}
              lon: x
              lat: y
              geohash: $geometry.geohash
            gate: off
          - id: sample
            dataset: water.sample
            transport: {type: directory, root: "${exports}", pattern: "mau_{day:yyyyMMdd}*.csv"}
            format: {type: csv}
            conventions: {dates: [yyyy-MM-dd]}
            melt: {columns: {DO: DO, pH: pH}}
            mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
            gate: {scaled: hold, repeated: hold, columns: block}
        """);
    List<Feed> all = Feeds.load(feeds, Map.of("exports", dir.toString()));
    assertThat(FeedCheck.check(all, Contracts.bundled())).isEmpty();
    letters = new Letters(LAKE.lakehouse(), Contracts.bundled(), all);
    nightly =
        new Nightly(
            LAKE.lakehouse(), Contracts.bundled(), all, Clock.systemUTC(), Progress.quiet());
  }

  private static void stations(LocalDate day, int count) throws IOException {
    StringBuilder csv = new StringBuilder("ma,ten,x,y\n");
    for (int i = 0; i < count; i++) {
      csv.append("01NM%03d,Trạm %d,105.%03d,21.%03d%n".formatted(i, i, 500 + i, 10 + i));
    }
    write("tram_", day, csv);
  }

  private static void samples(LocalDate day, double factor) throws IOException {
    StringBuilder csv = new StringBuilder("diem,ngay,x,y,DO,pH\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "D%02d,%s,105.5,21.0,%.2f,%.1f%n",
              i,
              day,
              factor * (5 + i % 20 / 10.0 + day.getDayOfMonth() / 100.0),
              6.8 + i % 10 / 10.0));
    }
    write("mau_", day, csv);
  }

  private static void write(String name, LocalDate day, CharSequence text) throws IOException {
    Files.writeString(dir.resolve(name + day.toString().replace("-", "") + ".csv"), text);
  }

  /** What the outbox has for a night: file name without the delivery's id → bytes. */
  private static Map<String, String> outbox(LocalDate day) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(outboxFolder(day))) {
      for (Path file :
          (Iterable<Path>) all.filter(f -> f.toString().matches(".*(html|json)"))::iterator) {
        files.put(
            file.getFileName().toString().replaceAll("-[0-9a-f]{20}", ""), Files.readString(file));
      }
    }
    return files;
  }

  private static Path outboxFolder(LocalDate day) throws IOException {
    return Files.createDirectories(
        LAKE.lakehouse()
            .settings()
            .path("report.outbox")
            .resolve("vien-x")
            .resolve(day.toString()));
  }

  private static JsonNode answer(LocalDate day, String feed) throws IOException {
    String json = outbox(day).get(feed + ".json");
    assertThat(json).as(feed + " on " + day + " in " + outbox(day).keySet()).isNotNull();
    return new ObjectMapper().readTree(json);
  }

  private static String state(LocalDate day, String feed) throws IOException {
    JsonNode answer = answer(day, feed);
    return answer.path("verdict").asText() + " " + answer.path("gate").path("state").asText();
  }

  /** As {@code ./tnmt deliveries} does. */
  private static void decide(Judgement held, Status decision) {
    Judgement decided = held.decided(decision, "tran.an", Instant.now(), "đã gọi điện hỏi");
    new Judgements(LAKE.lakehouse()).write(List.of(decided));
    letters.put(letters.letter(decided));
  }

  private static long rows(String sql) {
    return LAKE.lakehouse().spark().sql(sql).first().getLong(0);
  }

  @Test
  @Order(1)
  void aSnapshotWithinItsLimitsRemovesWhatItLacks() throws IOException {
    stations(FIRST, 40);
    samples(FIRST, 1);
    assertThat(nightly.run(FIRST).released()).isTrue();
    stations(FIRST.plusDays(1), 38);
    // The fortieth station has moved to another register, in the same night.
    write("khac_", FIRST.plusDays(1), "ma,ten,x,y\n01NM039,Trạm của nơi khác,105.5,21.0\n");
    samples(FIRST.plusDays(1), 1);
    night = nightly.run(FIRST.plusDays(1));
    assertThat(night.released()).isTrue();
    assertThat(night.notes()).isEmpty();
    assertThat(rows("select count(*) from lake.monitoring.station")).isEqualTo(39);
    assertThat(rows("select count(*) from lake.national.station")).isEqualTo(39);
    assertThat(
            rows(
                "select count(*) from lake.ops.row_outcome where outcome = 'removed'"
                    + " and dataset = 'monitoring.station' and source_line = 40"))
        .as("line 40 of the first night's file is the thirty-ninth station")
        .isEqualTo(1);
  }

  @Test
  @Order(2)
  void whatDepartsIsHeldAndTheNightGoesOn() throws IOException {
    stations(FIRST.plusDays(2), 20);
    samples(FIRST.plusDays(2), 1000);
    night = nightly.run(FIRST.plusDays(2));
    assertThat(night.released()).isTrue();
    assertThat(night.notes())
        .anyMatch(note -> note.contains("GATE-04") && note.contains("1,000 times"))
        .anyMatch(note -> note.contains("GATE-13") && note.contains("removes 18 of 38"))
        .filteredOn(note -> note.contains("./tnmt deliveries approve"))
        .hasSize(2);
    assertThat(rows("select count(*) from lake.monitoring.station")).isEqualTo(39);
    assertThat(
            LAKE.lakehouse()
                .spark()
                .sql(
                    "select string(business_date), feed, count(*) from lake."
                        + TableDefinition.rawName("monitoring.station")
                        + " group by all order by all")
                .collectAsList())
        .as("nothing of what is held is in a table")
        .extracting(Object::toString)
        .containsExactly(
            "[2026-03-02,other,1]", // feeds/vien.yaml, which is in no pattern: REC-03
            "[2026-03-02,station,40]",
            "[2026-03-03,other,1]",
            "[2026-03-03,station,38]");
    assertThat(new Judgements(LAKE.lakehouse()).list(true, 10)).hasSize(2);
  }

  @Test
  @Order(3)
  void whatIsHeldGetsALetterWhichIsTheSameHoweverOftenTheNightIsRun() throws IOException {
    LocalDate day = FIRST.plusDays(2);
    Map<String, String> first = outbox(day);
    assertThat(first).containsKeys("sample.html", "sample.json", "station.html", "station.json");
    JsonNode letter = answer(day, "sample");
    assertThat(state(day, "sample")).isEqualTo("HELD HELD");
    assertThat(letter.path("gate").path("findings").get(0).path("code").asText())
        .isEqualTo("GATE-04");
    assertThat(letter.path("gate").path("findings").get(0).path("severity").asText())
        .isEqualTo("HOLD");
    assertThat(letter.path("gate").path("findings").get(0).path("what").path("vi").asText())
        .contains("1.000 lần");
    assertThat(first.get("station.html")).contains("Bản chụp bỏ 18 trong 38", "removes 18 of 38");

    Path file = outboxFolder(day).resolve("sample-" + letter.path("deliveryId").asText() + ".json");
    Files.delete(file); // as if the night had been killed before it was written
    assertThat(nightly.run(day).outcome()).isEqualTo(NightResult.Outcome.NOTHING_NEW);
    assertThat(outbox(day)).isEqualTo(first);
  }

  @Test
  @Order(4)
  void whatCameLaterWaitsBehindIt() throws IOException {
    samples(FIRST.plusDays(3), 1);
    night = nightly.run(FIRST.plusDays(3));
    assertThat(night.notes()).anyMatch(note -> note.contains("waits behind"));
    assertThat(rows("select count(*) from lake.water.sample where sampled_on >= '2026-03-04'"))
        .isZero();
  }

  @Test
  @Order(5)
  void whatWaitsGetsALetterThatNamesTheOneBeforeIt() throws IOException {
    assertThat(state(FIRST.plusDays(3), "sample")).isEqualTo("WAITING WAITING");
    assertThat(answer(FIRST.plusDays(3), "sample").path("behind").asText())
        .isEqualTo(answer(FIRST.plusDays(2), "sample").path("deliveryId").asText());
  }

  @Test
  @Order(6)
  void whatIsApprovedIsTakenAndWhatIsRejectedIsQuarantined() throws IOException {
    for (Judgement held : new Judgements(LAKE.lakehouse()).list(true, 10)) {
      decide(held, held.feed().equals("vien-x/station") ? Status.APPROVED : Status.REJECTED);
    }
    assertThat(state(FIRST.plusDays(2), "station")).isEqualTo("APPROVED APPROVED");
    assertThat(state(FIRST.plusDays(2), "sample")).isEqualTo("REJECTED REJECTED");
    assertThat(outbox(FIRST.plusDays(2)).get("sample.html"))
        .contains("tran.an từ chối lúc ", ": đã gọi điện hỏi");
    night = nightly.run(FIRST.plusDays(3));
    assertThat(night.released()).isTrue();
    assertThat(rows("select count(*) from lake.monitoring.station"))
        .as("twenty of the snapshot, one of the other register")
        .isEqualTo(21);
    assertThat(
            rows(
                "select count(*) from lake.ops.quarantine where dataset = 'water.sample'"
                    + " and exists(breaches, b -> b.rule = 'REC-51' and b.value = 'đã gọi điện hỏi')"))
        .isEqualTo(120);
    assertThat(rows("select count(*) from lake.water.sample where sampled_on = '2026-03-05'"))
        .as("the later delivery is no longer kept waiting")
        .isEqualTo(120);
    assertThat(
            rows(
                "select sum(received - accepted - quarantined - duplicate - superseded)"
                    + " from lake.ops.delivery"))
        .isZero();
  }

  @Test
  @Order(7)
  void aReceiptTakesThePlaceOfTheLetter() throws IOException {
    assertThat(outbox(FIRST.plusDays(2)).keySet())
        .as("the letters are gone; the receipt of the other register stays")
        .noneMatch(name -> name.startsWith("sample") || name.startsWith("station"));
    LocalDate day = FIRST.plusDays(3);
    List<String> answers = new ArrayList<>();
    try (Stream<Path> files = Files.list(outboxFolder(day))) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".json"))::iterator) {
        JsonNode receipt = new ObjectMapper().readTree(Files.readAllBytes(file));
        assertThat(receipt.has("counts")).isTrue();
        JsonNode gate = receipt.path("gate");
        answers.add(
            String.join(
                    " ",
                    receipt.path("feed").asText(),
                    receipt.path("businessDate").asText(),
                    receipt.path("verdict").asText(),
                    gate.path("state").asText(),
                    gate.path("decision").path("by").asText(),
                    gate.path("decision").path("why").asText())
                .strip());
      }
    }
    assertThat(answers)
        .contains(
            "vien-x/station 2026-03-04 WARNED APPROVED tran.an đã gọi điện hỏi",
            "vien-x/sample 2026-03-04 REFUSED REJECTED tran.an đã gọi điện hỏi",
            "vien-x/sample 2026-03-05 CLEAN");
  }

  @Test
  @Order(8)
  void aFileUnderANewNameIsTuesdaysAgain() throws IOException {
    Files.copy(dir.resolve("mau_20260303.csv"), dir.resolve("mau_20260306_moi.csv"));
    night = nightly.run(FIRST.plusDays(4));
    assertThat(night.notes())
        .anyMatch(
            note ->
                note.contains("GATE-10")
                    && note.contains("Tuesday's file again")
                    && note.contains("tệp của thứ Ba (03/03/2026"));
  }

  @Test
  @Order(9)
  void whatItsFeedRefusesIsToldInTheReceipt() throws IOException {
    assertThat(state(FIRST.plusDays(4), "sample")).isEqualTo("HELD HELD");
    new Judgements(LAKE.lakehouse()).list(true, 10).forEach(held -> decide(held, Status.REJECTED));
    LocalDate day = FIRST.plusDays(5);
    samples(day, 1);
    Path file = dir.resolve("mau_20260307.csv");
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("pH\n", "pH,COD\n").replaceAll("(\\d)\n", "$1,5\n"));
    night = nightly.run(day);
    assertThat(night.released()).isTrue();
    List<String> states = new ArrayList<>();
    try (Stream<Path> files = Files.list(outboxFolder(day))) {
      for (Path json :
          (Iterable<Path>)
              files.filter(f -> f.getFileName().toString().matches("sample-\\w+\\.json"))
                  ::iterator) {
        JsonNode receipt = new ObjectMapper().readTree(Files.readAllBytes(json));
        states.add(
            receipt.path("verdict").asText()
                + " "
                + receipt.path("gate").path("state").asText()
                + " "
                + receipt.path("gate").path("findings").get(0).path("code").asText());
      }
    }
    assertThat(states)
        .containsExactlyInAnyOrder("REFUSED REJECTED GATE-10", "REFUSED BLOCKED GATE-01");
    assertThat(outbox(FIRST.plusDays(4)).keySet()).noneMatch(name -> name.startsWith("sample"));
  }

  /** What {@code ./tnmt contracts bundle --fingerprints} gives to publishers. */
  @Test
  @Order(10)
  void whatWasTakenIsRemembered() {
    List<Learnt> learnt =
        new Judgements(LAKE.lakehouse())
            .past(List.of("vien-x/sample"), LocalDate.EPOCH, GateCheck.PAST)
            .get("vien-x/sample");
    assertThat(learnt)
        .extracting(Learnt::businessDate)
        .as("neither held nor rejected ones")
        .containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(3));
    assertThat(Learnt.read(Learnt.toJson(learnt))).isEqualTo(learnt);
  }
}
