package vn.tnmt.lakehouse.transform.gate;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Journals;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
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

  private final Lakehouse lake;

  public Judgements(Lakehouse lake) {
    this.lake = lake;
  }

  /** Of these folders, those that were judged. */
  public Map<String, Judgement> of(Collection<String> landings, LocalDate from) {
    Map<String, Judgement> judgements = new HashMap<>();
    Set<String> wanted = Set.copyOf(landings);
    Journals.read(
        lake,
        ROWS.table(),
        Expressions.greaterThanOrEqual("business_date", from.toString()),
        row -> {
          if (wanted.contains((String) row.getField("landing"))) {
            Judgement judgement = judgement(row::getField);
            judgements.put(judgement.landing(), judgement);
          }
        },
        ROWS.type().fieldNames());
    return judgements;
  }

  /**
   * What the last deliveries of feeds looked like, of those that were taken; oldest first.
   *
   * @param most deliveries of each feed
   */
  public Map<String, List<Learnt>> past(Collection<String> feeds, LocalDate from, int most) {
    Set<String> wanted = Set.copyOf(feeds);
    Map<String, TreeMap<String, String>> newest = new HashMap<>();
    Journals.read(
        lake,
        ROWS.table(),
        Expressions.and(
            Expressions.greaterThanOrEqual("business_date", from.toString()),
            Expressions.notNull("fingerprint"),
            Expressions.in("status", "passed", "warned", "approved")),
        row -> {
          String feed = (String) row.getField("feed");
          if (wanted.contains(feed)) {
            TreeMap<String, String> kept = newest.computeIfAbsent(feed, f -> new TreeMap<>());
            // A date of ten characters, then the folder: the order of the texts is theirs.
            kept.put(
                row.getField("business_date") + " " + row.getField("landing"),
                (String) row.getField("fingerprint"));
            if (kept.size() > most) {
              kept.pollFirstEntry();
            }
          }
        },
        "feed",
        "business_date",
        "landing",
        "fingerprint");
    Map<String, List<Learnt>> past = new HashMap<>();
    newest.forEach(
        (feed, kept) ->
            past.put(
                feed,
                kept.entrySet().stream()
                    .map(
                        one ->
                            new Learnt(
                                LocalDate.parse(one.getKey().substring(0, 10)),
                                Fingerprint.read(one.getValue())))
                    .toList()));
    return past;
  }

  /** The newest judgements; with {@code held} only those that wait for a decision. */
  public List<Judgement> list(boolean held, int limit) {
    Dataset<Row> all = lake.spark().table(TABLE);
    return (held ? all.where(col("status").equalTo("held")) : all)
        .orderBy(col("business_date").desc(), col("landing")).limit(limit).collectAsList().stream()
            .map(Judgements::judgement)
            .toList();
  }

  /** By the delivery's id, or its beginning when only one begins so. */
  public Optional<Judgement> find(String deliveryId) {
    List<Row> rows =
        lake.spark()
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
        ROWS.dataset(lake.spark(), judgements.stream().map(Judgements::row).toList()),
        rows ->
            lake.spark()
                .sql(
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
    return judgement(row::getAs);
  }

  private static Judgement judgement(Function<String, @Nullable Object> row) {
    String landing = String.valueOf(row.apply("landing"));
    String fingerprint = (String) row.apply("fingerprint");
    try {
      return new Judgement(
          landing,
          (String) row.apply("delivery_id"),
          (String) row.apply("feed"),
          LocalDate.parse(String.valueOf(row.apply("business_date"))),
          Judgement.Status.valueOf(String.valueOf(row.apply("status")).toUpperCase(Locale.ROOT)),
          JSON.readValue((String) row.apply("findings"), new TypeReference<List<Finding>>() {}),
          fingerprint == null ? null : Fingerprint.read(fingerprint),
          (String) row.apply("decided_by"),
          instant(row.apply("decided_at")),
          (String) row.apply("why"));
    } catch (JsonProcessingException e) {
      throw TnmtException.of(
          ErrorCode.DELIVERY_DAMAGED, "findings in ops.gate are damaged", landing, "", e);
    }
  }

  /** Spark gives a timestamp as one or the other, as it is configured; Iceberg as a third. */
  private static @Nullable Instant instant(@Nullable Object value) {
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toInstant();
    }
    return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
  }
}
