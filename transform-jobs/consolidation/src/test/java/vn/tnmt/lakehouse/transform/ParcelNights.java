package vn.tnmt.lakehouse.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.transform.ledger.DeliveryFacts;
import vn.tnmt.lakehouse.transform.ledger.Ledger;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.Settled;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Snapshot;
import vn.tnmt.lakehouse.transform.standardise.Standardiser;

/** Nights of a land office whose raw rows are given one by one: no files, no feeds. */
public final class ParcelNights {
  public static final Contract CONTRACT = Contracts.bundled().contract("land.parcel");
  private static final String RAW = TableDefinition.rawName(CONTRACT.dataset());

  private final Lakehouse lake;
  private final long comparedWhole;

  /**
   * A record as loaded.
   *
   * @param rule that it breaks, which blocks it; empty for none
   */
  public record Line(
      String delivery, String file, long line, String parcel, double area, String rule) {
    public Line(String delivery, String file, long line, String parcel, double area) {
      this(delivery, file, line, parcel, area, "");
    }
  }

  /** A night after its records were standardised. */
  public record Night(RunTables tables, Settled settled, List<DeliveryFacts> deliveries) {
    public RunId run() {
      return tables.run();
    }

    /** The same with deliveries that an earlier night had collected: they were held meanwhile. */
    public Night collectedOn(LocalDate date) {
      return new Night(
          tables, settled, deliveries.stream().map(one -> facts(one.deliveryId(), date)).toList());
    }
  }

  public ParcelNights(Lakehouse lake) {
    this(lake, Long.MAX_VALUE);
  }

  /**
   * @param comparedWhole see {@link Standardiser}
   */
  public ParcelNights(Lakehouse lake, long comparedWhole) {
    this.lake = lake;
    this.comparedWhole = comparedWhole;
    TablePlan.compute(lake.catalog(), Contracts.bundled()).apply(lake.catalog());
  }

  public Night night(LocalDate date, Line... lines) {
    return night(date, List.of(), lines);
  }

  /**
   * A night with these deliveries.
   *
   * @param lines deliveries are received in the order in which they first occur
   */
  public Night night(LocalDate date, List<Snapshot> snapshots, Line... lines) {
    RunTables tables = new RunTables(lake, new RunId(date, 1));
    tables.append(RAW, raw(tables.run(), lines));
    Map<String, Integer> sequence = new LinkedHashMap<>();
    Arrays.stream(lines).forEach(l -> sequence.putIfAbsent(l.delivery(), sequence.size()));
    Settled settled =
        new Standardiser(tables, comparedWhole)
            .standardise(CONTRACT, sequence, Map.of(), snapshots);
    return new Night(
        tables, settled, sequence.keySet().stream().map(id -> facts(id, date)).toList());
  }

  public static DeliveryFacts facts(String delivery, LocalDate date) {
    return new DeliveryFacts(
        delivery,
        "vp-x",
        "thua",
        CONTRACT.dataset(),
        CONTRACT.version(),
        date,
        date.atTime(18, 0).toInstant(ZoneOffset.UTC),
        1,
        100,
        "landing/vp-x/thua/" + date + "/" + delivery,
        "00");
  }

  /** Accounts for a night and publishes it. */
  public Release release(Night night) {
    new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
    Releases releases = new Releases(lake);
    Instant now = night.run().businessDate().atTime(20, 0).toInstant(ZoneOffset.UTC);
    Release release =
        releases.pin(night.run(), now, now, table -> CONTRACT.version(), Definitions.NONE);
    releases.begin(release);
    releases.publish(release);
    new RunLog(lake).released(release, Releases.key(release));
    releases.finish(release);
    night.settled().close();
    return release;
  }

  private Dataset<Row> raw(RunId run, Line... lines) {
    Dataset<Row> given =
        lake.spark()
            .createDataFrame(
                Arrays.stream(lines)
                    .map(
                        l ->
                            RowFactory.create(
                                l.delivery(), l.file(), l.line(), l.parcel(), l.area(), l.rule()))
                    .toList(),
                StructType.fromDDL(
                    "delivery string, file string, line bigint, parcel string, area double,"
                        + " rule string"));
    StructType row =
        (StructType) lake.spark().table("lake." + RAW).schema().apply("row").dataType();
    return given.select(
        expr("'" + run + "'").as("run_id"),
        expr("DATE '" + run.businessDate() + "'").as("business_date"),
        expr("'vp-x'").as("publisher"),
        expr("'thua'").as("feed"),
        col("delivery").as("delivery_id"),
        col("file").as("source_file"),
        col("line").as("source_line"),
        expr("0").as("record_part"),
        expr("to_json(named_struct('so', parcel, 'dt', string(area)))").as("cells"),
        expr("CAST(null AS string)").as("text"),
        expr("if(rule = '', array(), array(named_struct('rule', rule, 'severity', 'BLOCK',"
                + " 'column', 'area_m2', 'value', string(area), 'expected', '')))")
            .as("breaches"),
        expr("rule <> ''").as("blocked"),
        from_json(
                expr(
                    "to_json(named_struct('commune_code', '00004', 'sheet_number', '7',"
                        + " 'parcel_number', parcel, 'area_m2', area, 'land_use_code', 'ODT'))"),
                row)
            .as("row"));
  }
}
