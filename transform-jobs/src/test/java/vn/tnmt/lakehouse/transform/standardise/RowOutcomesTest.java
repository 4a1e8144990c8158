package vn.tnmt.lakehouse.transform.standardise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expected outcomes are worked out by hand from the rule that {@link RowOutcomes} states. */
class RowOutcomesTest {
  private static final StructType RAW =
      StructType.fromDDL(
          "delivery_id string, delivery_seq int, source_file string, source_line bigint, record_part int,"
              + " breaches array<struct<rule:string,severity:string,column:string,value:string,expected:string>>,"
              + " blocked boolean, content_hash bigint, row struct<station:string,at:int>");
  private static final StructType STANDARD =
      StructType.fromDDL(
          "station string, at int, _content_hash bigint, _delivery_id string, _source_file string,"
              + " _source_line bigint, _record_part int");

  private static SparkSession spark;

  private final List<Row> raw = new ArrayList<>();
  private final List<Row> standing = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void newRecordsAreAccepted() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 10, 100);

    assertThat(outcomes())
        .containsEntry("a.txt:1", "accepted")
        .containsEntry("a.txt:2", "accepted");
  }

  @Test
  void aRepetitionInTheSameFileIsADuplicateOfTheFirst() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 5, 100);

    Map<String, Row> rows = rows();
    assertThat(outcome(rows, "a.txt:1")).isEqualTo("accepted");
    assertThat(outcome(rows, "a.txt:2")).isEqualTo("duplicate");
    assertThat(by(rows, "a.txt:2")).isEqualTo("d1/a.txt:1");
  }

  @Test
  void contradictionsInsideOneFileAreAllQuarantinedAndOthersOfTheKeyAreNot() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 5, 200);
    record("d1", 0, "b.txt", 1, "S1", 5, 300);

    Map<String, Row> rows = rows();
    assertThat(outcome(rows, "a.txt:1")).isEqualTo("quarantined");
    assertThat(outcome(rows, "a.txt:2")).isEqualTo("quarantined");
    assertThat(outcome(rows, "b.txt:1")).isEqualTo("accepted");
    assertThat(rules(rows, "a.txt:1")).containsExactly("REC-20");
    assertThat(rules(rows, "b.txt:1")).isEmpty();
  }

  @Test
  void aLaterFileSupersedesAnEarlierOneOfTheSameNight() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "b.txt", 1, "S1", 5, 200);
    record("d2", 1, "a.txt", 1, "S1", 5, 300);

    Map<String, Row> rows = rows();
    assertThat(outcome(rows, "d1/a.txt:1")).isEqualTo("superseded");
    assertThat(outcome(rows, "d1/b.txt:1")).isEqualTo("superseded");
    assertThat(outcome(rows, "d2/a.txt:1")).isEqualTo("accepted");
    assertThat(by(rows, "d1/a.txt:1")).isEqualTo("d2/a.txt:1");
  }

  @Test
  void whatTheTableHoldsAlreadyIsADuplicateAndACorrectionReplacesIt() {
    stands("S1", 5, 100, "d0", "old.txt", 7);
    stands("S1", 10, 100, "d0", "old.txt", 8);
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S1", 10, 999);

    Map<String, Row> rows = rows();
    assertThat(outcome(rows, "a.txt:1")).isEqualTo("duplicate");
    assertThat(by(rows, "a.txt:1")).isEqualTo("d0/old.txt:7");
    assertThat(outcome(rows, "a.txt:2")).isEqualTo("accepted");
    Row replaces = rows.get("a.txt:2").getAs("replaces");
    assertThat(replaces.<Long>getAs("source_line")).isEqualTo(8L);
    assertThat(rows.get("a.txt:1").<Row>getAs("replaces")).isNull();
  }

  @Test
  void aCorrectionTakenBackLeavesTheLastWord() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "b.txt", 1, "S1", 5, 200);
    record("d1", 0, "c.txt", 1, "S1", 5, 100);

    assertThat(outcomes())
        .containsEntry("a.txt:1", "superseded")
        .containsEntry("b.txt:1", "superseded")
        .containsEntry("c.txt:1", "accepted");
  }

  @Test
  void blockedRecordsStayQuarantinedAndTouchNoKey() {
    raw.add(
        RowFactory.create(
            "d1",
            0,
            "a.txt",
            1L,
            0,
            List.of(RowFactory.create("REC-11", "BLOCK", "value", "abc", "")),
            true,
            0L,
            RowFactory.create("S1", 5)));
    record("d1", 0, "a.txt", 2, "S1", 5, 100);

    Map<String, Row> rows = rows();
    assertThat(outcome(rows, "a.txt:1")).isEqualTo("quarantined");
    assertThat(outcome(rows, "a.txt:2")).isEqualTo("accepted");
  }

  @Test
  void anUnknownReferenceIsQuarantinedWithItsRule() {
    record("d1", 0, "a.txt", 1, "S1", 5, 100);
    record("d1", 0, "a.txt", 2, "S9", 5, 100);

    Dataset<Row> known =
        spark.createDataFrame(
            List.of(RowFactory.create("S1"), RowFactory.create("S1")),
            StructType.fromDDL("reference string"));
    Map<String, Row> rows =
        index(
            RowOutcomes.decide(
                rawRows(),
                standingRows(),
                List.of("station", "at"),
                List.of(new RowOutcomes.ReferenceKeys("station", "monitoring.station", known))));

    assertThat(outcome(rows, "a.txt:1")).isEqualTo("accepted");
    assertThat(outcome(rows, "a.txt:2")).isEqualTo("quarantined");
    assertThat(rules(rows, "a.txt:2")).containsExactly("REC-21");
    assertThat(rows).hasSize(4);
  }

  @Test
  void everyRecordHasExactlyOneOutcome() {
    for (int i = 0; i < 200; i++) {
      record("d" + i % 3, i % 3, "f" + i % 7 + ".txt", i, "S" + i % 5, i % 11, i % 4);
    }
    stands("S1", 1, 1, "d0", "old.txt", 1);

    Dataset<Row> decided =
        RowOutcomes.decide(rawRows(), standingRows(), List.of("station", "at"), List.of());

    assertThat(decided.count()).isEqualTo(200);
    assertThat(decided.where("outcome is null").count()).isZero();
    assertThat(
            decided
                .where("outcome = 'accepted'")
                .groupBy("row.station", "row.at")
                .count()
                .where("count > 1")
                .count())
        .isZero();
  }

  private void record(
      String delivery, int sequence, String file, long line, String station, int at, long hash) {
    raw.add(
        RowFactory.create(
            delivery,
            sequence,
            file,
            line,
            0,
            List.of(),
            false,
            hash,
            RowFactory.create(station, at)));
  }

  private void stands(String station, int at, long hash, String delivery, String file, long line) {
    standing.add(RowFactory.create(station, at, hash, delivery, file, line, 0));
  }

  private Dataset<Row> rawRows() {
    return spark.createDataFrame(raw, RAW);
  }

  private Dataset<Row> standingRows() {
    return spark.createDataFrame(standing, STANDARD);
  }

  private Map<String, Row> rows() {
    return index(
        RowOutcomes.decide(rawRows(), standingRows(), List.of("station", "at"), List.of()));
  }

  /** By file:line, and by delivery/file:line. */
  private static Map<String, Row> index(Dataset<Row> decided) {
    Map<String, Row> rows = new java.util.HashMap<>();
    for (Row row : decided.collectAsList()) {
      String place = row.getAs("source_file") + ":" + row.getAs("source_line");
      rows.put(place, row);
    }
    Map<String, Row> byDelivery =
        decided.collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row ->
                        row.getAs("delivery_id")
                            + "/"
                            + row.getAs("source_file")
                            + ":"
                            + row.getAs("source_line"),
                    row -> row));
    rows.putAll(byDelivery);
    return rows;
  }

  private Map<String, String> outcomes() {
    return rows().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getAs("outcome")));
  }

  private static String outcome(Map<String, Row> rows, String place) {
    return rows.get(place).getAs("outcome");
  }

  private static String by(Map<String, Row> rows, String place) {
    Row by = rows.get(place).getAs("by");
    return by.getAs("delivery_id") + "/" + by.getAs("source_file") + ":" + by.getAs("source_line");
  }

  private static List<String> rules(Map<String, Row> rows, String place) {
    return rows.get(place).<Row>getList(rows.get(place).fieldIndex("breaches")).stream()
        .map(b -> b.<String>getAs("rule"))
        .toList();
  }
}
