package vn.tnmt.lakehouse.transform.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.DeliveryFacts;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * National rules that a run must keep before its release. Each reads only the partitions that the
 * night touched, or the summaries that Iceberg keeps.
 *
 * <table>
 *   <caption>Audits</caption>
 *   <tr><td>AUD-01</td><td>BLOCK</td><td>a standard table grew by accepted − replaced records</td></tr>
 *   <tr><td>AUD-02</td><td>BLOCK</td><td>business keys are unique</td></tr>
 *   <tr><td>AUD-03</td><td>BLOCK</td><td>indices lie in the range of their decision (AQI 0–500, WQI 0–100)</td></tr>
 *   <tr><td>AUD-04</td><td>WARN</td><td>there are 34 provinces (NQ 202/2025/QH15)</td></tr>
 *   <tr><td>AUD-05</td><td>WARN</td><td>every province delivered</td></tr>
 *   <tr><td>AUD-06</td><td>WARN</td><td>the share of quarantined records is below the threshold (house policy)</td></tr>
 * </table>
 */
public final class Audits {
  private static final int PROVINCES = 34;

  private final RunTables tables;
  private final double quarantineShare;

  /**
   * @param quarantineShare setting {@code audit.quarantineShare}, 0 to 1
   */
  public Audits(RunTables tables, double quarantineShare) {
    this.tables = tables;
    this.quarantineShare = quarantineShare;
  }

  /**
   * A table that the night wrote.
   *
   * @param touched condition that holds for every row the night may have written
   */
  public record WrittenTable(String name, List<String> key, String touched) {}

  /** Runs every audit and writes the results to {@code ops.audit_result} on the run's branch. */
  public List<AuditResult> run(
      Collection<WrittenTable> written,
      Collection<DeliveryFacts> deliveries,
      Map<String, Counts> counts,
      long provincesDelivered) {
    List<AuditResult> results = new ArrayList<>();
    results.addAll(growth(deliveries, counts));
    results.add(uniqueKeys(written));
    results.add(indexRange(written));
    results.add(provinces());
    results.add(delivered(provincesDelivered));
    results.add(quarantined(counts.values()));
    record(results);
    return results;
  }

  private List<AuditResult> growth(
      Collection<DeliveryFacts> deliveries, Map<String, Counts> counts) {
    return deliveries.stream()
        .map(DeliveryFacts::dataset)
        .distinct()
        .sorted()
        .map(dataset -> growth(dataset, deliveries, counts))
        .toList();
  }

  private AuditResult growth(
      String dataset, Collection<DeliveryFacts> deliveries, Map<String, Counts> counts) {
    Counts of =
        deliveries.stream()
            .filter(d -> d.dataset().equals(dataset))
            .map(d -> counts.getOrDefault(d.deliveryId(), Counts.NONE))
            .reduce(Counts.NONE, Counts::plus);
    long expected = of.accepted() - of.replaced();
    Table table = tables.table(dataset);
    long grew =
        records(table, tables.run().branch()).orElse(0)
            - records(table, SnapshotRef.MAIN_BRANCH).orElse(0);
    // A run that wrote no row to the table has no branch there.
    if (!table.refs().containsKey(tables.run().branch())) {
      grew = 0;
    }
    return new AuditResult(
        "AUD-01 " + dataset,
        Severity.BLOCK,
        grew == expected,
        grew,
        expected,
        "Bảng %s tăng %d dòng; số dòng nhận trừ số dòng thay thế là %d."
            .formatted(dataset, grew, expected),
        "Table %s grew by %d rows; accepted less replaced is %d."
            .formatted(dataset, grew, expected));
  }

  private static java.util.OptionalLong records(Table table, String ref) {
    SnapshotRef found = table.refs().get(ref);
    Snapshot snapshot = found == null ? null : table.snapshot(found.snapshotId());
    return snapshot == null ? java.util.OptionalLong.empty() : Releases.records(snapshot);
  }

  private AuditResult uniqueKeys(Collection<WrittenTable> written) {
    long repeated =
        written.stream()
            .map(
                table ->
                    tables
                        .read(table.name())
                        .where(expr(table.touched()))
                        .groupBy(table.key().stream().map(k -> col(k)).toArray(Column[]::new))
                        .count()
                        .where("count > 1")
                        .select("count"))
            .reduce(Dataset::union)
            .map(Dataset::count)
            .orElse(0L);
    return new AuditResult(
        "AUD-02",
        Severity.BLOCK,
        repeated == 0,
        repeated,
        0,
        "Số khoá nghiệp vụ bị lặp: %d.".formatted(repeated),
        "Repeated business keys: %d.".formatted(repeated));
  }

  private AuditResult indexRange(Collection<WrittenTable> written) {
    long outside =
        written.stream()
            .filter(table -> table.name().startsWith("national."))
            .filter(table -> !table.name().equals("national.station"))
            .map(
                table -> {
                  boolean water = table.name().equals("national.water_quality");
                  return tables
                      .read(table.name())
                      .where(expr(table.touched()))
                      .where(
                          water
                              ? "wqi IS NOT NULL AND wqi NOT BETWEEN 0 AND 100"
                              : "aqi IS NOT NULL AND aqi NOT BETWEEN 0 AND 500")
                      .select(lit(1));
                })
            .reduce(Dataset::union)
            .map(Dataset::count)
            .orElse(0L);
    return new AuditResult(
        "AUD-03",
        Severity.BLOCK,
        outside == 0,
        outside,
        0,
        "Số chỉ số ngoài thang của quyết định: %d.".formatted(outside),
        "Indices outside the range of their decision: %d.".formatted(outside));
  }

  private AuditResult provinces() {
    Row row =
        tables
            .read("admin.unit")
            .where(
                col("level")
                    .equalTo("province")
                    .and(col("valid_from").leq(lit(tables.run().businessDate())))
                    .and(
                        col("valid_to")
                            .isNull()
                            .or(col("valid_to").geq(lit(tables.run().businessDate())))))
            .agg(countDistinct("code"))
            .first();
    long found = row.getLong(0);
    return new AuditResult(
        "AUD-04",
        Severity.WARN,
        found == PROVINCES,
        found,
        PROVINCES,
        "Danh mục có %d tỉnh, thành phố có hiệu lực; phải là %d (Nghị quyết 202/2025/QH15)."
            .formatted(found, PROVINCES),
        "The register holds %d provinces in force; there are %d (Resolution 202/2025/QH15)."
            .formatted(found, PROVINCES));
  }

  private AuditResult delivered(long provinces) {
    return new AuditResult(
        "AUD-05",
        Severity.WARN,
        provinces >= PROVINCES,
        provinces,
        PROVINCES,
        "%d trên %d tỉnh, thành phố đã gửi dữ liệu.".formatted(provinces, PROVINCES),
        "%d of %d provinces delivered.".formatted(provinces, PROVINCES));
  }

  private AuditResult quarantined(Collection<Counts> counts) {
    Counts all = counts.stream().reduce(Counts.NONE, Counts::plus);
    double share = all.received() == 0 ? 0 : (double) all.quarantined() / all.received();
    return new AuditResult(
        "AUD-06",
        Severity.WARN,
        share <= quarantineShare,
        share,
        quarantineShare,
        String.format(
            Locale.forLanguageTag("vi-VN"),
            "Tỷ lệ bản ghi bị giữ lại: %.2f %% (ngưỡng %.0f %%, quy ước nội bộ).",
            share * 100,
            quarantineShare * 100),
        String.format(
            Locale.ROOT,
            "Share of quarantined records: %.2f %% (threshold %.0f %%, house policy).",
            share * 100,
            quarantineShare * 100));
  }

  private void record(List<AuditResult> results) {
    List<Row> rows =
        results.stream()
            .map(
                r ->
                    RowFactory.create(
                        tables.run().toString(),
                        tables.run().businessDate(),
                        r.audit(),
                        r.severity().name(),
                        r.passed(),
                        r.measured(),
                        r.threshold(),
                        r.messageVi(),
                        r.messageEn()))
            .toList();
    tables.append(
        "ops.audit_result",
        tables
            .spark()
            .createDataFrame(
                rows,
                StructType.fromDDL(
                    "run_id string, business_date date, audit string, severity string, passed boolean,"
                        + " measured double, threshold double, message_vi string, message_en string")));
  }
}
