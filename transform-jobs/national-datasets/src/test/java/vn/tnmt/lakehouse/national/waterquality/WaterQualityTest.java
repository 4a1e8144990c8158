package vn.tnmt.lakehouse.national.waterquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.national.air.Air;
import vn.tnmt.lakehouse.national.air.Columns;
import vn.tnmt.lakehouse.transform.index.Weighting;

@Tag("slow")
class WaterQualityTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private final List<Row> samples = new ArrayList<>();
  private final List<Row> kept = new ArrayList<>();

  @Test
  void theWorkedExampleInBothForms() {
    worked("P1");
    Row unweighted = compute(Weighting.UNWEIGHTED).get("P1 2016-02-29");
    assertThat(unweighted.<Integer>getAs("wqi")).isEqualTo(68);
    assertThat(unweighted.<Double>getAs("wqi_i")).isEqualTo(100);
    assertThat(unweighted.isNullAt(unweighted.fieldIndex("wqi_ii"))).isTrue();
    assertThat(unweighted.isNullAt(unweighted.fieldIndex("wqi_iii"))).isTrue();
    assertThat(unweighted.<Double>getAs("wqi_iv")).isCloseTo(70.84, within(0.005));
    assertThat(unweighted.<Double>getAs("wqi_v")).isEqualTo(65);
    assertThat(unweighted.<String>getAs("weighting")).isEqualTo("unweighted");
    assertThat(unweighted.<Integer>getAs("groups_present")).isEqualTo(3);
    assertThat(unweighted.<String>getAs("no_index_reason")).isNull();
    assertThat(unweighted.<Double>getAs("lon")).isEqualTo(105.5);
    assertThat(unweighted.<String>getAs("province_code")).isEqualTo("96");
    assertThat(unweighted.isNullAt(unweighted.fieldIndex("commune_code"))).isTrue();

    Row weighted = compute(Weighting.WEIGHTED).get("P1 2016-02-29");
    assertThat(weighted.<Integer>getAs("wqi")).isEqualTo(69);
    assertThat(weighted.<String>getAs("weighting")).isEqualTo("weighted");
  }

  /** Two laboratories, one fact: the one writes the limit, the other KPH. */
  @Test
  void notDetectedIsOneFactHoweverItIsWritten() {
    for (String point : List.of("limit", "KPH")) {
      worked(point);
      samples.removeIf(row -> row.get(0).equals(point) && row.get(2).equals("NH4_N"));
      for (String parameter : List.of("Hg", "NH4_N", "Aldrin", "E_coli", "pH")) {
        boolean limit = point.equals("limit");
        sample(point, parameter, limit ? (Double) 0.5 : null, limit ? "<" : "KPH");
      }
    }
    sample("DO", "DO", 9.0, "<");
    sample("DO", "water_temp", 25.0, "=");
    Map<String, Row> zero = compute(Weighting.UNWEIGHTED);
    Row limit = zero.get("limit 2016-02-29");
    // nothing of Hg, N-NH4, Aldrin, E. coli in the water: 100 each; (64.74 + 69.44 + 70 + 100 +
    // 87.5)/5
    assertThat(limit.<Double>getAs("wqi_iii")).isCloseTo(100, within(1e-9));
    assertThat(limit.<Double>getAs("wqi_iv")).isCloseTo(78.34, within(0.005));
    assertThat(limit.<Double>getAs("wqi_v")).isEqualTo(82.5);
    assertThat(limit.<String>getAs("not_detected")).isEqualTo("zero");
    assertThat(zero.get("DO 2016-02-29").<Double>getAs("wqi_iv")).as("the worst").isEqualTo(10);

    Map<String, Row> missing = byKey(compute(samples(), Weighting.UNWEIGHTED, NotDetected.MISSING));
    assertThat(missing.get("limit 2016-02-29").<Double>getAs("wqi_iii")).as("no metal").isNull();
    for (Map<String, Row> either : List.of(zero, missing)) {
      for (String column : List.of("wqi", "wqi_i", "wqi_ii", "wqi_iii", "wqi_iv", "wqi_v")) {
        assertThat(either.get("KPH 2016-02-29").<Object>getAs(column))
            .as(column)
            .isEqualTo(either.get("limit 2016-02-29").getAs(column));
      }
    }
  }

  @Test
  void whatIsQuarantinedLeavesAMark() {
    worked("P1");
    quarantine("P1", "As");
    quarantine("P1", "As");
    quarantine("P1", "Coliform"); // accepted since
    quarantine("P1", "TSS"); // bears on no index
    quarantine("P2", "As"); // nothing of it was accepted
    Map<String, Row> rows =
        byKey(
            compute(
                samples()
                    .select("sample_point", "sampled_on")
                    .union(samples().selectExpr("'P2'", "sampled_on")),
                Weighting.UNWEIGHTED));
    assertThat(rows).containsOnlyKeys("P1 2016-02-29");
    assertThat(rows.get("P1 2016-02-29").<Integer>getAs("quarantined")).isEqualTo(1);
    assertThat(rows.get("P1 2016-02-29").<Integer>getAs("wqi")).isEqualTo(68);
  }

  private void quarantine(String point, String parameter) {
    kept.add(
        RowFactory.create(
            "water.sample",
            "{\"sample_point\":\"%s\",\"sampled_on\":\"2016-02-29\",\"parameter\":\"%s\"}"
                .formatted(point, parameter)));
  }

  @Test
  void heptachlorAndItsEpoxideAreOneParameter() {
    sample("P1", "Heptachlor", 0.15, "=");
    sample("P1", "Heptachlor_epoxide", 0.15, "="); // each below 0.2, together above
    sample("P2", "Heptachlor", 0.15, "=");
    sample("P2", "Heptachlor_epoxide", -1.0, "=");
    Map<String, Row> rows = compute(Weighting.UNWEIGHTED);
    assertThat(rows.get("P1 2016-02-29").<Double>getAs("wqi_ii")).isCloseTo(10, within(1e-9));
    assertThat(rows.get("P2 2016-02-29").<Double>getAs("wqi_ii")).isCloseTo(100, within(1e-9));
  }

  @Test
  void samplesWithoutIndexSayWhy() {
    sample("nothing", "TSS", 30.0, "=");
    sample("bad", "pH", null, "=");
    sample("bad", "COD", Double.NaN, "=");
    sample("bad", "BOD5", -2.0, "=");
    sample("few", "pH", 7.0, "=");
    sample("few", "COD", 12.0, "=");
    worked("no temperature");
    samples.removeIf(row -> row.get(2).equals("water_temp"));
    Map<String, Row> rows = compute(Weighting.UNWEIGHTED);
    assertThat(reason(rows, "nothing")).isEqualTo("NO_DATA");
    assertThat(reason(rows, "bad")).isEqualTo("NO_DATA");
    assertThat(reason(rows, "few")).isEqualTo("GROUP_IV_TOO_FEW");
    assertThat(reason(rows, "no temperature")).isNull(); // DO left out, four others remain
    assertThat(rows.get("few 2016-02-29").<Integer>getAs("groups_present")).isEqualTo(2);
    assertThat(rows.get("few 2016-02-29").isNullAt(rows.get("few 2016-02-29").fieldIndex("wqi")))
        .isTrue();
  }

  @Test
  void onlyAffectedSamplesAreComputed() {
    worked("P1");
    worked("P2");
    Dataset<Row> affected = samples().where("sample_point = 'P2'");
    assertThat(byKey(compute(affected, Weighting.UNWEIGHTED))).containsOnlyKeys("P2 2016-02-29");
    assertThat(byKey(compute(affected.limit(0), Weighting.UNWEIGHTED))).isEmpty();
  }

  @Test
  void columnsAreThoseOfTheContract() {
    assertThat(Columns.of(compute(samples(), Weighting.UNWEIGHTED)))
        .isEqualTo(Columns.ofContract("national.water_quality"));
  }

  private static String reason(Map<String, Row> rows, String point) {
    return rows.get(point + " 2016-02-29").getAs("no_index_reason");
  }

  /**
   * T=28, DO=5, BOD5 8, COD 18, N-NH4 0.45, P-PO4 0.15, Coliform 6000, pH 7.2 → 67.86 and 68.83.
   */
  private void worked(String point) {
    sample(point, "pH", 7.2, "=");
    sample(point, "water_temp", 28.0, "=");
    sample(point, "DO", 5.0, "=");
    sample(point, "BOD5", 8.0, "=");
    sample(point, "COD", 18.0, "=");
    sample(point, "NH4_N", 0.45, "=");
    sample(point, "PO4_P", 0.15, "=");
    sample(point, "Coliform", 6000.0, "=");
    sample(point, "TSS", 44.0, "=");
  }

  private void sample(String point, String parameter, Double value, String qualifier) {
    samples.add(
        RowFactory.create(
            point, Date.valueOf("2016-02-29"), parameter, value, qualifier, 105.5, 9.5));
  }

  private Dataset<Row> samples() {
    return LAKE.spark()
        .createDataFrame(
            samples,
            new StructType()
                .add("sample_point", DataTypes.StringType)
                .add("sampled_on", DataTypes.DateType)
                .add("parameter", DataTypes.StringType)
                .add("value", DataTypes.DoubleType)
                .add("qualifier", DataTypes.StringType)
                .add("lon", DataTypes.DoubleType)
                .add("lat", DataTypes.DoubleType));
  }

  private Map<String, Row> compute(Weighting weighting) {
    return byKey(compute(samples(), weighting));
  }

  private Dataset<Row> compute(Dataset<Row> affected, Weighting weighting) {
    return compute(affected, weighting, NotDetected.ZERO);
  }

  private Dataset<Row> compute(
      Dataset<Row> affected, Weighting weighting, NotDetected notDetected) {
    Dataset<Row> quarantine =
        LAKE.spark()
            .createDataFrame(
                kept,
                new StructType()
                    .add("dataset", DataTypes.StringType)
                    .add("record_key", DataTypes.StringType))
            .selectExpr("dataset", "date '2016-03-01' AS business_date", "record_key");
    byte[] box =
        new WKBWriter().write(new GeometryFactory().toGeometry(new Envelope(105, 106, 9, 10)));
    Dataset<Row> units =
        LAKE.spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        "96", "province", "96", Date.valueOf("2025-07-01"), null, box)),
                new StructType()
                    .add("code", DataTypes.StringType)
                    .add("level", DataTypes.StringType)
                    .add("province_code", DataTypes.StringType)
                    .add("valid_from", DataTypes.DateType)
                    .add("valid_to", DataTypes.DateType)
                    .add("geometry", DataTypes.BinaryType));
    return WaterQuality.compute(
        samples(), quarantine, units, LocalDate.of(2026, 11, 22), affected, weighting, notDetected);
  }

  private static Map<String, Row> byKey(Dataset<Row> rows) {
    return Air.by(rows, row -> row.get(0) + " " + row.get(1));
  }
}
