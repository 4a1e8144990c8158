package vn.tnmt.lakehouse.transform.ledger;

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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;

/**
 * {@code ops.gate}: what every delivery looked like and what was decided about it. Written to
 * {@code main} directly, by key, as {@link RunLog} is: what is held belongs to no run.
 */
public final class GateLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TABLE = "lake.ops.gate";
  private static final String COLUMNS =
      "landing string, delivery_id string, feed string, business_date date, status string,"
          + " findings string, fingerprint string, decided_by string, decided_at timestamp, why string";

  /** How it stands with a delivery. */
  public enum Status {
    PASSED,
    WARNED,
    HELD,
    APPROVED,
    REJECTED;

    /** Whether its records are in the tables, so that the next delivery is compared with it. */
    public boolean isTaken() {
      return this != HELD && this != REJECTED;
    }
  }

  /**
   * A delivery at the gate.
   *
   * @param landing key of its folder
   * @param fingerprint null when it was not looked at
   * @param decidedBy who decided, and when and why; null while nobody has
   */
  public record Entry(
      String landing,
      String deliveryId,
      String feed,
      LocalDate businessDate,
      Status status,
      List<Finding> findings,
      Fingerprint fingerprint,
      String decidedBy,
      Instant decidedAt,
      String why) {
    /** What decides about deliveries that a feed refuses by itself. */
    private static final String BY_THE_FEED = "gate";

    /** Whether it was refused by its feed, not by a person. */
    public boolean isBlocked() {
      return status == Status.REJECTED && BY_THE_FEED.equals(decidedBy) && decidedAt == null;
    }

    /** The same, refused by its feed. */
    public Entry blocked(String reason) {
      return decided(Status.REJECTED, BY_THE_FEED, null, reason);
    }

    public Entry held(List<Finding> found) {
      return new Entry(
          landing,
          deliveryId,
          feed,
          businessDate,
          Status.HELD,
          found,
          fingerprint,
          null,
          null,
          null);
    }

    public Entry decided(Status decision, String by, Instant at, String reason) {
      return new Entry(
          landing, deliveryId, feed, businessDate, decision, findings, fingerprint, by, at, reason);
    }
  }

  private final SparkSession spark;

  public GateLog(SparkSession spark) {
    this.spark = spark;
  }

  /** Of these folders, those that were judged. */
  public Map<String, Entry> of(Collection<String> landings, LocalDate from) {
    Map<String, Entry> entries = new HashMap<>();
    spark
        .table(TABLE)
        .where(col("business_date").geq(lit(from)))
        .where(col("landing").isin(landings.toArray()))
        .collectAsList()
        .forEach(
            row -> {
              Entry entry = entry(row);
              entries.put(entry.landing(), entry);
            });
    return entries;
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

  /** The newest entries; with {@code held} only those that wait for a decision. */
  public List<Entry> list(boolean held, int limit) {
    Dataset<Row> all = spark.table(TABLE);
    return (held ? all.where(col("status").equalTo("held")) : all)
        .orderBy(col("business_date").desc(), col("landing")).limit(limit).collectAsList().stream()
            .map(GateLog::entry)
            .toList();
  }

  /** By the delivery's id, or its beginning when only one begins so. */
  public Optional<Entry> find(String deliveryId) {
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
    return rows.stream().map(GateLog::entry).findFirst();
  }

  /** Adds entries, or replaces those of the same folder, in one commit. */
  public void write(Collection<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<Row> rows = entries.stream().map(GateLog::row).toList();
    spark
        .createDataFrame(rows, StructType.fromDDL(COLUMNS))
        .createOrReplaceTempView("log_ops_gate");
    spark.sql(
        "MERGE INTO "
            + TABLE
            + " t USING log_ops_gate s ON t.business_date = s.business_date AND t.landing = s.landing"
            + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
    spark.catalog().dropTempView("log_ops_gate");
  }

  private static Row row(Entry entry) {
    try {
      return RowFactory.create(
          entry.landing(),
          entry.deliveryId(),
          entry.feed(),
          entry.businessDate(),
          entry.status().name().toLowerCase(Locale.ROOT),
          JSON.writeValueAsString(entry.findings()),
          entry.fingerprint() == null ? null : entry.fingerprint().toJson(),
          entry.decidedBy(),
          entry.decidedAt(),
          entry.why());
    } catch (JsonProcessingException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "findings not written", entry.landing(), "", e);
    }
  }

  /**
   * An entry from a row.
   *
   * @param row has the columns of {@code ops.gate}, by their names
   */
  public static Entry entry(Row row) {
    try {
      return new Entry(
          row.getAs("landing"),
          row.getAs("delivery_id"),
          row.getAs("feed"),
          LocalDate.parse(row.getAs("business_date").toString()),
          Status.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT)),
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
