package vn.tnmt.lakehouse.transform.standardise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Spark's form of the rules, and what only it knows: the rows that the table holds already. */
class RowOutcomesTest extends OutcomeCases {
  private static final StructType RAW =
      StructType.fromDDL(
          "delivery_id string, delivery_seq int, source_file string, source_line bigint, record_part int,"
              + " breaches array<struct<rule:string,severity:string,column:string,value:string,expected:string>>,"
              + " blocked boolean, row struct<station:string,at:int,said:bigint>");
  private static final StructType STANDARD =
      StructType.fromDDL(
          "station string, at int, said bigint, _delivery_id string, _source_file string,"
              + " _source_line bigint, _record_part int");

  static final List<String> KEY = List.of("station", "at");

  private static SparkSession spark;

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

  @Override
  Map<String, Decided> decide(List<Given> records, Set<String> stations) {
    List<RowOutcomes.ReferenceKeys> references =
        stations == null
            ? List.of()
            : List.of(
                new RowOutcomes.ReferenceKeys(
                    "station",
                    "monitoring.station",
                    spark.createDataFrame(
                        stations.stream().map(RowFactory::create).toList(),
                        StructType.fromDDL("reference string"))));
    Map<String, Decided> decided = new TreeMap<>();
    for (Row row : decide(records, List.of(), references).collectAsList()) {
      decided.put(place(row), decided(row));
    }
    return decided;
  }

  /** How it is decided; overridden by the form for large nights. */
  Dataset<Row> decide(
      Dataset<Row> raw, Dataset<Row> current, List<RowOutcomes.ReferenceKeys> references) {
    return RowOutcomes.decide(raw, current, KEY, references);
  }

  private Dataset<Row> decide(
      List<Given> records, List<Row> standing, List<RowOutcomes.ReferenceKeys> references) {
    Dataset<Row> raw =
        spark.createDataFrame(
            records.stream()
                .map(
                    g ->
                        RowFactory.create(
                            g.delivery(),
                            g.sequence(),
                            g.file(),
                            g.line(),
                            0,
                            g.rule().isEmpty()
                                ? List.of()
                                : List.of(RowFactory.create(g.rule(), "BLOCK", "value", "abc", "")),
                            !g.rule().isEmpty(),
                            RowFactory.create(g.station(), g.at(), g.hash())))
                .toList(),
            RAW);
    return decide(raw, spark.createDataFrame(standing, STANDARD), references);
  }

  private static Decided decided(Row row) {
    Row by = row.getAs("by");
    return new Decided(
        row.getAs("outcome"),
        by == null ? "" : place(by),
        row.<Row>getList(row.fieldIndex("breaches")).stream()
            .map(b -> b.<String>getAs("rule"))
            .toList());
  }

  private static String place(Row row) {
    return row.getAs("delivery_id")
        + "/"
        + row.getAs("source_file")
        + ":"
        + row.getAs("source_line");
  }

  @Test
  void whatTheTableHoldsAlreadyIsADuplicateAndACorrectionReplacesIt() {
    List<Row> standing =
        List.of(
            RowFactory.create("S1", 5, 100L, "d0", "old.txt", 7L, 0),
            RowFactory.create("S1", 10, 100L, "d0", "old.txt", 8L, 0));
    List<Given> records =
        List.of(
            new Given("d1", 0, "a.txt", 1, "S1", 5, 100, ""),
            new Given("d1", 0, "a.txt", 2, "S1", 10, 999, ""));

    List<Row> rows = decide(records, standing, List.of()).orderBy("source_line").collectAsList();
    assertThat(decided(rows.get(0))).isEqualTo(new Decided("duplicate", "d0/old.txt:7", List.of()));
    assertThat(rows.get(0).<Row>getAs("replaces")).isNull();
    assertThat(decided(rows.get(1))).isEqualTo(new Decided("accepted", "", List.of()));
    assertThat(place(rows.get(1).getAs("replaces"))).isEqualTo("d0/old.txt:8");
  }
}
