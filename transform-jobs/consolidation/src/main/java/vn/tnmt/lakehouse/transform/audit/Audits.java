package vn.tnmt.lakehouse.transform.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static vn.tnmt.lakehouse.transform.page.Figures.fixed;
import static vn.tnmt.lakehouse.transform.page.Figures.whole;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.DeliveryFacts;
import vn.tnmt.lakehouse.transform.national.NationalEngine;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * What a run must keep before its release. No audit names a table: each reads what the night
 * touched, or the summaries that Iceberg keeps; only a {@code count} of a contract reads its table.
 *
 * <table>
 *   <caption>Audits</caption>
 *   <tr><td>AUD-01</td><td>BLOCK</td><td>a standard table grew by accepted − replaced records</td></tr>
 *   <tr><td>AUD-02</td><td>BLOCK</td><td>business keys are unique</td></tr>
 *   <tr><td>AUD-03</td><td>BLOCK</td><td>national rows keep the blocking rules of their contracts</td></tr>
 *   <tr><td>AUD-05</td><td>WARN</td><td>every province delivered</td></tr>
 *   <tr><td>AUD-06</td><td>WARN</td><td>the share of quarantined records is below the threshold (house policy)</td></tr>
 *   <tr><td>AUD-99</td><td>BLOCK</td><td>no record met a fault of our own (REC-99)</td></tr>
 *   <tr><td>a rule's code</td><td>its own</td><td>each rule that national rows break; each {@code count} of a contract</td></tr>
 * </table>
 */
public final class Audits {
  /** How results stand in the table. */
  public static final ContractRows ROWS =
      ContractRows.of("ops.audit_result", OfRun.class, AuditResult.class);

  /** The run that a result is of. */
  record OfRun(String runId, LocalDate businessDate) {}

  private static final String HASH = "_key_hash";

  private final RunTables tables;
  private final Contracts contracts;
  private final RuleContext context;
  private final double quarantineShare;

  /**
   * @param context what rules may know besides the row, as for the night's records
   * @param quarantineShare setting {@code audit.quarantineShare}, 0 to 1
   */
  public Audits(
      RunTables tables, Contracts contracts, RuleContext context, double quarantineShare) {
    this.tables = tables;
    this.contracts = contracts;
    this.context = context;
    this.quarantineShare = quarantineShare;
  }

  /**
   * Runs every audit and writes the results to {@code ops.audit_result} on the run's branch.
   *
   * @param standard standard tables that the night wrote
   * @param national national tables that were brought up to date
   * @param delivered provinces of which some body delivered
   * @param owing provinces that owe deliveries
   */
  public List<AuditResult> run(
      Collection<WrittenTable> standard,
      Collection<NationalEngine.Written> national,
      Collection<DeliveryFacts> deliveries,
      Map<String, Counts> counts,
      long delivered,
      long owing) {
    List<WrittenTable> written = new ArrayList<>(standard);
    national.forEach(n -> written.add(new WrittenTable(n.contract(), n.touched())));
    try (Parallel audits = new Parallel(tables.spark())) {
      var unique = audits.start(() -> uniqueKeys(written));
      var rules = national.stream().map(n -> audits.start(() -> broken(n))).toList();
      var counted = audits.start(this::counted);
      var faults = audits.start(() -> new OwnFaults(tables).audit());

      List<AuditResult> results = new ArrayList<>(growth(deliveries, counts));
      results.addAll(Parallel.join(List.of(unique)));
      results.addAll(nationalRules(Parallel.join(rules)));
      Parallel.join(List.of(counted)).forEach(results::addAll);
      results.add(delivered(delivered, owing));
      results.add(quarantined(counts.values()));
      results.addAll(Parallel.join(List.of(faults)));
      record(results);
      return results;
    }
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
        records(table, tables.branch()).orElse(0)
            - records(table, SnapshotRef.MAIN_BRANCH).orElse(0);
    // A run that wrote no row to the table has no branch there.
    if (!table.refs().containsKey(tables.branch())) {
      grew = 0;
    }
    return new AuditResult(
        "AUD-01 " + dataset,
        Severity.BLOCK,
        grew == expected,
        grew,
        expected,
        "Bảng %s tăng %s dòng; số dòng nhận trừ số dòng thay thế là %s."
            .formatted(dataset, whole(grew).vi(), whole(expected).vi()),
        "Table %s grew by %s rows; accepted less replaced is %s."
            .formatted(dataset, whole(grew).en(), whole(expected).en()));
  }

  private static java.util.OptionalLong records(Table table, String ref) {
    SnapshotRef found = table.refs().get(ref);
    Snapshot snapshot = found == null ? null : table.snapshot(found.snapshotId());
    return snapshot == null ? java.util.OptionalLong.empty() : SnapshotRows.of(snapshot);
  }

  private AuditResult uniqueKeys(Collection<WrittenTable> written) {
    // Hashes of keys are quick to compare; only when one comes twice are the keys themselves.
    boolean suspected =
        !written.stream()
            .map(table -> repeated(touched(table).select(keyHash(table.contract()).as(HASH)), HASH))
            .reduce(Dataset::union)
            .map(Dataset::isEmpty)
            .orElse(true);
    long repeated = suspected ? written.stream().mapToLong(this::repeatedKeys).sum() : 0;
    return new AuditResult(
        "AUD-02",
        Severity.BLOCK,
        repeated == 0,
        repeated,
        0,
        "Số khoá nghiệp vụ bị lặp: %s.".formatted(whole(repeated).vi()),
        "Repeated business keys: %s.".formatted(whole(repeated).en()));
  }

  private long repeatedKeys(WrittenTable table) {
    Dataset<Row> keyed = touched(table).withColumn(HASH, keyHash(table.contract()));
    Dataset<Row> suspects =
        keyed.join(
            keyed.groupBy(HASH).count().where("count > 1").select(HASH),
            CollectionConverters.asScala(List.of(HASH)).toSeq(),
            "left_semi");
    return repeated(suspects, table.contract().key().toArray(String[]::new)).count();
  }

  private static Dataset<Row> repeated(Dataset<Row> rows, String... columns) {
    return rows.groupBy(Stream.of(columns).map(functions::col).toArray(Column[]::new))
        .count()
        .where("count > 1")
        .select("count");
  }

  private Dataset<Row> touched(WrittenTable table) {
    return tables.read(table.contract().dataset()).where(expr(table.touched()));
  }

  private static Column keyHash(Contract contract) {
    return xxhash64(contract.key().stream().map(functions::col).toArray(Column[]::new));
  }

  /** Rules of its contract that rows of a national table break. */
  private List<AuditResult> broken(NationalEngine.Written written) {
    Contract contract = written.contract();
    // What was computed anew may stand as it stood, under other rules.
    Dataset<Row> rows =
        written.anew().isEmpty() ? written.changes().after() : tables.read(contract.dataset());
    return ContractRules.broken(contract, rows, context, tables).stream()
        .map(rule -> result(contract, rule))
        .toList();
  }

  /** The sum first, then each rule that is broken. */
  private static List<AuditResult> nationalRules(List<List<AuditResult>> ofTables) {
    List<AuditResult> broken = ofTables.stream().flatMap(List::stream).toList();
    double blocked =
        broken.stream().filter(AuditResult::blocks).mapToDouble(AuditResult::measured).sum();
    List<AuditResult> results = new ArrayList<>();
    results.add(
        new AuditResult(
            "AUD-03",
            Severity.BLOCK,
            blocked == 0,
            blocked,
            0,
            "Số lỗi chặn của dòng quốc gia theo quy chuẩn dữ liệu: %s."
                .formatted(fixed(blocked, 0).vi()),
            "Blocking breaches of their contracts by national rows: %s."
                .formatted(fixed(blocked, 0).en())));
    results.addAll(broken);
    return results;
  }

  private static AuditResult result(Contract contract, ContractRules.Broken rule) {
    RuleText text =
        contract.rules().stream()
            .filter(spec -> spec.code().equals(rule.rule()))
            .findFirst()
            .map(RuleSpec::text)
            .orElseGet(() -> RuleTexts.builtIn(rule.rule()));
    return new AuditResult(
        rule.rule() + " " + contract.dataset(),
        rule.severity(),
        false,
        rule.rows(),
        0,
        "%s: %s dòng, ví dụ %s.".formatted(text.titleVi(), whole(rule.rows()).vi(), rule.example()),
        "%s: %s rows, for example %s."
            .formatted(text.titleEn(), whole(rule.rows()).en(), rule.example()));
  }

  /** What contracts say of a table as a whole. */
  private List<AuditResult> counted() {
    return contracts.all().stream()
        .flatMap(
            contract ->
                contract.rules().stream()
                    .filter(rule -> rule.kind() == RuleKind.COUNT)
                    .map(rule -> counted(contract, rule)))
        .toList();
  }

  private AuditResult counted(Contract contract, RuleSpec rule) {
    Dataset<Row> rows = tables.read(contract.dataset());
    if (Boolean.TRUE.equals(rule.arguments().get("inForce"))) {
      Column today = lit(tables.run().businessDate());
      rows =
          rows.where(
              col("valid_from")
                  .leq(today)
                  .and(col("valid_to").isNull().or(col("valid_to").geq(today))));
    }
    for (Map.Entry<String, List<String>> condition : rule.conditions().entrySet()) {
      rows = rows.where(col(condition.getKey()).isin(condition.getValue().toArray()));
    }
    long found = rows.agg(countDistinct(rule.text("of"))).first().getLong(0);
    double wanted = rule.number("is", 0);
    return new AuditResult(
        rule.code() + " " + contract.dataset(),
        rule.severity(),
        found == wanted,
        found,
        wanted,
        found == wanted
            ? "%s: đúng %s %s."
                .formatted(
                    contract.titleVi(),
                    whole(found).vi(),
                    contract.column(rule.text("of")).titleVi())
            : "%s: %s thay vì %s."
                .formatted(rule.text().titleVi(), whole(found).vi(), fixed(wanted, 0).vi()),
        found == wanted
            ? "%s: %s as the contract says, by %s."
                .formatted(
                    contract.titleEn(),
                    whole(found).en(),
                    contract.column(rule.text("of")).titleEn())
            : "%s: %s instead of %s."
                .formatted(rule.text().titleEn(), whole(found).en(), fixed(wanted, 0).en()));
  }

  private AuditResult delivered(long provinces, long owing) {
    return new AuditResult(
        "AUD-05",
        Severity.WARN,
        provinces >= owing,
        provinces,
        owing,
        "%s trên %s tỉnh, thành phố đã gửi dữ liệu."
            .formatted(whole(provinces).vi(), whole(owing).vi()),
        "%s of %s provinces delivered.".formatted(whole(provinces).en(), whole(owing).en()));
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
        "Tỷ lệ bản ghi bị giữ lại: %s %% (ngưỡng %s %%, quy ước nội bộ)."
            .formatted(fixed(share * 100, 2).vi(), fixed(quarantineShare * 100, 0).vi()),
        "Share of quarantined records: %s %% (threshold %s %%, house policy)."
            .formatted(fixed(share * 100, 2).en(), fixed(quarantineShare * 100, 0).en()));
  }

  private void record(List<AuditResult> results) {
    OfRun run = new OfRun(tables.run().toString(), tables.run().businessDate());
    tables.append(
        ROWS.table(),
        ROWS.dataset(tables.spark(), results.stream().map(r -> ROWS.row(run, r)).toList()));
  }
}
