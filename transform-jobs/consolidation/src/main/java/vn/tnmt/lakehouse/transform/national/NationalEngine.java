package vn.tnmt.lakehouse.transform.national;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.run.TouchedPartitions;

/**
 * Brings every registered national dataset up to date with what a night changed. It knows none of
 * them.
 */
public final class NationalEngine {
  static final String VALID_FROM = "valid_from";
  static final String VALID_TO = "valid_to";

  /** So many units fit into every executor's memory beside whatever it joins them with. */
  private static final int FEW = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(NationalEngine.class);

  private final RunTables tables;
  private final Contracts contracts;
  private final NationalDatasets datasets;
  private final Policies policies;
  private final Standing standing;

  public NationalEngine(
      RunTables tables,
      Contracts contracts,
      NationalDatasets datasets,
      Policies policies,
      Standing standing) {
    this.tables = tables;
    this.contracts = contracts;
    this.datasets = datasets;
    this.policies = policies;
    this.standing = standing;
  }

  /**
   * A national table that was brought up to date.
   *
   * @param changes what the night changed in it, kept by Spark until {@link #close}
   * @param touched condition that holds for every row that was written
   * @param anew why all of it was computed; empty when only what the night touched was
   * @param free lets go of the kept rows
   */
  public record Written(
      Contract contract, Changes changes, String touched, String anew, Runnable free)
      implements AutoCloseable {
    @Override
    public void close() {
      free.run();
    }
  }

  /**
   * Computes what the night's changes affect.
   *
   * @param standard what the night changed in standard tables; those that it did not touch are
   *     absent
   * @return the national tables that were computed, each after its inputs
   */
  public List<Written> update(Map<String, Changes> standard) {
    Map<String, CompletableFuture<Written>> started = new LinkedHashMap<>();
    try (Parallel steps = new Parallel(tables.spark())) {
      for (NationalDataset dataset : datasets.all()) {
        List<CompletableFuture<Written>> before =
            dataset.inputs().stream()
                .map(input -> started.get(input.dataset()))
                .filter(Objects::nonNull)
                .toList();
        started.put(
            dataset.table(),
            steps.after(
                before,
                () -> {
                  Map<String, Changes> changes = new LinkedHashMap<>(standard);
                  before.stream()
                      .map(CompletableFuture::join)
                      .filter(Objects::nonNull)
                      .forEach(
                          written -> changes.put(written.changes().dataset(), written.changes()));
                  return new Computation(dataset, changes).run();
                }));
      }
      return Parallel.join(List.copyOf(started.values())).stream()
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /** All rows of a dataset, computed from all of its inputs as they stand; nothing is written. */
  public Dataset<Row> anew(NationalDataset dataset) {
    Computation computation = new Computation(dataset, Map.of());
    return dataset.compute(
        computation.reads(null, false),
        computation.every().select(columns(dataset.unit())).distinct(),
        policies);
  }

  /**
   * What a dataset is computed as: when it differs from the last release's, what stands was
   * computed otherwise.
   */
  public static String definition(NationalDataset dataset, Contract contract, Policies policies) {
    String columns =
        contract.columns().stream()
            .map(column -> column.name() + " " + column.physicalType())
            .collect(Collectors.joining(", "));
    return "computation %d; contract %s (%s); %s"
        .formatted(
            dataset.version(), contract.version(), columns, policies.written(dataset.policies()));
  }

  /** Table → its definition, for the release's manifest. */
  public Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    for (NationalDataset dataset : datasets.all()) {
      definitions.put(
          dataset.table(), definition(dataset, contracts.contract(dataset.table()), policies));
    }
    return definitions;
  }

  /**
   * Affected units, and what one pass over them tells.
   *
   * @param dates unit column → its dates, of the columns that bound what is read
   * @param partitions of the dataset's own table
   */
  private record Units(
      Dataset<Row> rows,
      long number,
      Map<String, List<LocalDate>> dates,
      TouchedPartitions partitions) {

    static Units of(Dataset<Row> rows, NationalDataset dataset, Contract contract) {
      List<String> bounding =
          dataset.inputs().stream()
              .map(Input::reach)
              .filter(reach -> !reach.all())
              .map(Reach::unitColumn)
              .distinct()
              .toList();
      List<Column> asked = new ArrayList<>(List.of(functions.count(lit(1))));
      bounding.forEach(column -> asked.add(Days.distinct(column)));
      TouchedPartitions.Answer answer =
          TouchedPartitions.Question.of(contract, column -> col(column), dataset.unit())
              .ask(rows, asked);
      Map<String, List<LocalDate>> dates = new LinkedHashMap<>();
      for (int i = 0; i < bounding.size(); i++) {
        dates.put(bounding.get(i), Days.parsed(answer.row().getList(i + 1)));
      }
      return new Units(rows, answer.row().getLong(0), dates, answer.touched());
    }

    /** Whether every executor's memory has room for them. */
    boolean few() {
      return number <= FEW;
    }
  }

  /** One dataset in one night. */
  private final class Computation {
    private final NationalDataset dataset;
    private final Contract contract;
    private final Map<String, Changes> changes;

    Computation(NationalDataset dataset, Map<String, Changes> changes) {
      this.dataset = dataset;
      this.contract = contracts.contract(dataset.table());
      this.changes = changes;
    }

    /** Null when nothing that it is computed from has changed. */
    @Nullable Written run() {
      String anew = anew();
      Dataset<Row> units = anew.isEmpty() ? affected() : every();
      if (units == null) {
        return null;
      }
      try (Kept kept = Kept.of(units.select(columns(dataset.unit())).distinct())) {
        Units found = Units.of(kept.rows(), dataset, contract);
        if (found.number() == 0 && anew.isEmpty()) {
          return null;
        }
        if (!anew.isEmpty()) {
          LOG.info("{} is computed from all of its history: {}", dataset.table(), anew);
        }
        return write(found, anew);
      }
    }

    /** Why what stands cannot be added to; empty when it can. */
    private String anew() {
      String then = standing.definitions().get(dataset.table());
      String now = definition(dataset, contract, policies);
      if (then == null) {
        return "no release has it yet";
      }
      return then.equals(now) ? "" : "it was computed as [" + then + "], now as [" + now + "]";
    }

    private @Nullable Dataset<Row> affected() {
      Reads whole = reads(null, false);
      List<Dataset<Row>> parts = new ArrayList<>();
      for (Input input : dataset.inputs()) {
        Changes changed = changed(input);
        // A register mostly stands: then its units need not be planned.
        if (changed != null && !(input.inForce() && changed.rows().isEmpty())) {
          parts.add(input.affects().units(changed, whole).select(columns(dataset.unit())));
        }
      }
      return parts.stream().reduce(Dataset::unionByName).orElse(null);
    }

    /** The units there are: those of the first input's rows, and of records in quarantine. */
    private Dataset<Row> every() {
      Input first = dataset.inputs().get(0);
      Reads whole = reads(null, false);
      return dataset.inputs().stream()
          .filter(input -> input.equals(first) || input.dataset().equals(Input.QUARANTINE))
          .map(
              input ->
                  input
                      .affects()
                      .units(Changes.inserted(input.dataset(), whole.table(input.dataset())), whole)
                      .select(columns(dataset.unit())))
          .reduce(Dataset::unionByName)
          .orElseThrow();
    }

    private Changes changed(Input input) {
      Changes changed = changes.get(input.dataset());
      return input.inForce() ? inForce(input.dataset(), changed) : changed;
    }

    private Written write(Units units, String anew) {
      Dataset<Row> affected = units.few() ? broadcast(units.rows()) : units.rows();
      Dataset<Row> computed =
          dataset
              .compute(reads(units, units.few()), affected, policies)
              .select(columns(contract.columnNames()));
      Changes found =
          anew.isEmpty()
              ? Changes.between(
                  dataset.table(), standingRows(units, affected), computed, contract.key())
              : Changes.between(
                  dataset.table(), tables.released(dataset.table()), computed, contract.key());
      Kept kept = Kept.of(found.rows());
      try {
        String touched = tables.apply(contract, kept.rows());
        return new Written(
            contract, new Changes(found.dataset(), kept.rows()), touched, anew, kept::close);
      } catch (RuntimeException e) {
        kept.close();
        throw e;
      }
    }

    /** The rows that stand for these units, from the partitions that they can lie in. */
    private Dataset<Row> standingRows(Units units, Dataset<Row> affected) {
      return tables
          .released(dataset.table())
          .where(units.partitions().sql(""))
          .join(affected, CollectionConverters.asScala(dataset.unit()).toSeq(), "left_semi")
          .select(columns(contract.columnNames()));
    }

    /**
     * @param affected units whose reach bounds what is read; null: all of it
     * @param few whether rows that follow from them are worth being broadcast
     */
    private Reads reads(@Nullable Units affected, boolean few) {
      Map<String, Supplier<Dataset<Row>>> readable = new LinkedHashMap<>();
      for (Input input : dataset.inputs()) {
        readable.put(
            input.dataset(),
            () -> {
              Dataset<Row> table = rows(input.dataset());
              if (input.inForce()) {
                return table.where(inForceOn(tables.run().businessDate()));
              }
              Reach reach = input.reach();
              if (affected == null || reach.all()) {
                return table;
              }
              List<LocalDate> dates = affected.dates().get(reach.unitColumn());
              return table.where(
                  Days.near(reach.column(), dates, reach.daysBefore(), reach.daysAfter()));
            });
      }
      return new Reads(dataset.table(), tables.run().businessDate(), few, readable);
    }
  }

  /**
   * Changes of a register as seen on the business date: rows that the night changed, and rows that
   * came into force, or went out of it, since the last release's date.
   *
   * @param changed null when the night did not touch the register
   */
  private @Nullable Changes inForce(String register, @Nullable Changes changed) {
    LocalDate now = tables.run().businessDate();
    LocalDate then = standing.asOf();
    Dataset<Row> images = null;
    if (changed != null) {
      images =
          changed
              .rows()
              .select(
                  when(
                          col("before." + VALID_FROM).isNotNull().and(inForceOn("before.", then)),
                          col("before"))
                      .as("before"),
                  when(
                          col("after." + VALID_FROM).isNotNull().and(inForceOn("after.", now)),
                          col("after"))
                      .as("after"));
    }
    if (!then.equals(now)) {
      List<String> key = contracts.contract(register).key();
      Dataset<Row> table = rows(register);
      // The first condition says what the second does in a form that files are skipped by.
      Dataset<Row> turned =
          table
              .where(turnsBetween(then.isBefore(now) ? then : now, then.isBefore(now) ? now : then))
              .where(not(inForceOn(then).equalTo(inForceOn(now))));
      if (changed != null) {
        turned =
            turned.join(
                changed
                    .rows()
                    .select(key.stream().map(k -> Changes.either(k).as(k)).toArray(Column[]::new)),
                CollectionConverters.asScala(key).toSeq(),
                "left_anti");
      }
      Column row = struct(columns(Arrays.asList(table.columns())));
      Dataset<Row> byTime =
          turned.select(
              when(inForceOn(then), row).as("before"), when(inForceOn(now), row).as("after"));
      images = images == null ? byTime : images.union(byTime);
    }
    return images == null ? null : Changes.of(register, images);
  }

  /** A table as the run sees it, without provenance. */
  private Dataset<Row> rows(String dataset) {
    return tables.read(dataset).select(columns(contracts.contract(dataset).columnNames()));
  }

  private static Column turnsBetween(LocalDate first, LocalDate last) {
    Column from = col(VALID_FROM);
    Column to = col(VALID_TO);
    return from.gt(lit(first))
        .and(from.leq(lit(last)))
        .or(to.geq(lit(first)).and(to.lt(lit(last))));
  }

  private static Column inForceOn(LocalDate date) {
    return inForceOn("", date);
  }

  private static Column inForceOn(String image, LocalDate date) {
    Column to = col(image + VALID_TO);
    return col(image + VALID_FROM).leq(lit(date)).and(to.isNull().or(to.geq(lit(date))));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
