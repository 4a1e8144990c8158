package vn.tnmt.lakehouse.transform.erase;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Journals;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.explain.KeyValues;
import vn.tnmt.lakehouse.transform.national.Changes;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.release.Past;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * What the lake holds of a subject, and its removal from the tables on a run's branch. A delivery
 * is taken out of raw and quarantine; its rows in the standard table, which are what the contract
 * keeps, stay. A key is taken out of these and of the standard table.
 *
 * <p>Lines are taken out whole: each record of a line repeats the line's cells.
 */
public final class Erasure {
  /** How erasures stand in the ledger: one row for each delivery. */
  public static final ContractRows ROWS =
      ContractRows.of("ops.erasure", OfRun.class, Fact.class, Of.class);

  /** Digits of a delivery's id that are at least given. */
  public static final int SHORTEST_ID = 4;

  /** More lines of one subject than this are a delivery, or a mistake. */
  private static final int MOST_LINES = 10_000;

  private static final Column LINE =
      concat_ws("\u0001", col("delivery_id"), col("source_file"), col("source_line"));

  /** The run that carries an erasure out. */
  record OfRun(String runId, LocalDate businessDate) {}

  /**
   * That something was erased, and nothing of what it was.
   *
   * @param holder host and process of the command
   * @param subjectSha256 by which the same subject is known again
   * @param withdrawnReleases ids, by commas; empty when no release held it
   */
  public record Fact(
      Instant erasedAt,
      String erasedBy,
      String holder,
      String reason,
      String scope,
      String subjectSha256,
      String withdrawnReleases) {}

  /**
   * What a delivery has of the subject.
   *
   * @param standardRows those to be taken out; of a delivery none are
   */
  public record Of(
      String deliveryId,
      String publisher,
      String feed,
      String dataset,
      String landing,
      long rawRows,
      long quarantineRows,
      long standardRows) {
    public long rows() {
      return rawRows + quarantineRows + standardRows;
    }

    public FeedId feedId() {
      return new FeedId(publisher, feed);
    }
  }

  /**
   * What there is of a subject.
   *
   * @param of each delivery that has, or had, something of it
   * @param runs those that took the deliveries: their dates are folders of the outbox
   * @param stays rows of the standard table that a delivery brought and that stay
   * @param holding releases that can be read and hold it, oldest first
   * @param others branches and tags of people that may hold it: {@code table: name}
   * @param referring rows of other datasets that refer to a row to be taken out
   * @param recorded deliveries of which the ledger says that the subject was erased before
   * @param earlier when that was
   */
  public record Found(
      Subject subject,
      List<Of> of,
      Set<RunId> runs,
      long stays,
      List<String> holding,
      List<String> others,
      List<String> referring,
      Set<String> recorded,
      Optional<Instant> earlier) {
    /** Deliveries of which the ledger has yet to tell. */
    public List<Of> untold() {
      return of.stream().filter(o -> o.rows() > 0 || !recorded.contains(o.deliveryId)).toList();
    }

    /** Rows of tables. */
    public long rows() {
      return of.stream().mapToLong(Of::rows).sum();
    }
  }

  private final Lakehouse lake;
  private final Contracts contracts;

  public Erasure(Lakehouse lake, Contracts contracts) {
    this.lake = lake;
    this.contracts = contracts;
  }

  /** Which rows of which tables. */
  private record Rows(Contract contract, Column raw, Column quarantine, Column standard) {
    Map<String, Column> byTable() {
      Map<String, Column> tables = new LinkedHashMap<>();
      tables.put(TableDefinition.rawName(contract.dataset()), raw);
      tables.put(Input.QUARANTINE, quarantine);
      tables.put(contract.dataset(), standard);
      return tables;
    }
  }

  /**
   * Looks at what was released. Changes nothing.
   *
   * @throws TnmtException {@code TNMT-1004} when no delivery of this id was taken, {@code
   *     TNMT-5004} when the beginning of an id is that of several, or a key has no such values
   */
  public Found look(Subject asked) {
    if (!lake.catalog().tableExists(TableIdentifier.parse("ops.delivery"))) {
      throw unknown(asked);
    }
    Subject subject = asked;
    List<Row> taken = List.of();
    if (asked.scope() == Subject.Scope.DELIVERY) {
      Row delivery = delivery(asked.deliveryId());
      subject = asked.named(delivery.getAs("delivery_id"));
      taken = List.of(delivery);
    }
    Rows rows = rows(subject, taken);
    Map<String, Long> raw =
        counted(TableDefinition.rawName(rows.contract.dataset()), rows.raw, "delivery_id");
    Map<String, Long> quarantine = counted(Input.QUARANTINE, rows.quarantine, "delivery_id");
    Map<String, Long> standard = counted(rows.contract.dataset(), rows.standard, "_delivery_id");
    List<Row> before = erasedBefore(subject);
    Set<String> ids = new TreeSet<>(raw.keySet());
    Stream.of(quarantine.keySet(), standard.keySet()).forEach(ids::addAll);
    before.forEach(row -> ids.add(row.getAs("delivery_id")));
    if (taken.isEmpty()) {
      taken =
          ids.isEmpty()
              ? List.of()
              : table("ops.delivery").where(col("delivery_id").isin(ids.toArray())).collectAsList();
    }
    long there =
        Stream.of(raw, quarantine, standard)
            .flatMap(n -> n.values().stream())
            .mapToLong(n -> n)
            .sum();
    List<Of> of =
        taken.stream()
            .map(
                row -> {
                  String id = row.getAs("delivery_id");
                  return new Of(
                      id,
                      row.getAs("publisher"),
                      row.getAs("feed"),
                      row.getAs("dataset"),
                      row.getAs("landing"),
                      raw.getOrDefault(id, 0L),
                      quarantine.getOrDefault(id, 0L),
                      standard.getOrDefault(id, 0L));
                })
            .sorted(java.util.Comparator.comparing(Of::landing))
            .toList();
    Set<RunId> runs =
        taken.stream()
            .map(row -> RunId.parse(row.getAs("run_id")))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean standing = !standard.isEmpty();
    return new Found(
        subject,
        of,
        runs,
        subject.scope() == Subject.Scope.KEY
            ? 0
            : table(rows.contract.dataset())
                .where(col("_delivery_id").equalTo(subject.deliveryId()))
                .count(),
        Stream.concat(
                (there > 0 ? holding(runs) : List.<String>of()).stream(),
                stillKept(before).stream())
            .distinct()
            .toList(),
        there > 0 ? others(subject, rows) : List.of(),
        standing ? referring(rows) : List.of(),
        before.stream().map(row -> row.<String>getAs("delivery_id")).collect(Collectors.toSet()),
        before.stream()
            .map(row -> new ResultRow(row).instant("erased_at"))
            .max(Instant::compareTo));
  }

  /** What there is of a delivery that no release has taken: nothing but what lies in landing. */
  public Found waiting(Manifest delivery) {
    return new Found(
        Subject.delivery(delivery.deliveryId()),
        List.of(
            new Of(
                delivery.deliveryId(),
                delivery.publisher(),
                delivery.feed(),
                delivery.dataset(),
                delivery.landing(),
                0,
                0,
                0)),
        Set.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Optional.empty());
  }

  /**
   * Takes the rows out of the tables on the run's branch and writes the fact.
   *
   * @return what that changed, by dataset, for what is computed from it
   */
  public Map<String, Changes> write(RunTables tables, Found found, Fact fact) {
    Map<String, Changes> changes = new LinkedHashMap<>();
    if (found.rows() > 0) {
      List<Row> taken =
          found.subject.scope() == Subject.Scope.KEY
              ? List.of()
              : List.of(delivery(found.subject.deliveryId()));
      changes.putAll(erase(tables, rows(found.subject, taken)));
    }
    OfRun run = new OfRun(tables.run().toString(), tables.run().businessDate());
    tables.append(
        ROWS.table(),
        ROWS.dataset(
            tables.spark(), found.untold().stream().map(of -> ROWS.row(run, fact, of)).toList()));
    return changes;
  }

  private Map<String, Changes> erase(RunTables tables, Rows rows) {
    Map<String, Changes> changes = new LinkedHashMap<>();
    rows.byTable()
        .forEach(
            (table, which) -> {
              if (ErasedRows.erase(tables, table, which) > 0
                  && !table.equals(TableDefinition.rawName(rows.contract.dataset()))) {
                changes.put(table, removed(tables, table, which));
              }
            });
    return changes;
  }

  /** Follows in a table that is computed from those written: nothing of it may be kept apart. */
  public static void follow(RunTables tables, String table) {
    ErasedRows.forgetBounds(tables, table);
  }

  /** Tables that hold, or may follow from, what was found. */
  public Set<String> tables(Found found) {
    Set<String> names = new TreeSet<>(Set.of(Input.QUARANTINE));
    for (Of of : found.of) {
      names.add(TableDefinition.rawName(of.dataset));
      names.add(of.dataset);
    }
    contracts.all().stream()
        .filter(contract -> contract.kind() == Kind.NATIONAL)
        .forEach(contract -> names.add(contract.dataset()));
    return names;
  }

  /** Deliveries of which something was erased. */
  public static Set<String> deliveries(Lakehouse lake) {
    Set<String> deliveries = new TreeSet<>();
    Journals.read(
        lake,
        ROWS.table(),
        Expressions.alwaysTrue(),
        row -> deliveries.add((String) row.getField("delivery_id")),
        "delivery_id");
    return deliveries;
  }

  /** Name of the subject in the ledger. */
  public String sha256(Subject subject) {
    return subject.sha256(Past.knownId(lake.home(), lake.store()));
  }

  private Changes removed(RunTables tables, String table, Column which) {
    Column[] columns =
        contracts.contract(table).columnNames().stream().map(c -> col(c)).toArray(Column[]::new);
    return Changes.removed(table, tables.released(table).where(which).select(columns));
  }

  private Dataset<Row> table(String name) {
    return lake.spark().table("lake." + name);
  }

  private Map<String, Long> counted(String table, Column which, String delivery) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : table(table).where(which).groupBy(delivery).agg(count(lit(1))).collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }

  private Row delivery(String id) {
    List<Row> found =
        id.length() >= SHORTEST_ID
            ? table("ops.delivery")
                .where(col("delivery_id").startsWith(id))
                .limit(2)
                .collectAsList()
            : List.of();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty()
        ? unknown(Subject.delivery(id))
        : TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "nhiều lần gửi có mã bắt đầu như vậy / several deliveries' ids begin like this",
            id,
            "write more of it: ./tnmt receipts list");
  }

  /** What somebody is told who asks for what is not there. */
  public static TnmtException unknown(Subject subject) {
    return TnmtException.of(
        ErrorCode.NOT_FOUND_IN_LEDGER,
        "hồ không có gì của đối tượng này / the lake has nothing of this",
        subject.named(),
        "what no release has taken yet is not shown; ./tnmt receipts list names deliveries");
  }

  private Rows rows(Subject subject, List<Row> taken) {
    if (subject.scope() == Subject.Scope.DELIVERY) {
      Row delivery = taken.get(0);
      Column of =
          col("business_date")
              .equalTo(lit(RunId.parse(delivery.getAs("run_id")).businessDate()))
              .and(col("delivery_id").equalTo(subject.deliveryId()));
      return new Rows(contracts.contract(delivery.getAs("dataset")), of, of, lit(false));
    }
    Contract contract = contracts.contract(subject.dataset());
    if (contract.kind() != Kind.STANDARD) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không phải tập dữ liệu do đơn vị gửi / no dataset that publishers send",
          subject.dataset(),
          "give a standard dataset; what is computed from it follows");
    }
    List<String> values = List.copyOf(subject.key().values());
    KeyValues.requireReadable(lake.spark(), contract, values);
    List<Row> lines =
        table(TableDefinition.rawName(subject.dataset()))
            .where(KeyValues.equalTo(contract, "row.", values).or(unread(contract, values)))
            .select("delivery_id", "source_file", "source_line")
            .distinct()
            .limit(MOST_LINES + 1)
            .collectAsList();
    if (lines.size() > MOST_LINES) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "hơn %d dòng mang khóa này / more lines than this have the key".formatted(MOST_LINES),
          subject.named(),
          "erase their deliveries: --delivery");
    }
    Column places =
        col("delivery_id")
            .isin(lines.stream().map(row -> row.getString(0)).distinct().toArray())
            .and(
                LINE.isin(
                    lines.stream()
                        .map(
                            r ->
                                r.getString(0)
                                    + "\u0001"
                                    + r.getString(1)
                                    + "\u0001"
                                    + r.getLong(2))
                        .toArray()));
    return new Rows(
        contract,
        places,
        places.and(col("dataset").equalTo(subject.dataset())),
        KeyValues.equalTo(contract, "", values));
  }

  /** Records whose key could not be read and that say all of its values in some cell or text. */
  private static Column unread(Contract contract, List<String> values) {
    Column lacks =
        contract.key().stream()
            .map(column -> col("row." + column).isNull())
            .reduce(Column::or)
            .orElseThrow();
    Column cells =
        transform(
            map_values(
                from_json(
                    col("cells"),
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))),
            cell -> trim(cell));
    Column inCells =
        values.stream()
            .map(value -> array_contains(cells, value))
            .reduce(Column::and)
            .orElseThrow();
    Column inText =
        values.stream()
            .map(value -> instr(col("text"), value).gt(0))
            .reduce(Column::and)
            .orElseThrow();
    return lacks.and(inCells.or(inText));
  }

  /** What was erased of the subject before, and its releases that were to go with it. */
  private List<Row> erasedBefore(Subject subject) {
    return lake.catalog().tableExists(TableIdentifier.parse(ROWS.table()))
        ? table(ROWS.table()).where(col("subject_sha256").equalTo(sha256(subject))).collectAsList()
        : List.of();
  }

  /** Releases that can be read of all that were made since the first of these runs was released. */
  private List<String> holding(Set<RunId> runs) {
    Dataset<Row> releases = table("ops.release");
    Row first =
        releases
            .where(col("run_id").isin(runs.stream().map(RunId::toString).toArray()))
            .agg(min("created_at"))
            .first();
    return first.isNullAt(0)
        ? List.of()
        : releases
            .where(col("created_at").geq(lit(first.get(0))).and(col("expired_at").isNull()))
            .orderBy("created_at")
            .select("release_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
  }

  private List<String> stillKept(List<Row> before) {
    Releases releases = new Releases(lake);
    return before.stream()
        .flatMap(row -> Arrays.stream(row.<String>getAs("withdrawn_releases").split(", ")))
        .filter(id -> !id.isEmpty())
        .distinct()
        .filter(releases::isKept)
        .sorted()
        .toList();
  }

  /** Branches and tags of people on what an erasure writes, and on what is computed from it. */
  private List<String> others(Subject subject, Rows rows) {
    Set<String> written = new TreeSet<>(rows.byTable().keySet());
    if (subject.scope() == Subject.Scope.DELIVERY) {
      written.remove(rows.contract.dataset());
    }
    contracts.all().stream()
        .filter(contract -> contract.kind() == Kind.NATIONAL)
        .forEach(contract -> written.add(contract.dataset()));
    List<String> others = new ArrayList<>();
    for (String name : written) {
      lake.catalog().loadTable(TableIdentifier.parse(name)).refs().keySet().stream()
          .filter(ref -> !ref.equals("main") && !ref.matches("R\\d{8}-\\d+"))
          .filter(ref -> RunId.epochOf(ref).isEmpty())
          .sorted()
          .forEach(ref -> others.add(name + ": " + ref));
    }
    return others;
  }

  private List<String> referring(Rows rows) {
    List<String> referring = new ArrayList<>();
    Dataset<Row> target = table(rows.contract.dataset());
    for (Contract contract : contracts.all()) {
      for (Reference reference : contract.references()) {
        if (!reference.dataset().equals(rows.contract.dataset())) {
          continue;
        }
        Object[] leaving = values(target.where(rows.standard), reference.targetColumn());
        Set<Object> staying =
            Set.of(
                values(
                    target
                        .where(col(reference.targetColumn()).isin(leaving))
                        .where(not(rows.standard)),
                    reference.targetColumn()));
        Object[] lost = Arrays.stream(leaving).filter(v -> !staying.contains(v)).toArray();
        long n =
            lost.length == 0
                ? 0
                : table(contract.dataset()).where(col(reference.column()).isin(lost)).count();
        if (n > 0) {
          referring.add("%s: %d".formatted(contract.dataset(), n));
        }
      }
    }
    return referring;
  }

  private static Object[] values(Dataset<Row> rows, String column) {
    return rows.select(column).distinct().collectAsList().stream()
        .map((Function<Row, Object>) row -> row.get(0))
        .filter(Objects::nonNull)
        .toArray();
  }
}
