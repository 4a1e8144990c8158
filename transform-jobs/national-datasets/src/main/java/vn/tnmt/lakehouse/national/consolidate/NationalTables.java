package vn.tnmt.lakehouse.national.consolidate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import vn.tnmt.lakehouse.spatial.NationalStation;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.index.Weighting;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.Settled;

/**
 * Brings {@code national.*} up to date with what a night accepted: only the stations, days and
 * samples that changed are computed and merged.
 */
public final class NationalTables {
  private final RunTables tables;
  private final Contracts contracts;
  private final AirPolicy air;
  private final Weighting weighting;

  public NationalTables(RunTables tables, Contracts contracts, AirPolicy air, Weighting weighting) {
    this.tables = tables;
    this.contracts = contracts;
    this.air = air;
    this.weighting = weighting;
  }

  /**
   * A national table that was brought up to date.
   *
   * @param touched condition that holds for every row that may have been written
   */
  public record Written(String table, List<String> key, String touched) {}

  /**
   * @param settled dataset → what the night accepted of it; datasets without deliveries are absent
   */
  public List<Written> update(Map<String, Settled> settled) {
    try (Parallel steps = new Parallel(tables.spark())) {
      List<CompletableFuture<List<Written>>> started = new ArrayList<>();
      if (settled.containsKey("monitoring.observation")) {
        started.add(steps.start(() -> air(settled.get("monitoring.observation"))));
      }
      if (settled.containsKey("monitoring.station") || settled.containsKey("admin.unit")) {
        started.add(steps.start(() -> List.of(stations())));
      }
      if (settled.containsKey("water.sample")) {
        started.add(steps.start(() -> water(settled.get("water.sample"))));
      }
      return Parallel.join(started).stream().flatMap(List::stream).toList();
    }
  }

  private Written stations() {
    return replace(
        "national.station",
        NationalStation.compute(
            tables.read("monitoring.station"),
            tables.read("admin.unit"),
            tables.run().businessDate()));
  }

  private List<Written> air(Settled observations) {
    Dataset<Row> affected =
        AffectedDays.ofObservations(
                observations.accepted().select("row.station_code", "row.measured_at"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<LocalDate> dates = AffectedDays.dates(affected);
      if (dates.isEmpty()) {
        return List.of();
      }
      Written hourly =
          merge(
              "national.air_quality_hourly",
              AirQualityHourly.compute(
                  tables
                      .read("monitoring.observation")
                      .where(AffectedDays.near("observed_on", dates, 1, 1)),
                  tables.read("monitoring.station"),
                  affected,
                  air),
              in("local_date", dates));
      Written daily =
          merge(
              "national.air_quality_daily",
              AirQualityDaily.compute(
                  tables
                      .read("national.air_quality_hourly")
                      .where(AffectedDays.near("local_date", dates, 1, 0)),
                  affected,
                  air),
              in("local_date", dates));
      return List.of(hourly, daily);
    } finally {
      affected.unpersist();
    }
  }

  private List<Written> water(Settled samples) {
    Dataset<Row> affected =
        samples.accepted().select("row.sample_point", "row.sampled_on").distinct();
    List<LocalDate> dates = AffectedDays.dates(affected.selectExpr("sampled_on AS local_date"));
    if (dates.isEmpty()) {
      return List.of();
    }
    return List.of(
        merge(
            "national.water_quality",
            WaterQuality.compute(
                tables.read("water.sample").where(AffectedDays.near("sampled_on", dates, 0, 0)),
                tables.read("admin.unit"),
                tables.run().businessDate(),
                affected,
                weighting),
            in("sampled_on", dates)));
  }

  /** MERGE reads its source twice; the rows are kept so that they are computed once. */
  private Written merge(String table, Dataset<Row> rows, String touched) {
    List<String> key = contracts.contract(table).key();
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      tables.merge(table, kept, key, touched.equals("true") ? "" : "t." + touched);
    } finally {
      kept.unpersist();
    }
    return new Written(table, key, touched);
  }

  /** For a table that is computed as a whole: what is no longer in it goes. */
  private Written replace(String table, Dataset<Row> rows) {
    List<String> key = contracts.contract(table).key();
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> gone =
          tables
              .read(table)
              .select(key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new))
              .join(kept, scala.jdk.javaapi.CollectionConverters.asScala(key).toSeq(), "left_anti");
      if (gone.isEmpty()) {
        tables.merge(table, kept, key, "");
      } else {
        tables.mergeAndRemove(table, kept, gone, key);
      }
    } finally {
      kept.unpersist();
    }
    return new Written(table, key, "true");
  }

  private static String in(String column, List<LocalDate> dates) {
    return dates.stream()
        .map(date -> "DATE '" + date + "'")
        .collect(Collectors.joining(", ", column + " IN (", ")"));
  }
}
