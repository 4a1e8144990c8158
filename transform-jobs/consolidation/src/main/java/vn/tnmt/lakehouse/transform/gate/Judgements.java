package vn.tnmt.lakehouse.transform.gate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.NamedRows;

/**
 * {@code ops.gate}: what every delivery looked like and what was decided about it. Written to
 * {@code main} directly, by key: what is held belongs to no run.
 */
public final class Judgements {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TABLE = "lake.ops.gate";

  /** How judgements stand in the table. */
  public static final ContractRows ROWS = ContractRows.of("ops.gate", Line.class);

  /**
   * A judgement as a row.
   *
   * @param findings JSON, and so is {@code fingerprint}
   */
  record Line(
      String landing,
      String deliveryId,
      String feed,
      LocalDate businessDate,
      String status,
      String findings,
      @Nullable String fingerprint,
      String decidedBy,
      Instant decidedAt,
      String why) {}

  private final SparkSession spark;

  public Judgements(SparkSession spark) {
    this.spark = spark;
  }

  /** Of these folders, those that were judged. */
  public Map<String, Judgement> of(Collection<String> landings, LocalDate from) {
    Map<String, Judgement> judgements = new HashMap<>();
    spark
        .table(TABLE)
        .where(col("business_date").geq(lit(from)))
        .where(col("landing").isin(landings.toArray()))
        .collectAsList()
        .forEach(
            row -> {
              Judgement judgement = judgement(row);
              judgements.put(judgement.landing(), judgement);
            });
    return judgements;
  }

  /**
   * What the last deliveries of feeds looked like, of those that were taken; oldest first.
   *
   * @param most deliveries of each feed
   */
  public Map<String, List<Learnt>> past(Collection<String> feeds, LocalDate from, int most) {
    Dataset<Row> taken =
        spark
            .table(TABLE)
            .where(col("business_date").geq(lit(from)))
            .where(col("feed").isin(feeds.toArray()))
            .where(col("fingerprint").isNotNull())
            .where(col("status").isin("passed", "warned", "approved"));
    Map<String, List<Learnt>> past = new HashMap<>();
    taken
        .withColumn(
            "newest",
            row_number()
                .over(
                    Window.partitionBy("feed")
                        .orderBy(col("business_date").desc(), col("landing").desc())))
        .where(col("newest").leq(most))
        .orderBy(col("feed"), col("newest").desc())
        .select(col("feed"), col("business_date").cast("string"), col("fingerprint"))
        .collectAsList()
        .forEach(
            row ->
                past.computeIfAbsent(row.getString(0), feed -> new ArrayList<>())
                    .add(
                        new Learnt(
                            LocalDate.parse(row.getString(1)),
                            Fingerprint.read(row.getString(2)))));
    return past;
  }

  /** The newest judgements; with {@code held} only those that wait for a decision. */
  public List<Judgement> list(boolean held, int limit) {
    Dataset<Row> all = spark.table(TABLE);
    return (held ? all.where(col("status").equalTo("held")) : all)
        .orderBy(col("business_date").desc(), col("landing")).limit(limit).collectAsList().stream()
            .map(Judgements::judgement)
            .toList();
  }

  /** By the delivery's id, or its beginning when only one begins so. */
  public Optional<Judgement> find(String deliveryId) {
    List<Row> rows =
        spark
            .table(TABLE)
            .where(col("delivery_id").startsWith(deliveryId))
            .limit(2)
            .collectAsList();
    if (rows.size() > 1) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "nhiều lần gửi bắt đầu như vậy / several deliveries begin so",
          deliveryId,
          "give more of the id");
    }
    return rows.stream().map(Judgements::judgement).findFirst();
  }

  /** Adds judgements, or replaces those of the same folder, in one commit. */
  public void write(Collection<Judgement> judgements) {
    if (judgements.isEmpty()) {
      return;
    }
    NamedRows.use(
        ROWS.dataset(spark, judgements.stream().map(Judgements::row).toList()),
        rows ->
            spark.sql(
                "MERGE INTO "
                    + TABLE
                    + " t USING "
                    + rows
                    + " s ON t.business_date = s.business_date AND t.landing = s.landing"
                    + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"));
  }

  private static Row row(Judgement judgement) {
    try {
      return ROWS.row(
          new Line(
              judgement.landing(),
              judgement.deliveryId(),
              judgement.feed(),
              judgement.businessDate(),
              judgement.status().name().toLowerCase(Locale.ROOT),
              JSON.writeValueAsString(judgement.findings()),
              judgement.fingerprint() == null ? null : judgement.fingerprint().toJson(),
              judgement.decidedBy(),
              judgement.decidedAt(),
              judgement.why()));
    } catch (JsonProcessingException e) {
      throw TnmtException.of(
          ErrorCode.INTERNAL, "findings not written", judgement.landing(), "", e);
    }
  }

  /**
   * A judgement from a row.
   *
   * @param row has the columns of {@code ops.gate}, by their names
   */
  public static Judgement judgement(Row row) {
    try {
      return new Judgement(
          row.getAs("landing"),
          row.getAs("delivery_id"),
          row.getAs("feed"),
          LocalDate.parse(row.getAs("business_date").toString()),
          Judgement.Status.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT)),
          JSON.readValue(row.<String>getAs("findings"), new TypeReference<List<Finding>>() {}),
          row.getAs("fingerprint") == null
              ? null
              : Fingerprint.read(row.<String>getAs("fingerprint")),
          row.getAs("decided_by"),
          instant(row.getAs("decided_at")),
          row.getAs("why"));
    } catch (JsonProcessingException e) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED, "findings in ops.gate are damaged", row.toString(), "", e);
    }
  }

  /** Spark gives a timestamp as one or the other, as it is configured. */
  private static Instant instant(Object value) {
    return value instanceof java.sql.Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
  }
}
