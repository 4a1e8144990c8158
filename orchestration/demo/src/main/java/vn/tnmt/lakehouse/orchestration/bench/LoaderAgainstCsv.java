package vn.tnmt.lakehouse.orchestration.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.load.LoadJob;
import vn.tnmt.lakehouse.ingestion.load.LoadOptions;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/**
 * Our loader (landing → strings, typed columns, broken rules) against Spark's own CSV reader
 * (strings only) on the same lines in one file; both to Parquet on disk, alternating in one JVM.
 *
 * <pre>java -cp 'dist/jars/*' …bench.LoaderAgainstCsv EXPORTS FEEDS DATE WORK</pre>
 *
 * The last line printed is: seconds of ours, seconds of theirs, their ratio, records.
 */
public final class LoaderAgainstCsv {
  private static final int ROUNDS = 3;
  private static final String DATASET = "monitoring.observation";

  private LoaderAgainstCsv() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: LoaderAgainstCsv EXPORTS FEEDS DATE WORK");
      System.exit(2);
    }
    Path exports = Path.of(args[0]).toAbsolutePath();
    LocalDate date = LocalDate.parse(args[2]);
    Path work = Files.createDirectories(Path.of(args[3]).toAbsolutePath());
    Home home = Home.of(work.resolve("home"));
    try (Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()))) {
      List<Feed> feeds =
          Feeds.load(Path.of(args[1]), Map.of("exports", exports.toString())).stream()
              .filter(feed -> feed.dataset().equals(DATASET))
              .toList();
      LoadOptions options = collected(lake, feeds, date, work);
      Path lines = concatenated(exports, work.resolve("lines.tsv"));
      measure(lake, options, lines, work.resolve("out"));
    }
  }

  private static void measure(Lakehouse lake, LoadOptions options, Path lines, Path out) {
    SparkSession spark = lake.spark();
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      lake.catalog().dropTable(TableDefinition.raw(options.contract()).name(), true);
      TablePlan.compute(lake.catalog(), Contracts.bundled()).apply(lake.catalog());
      double our = seconds(() -> LoadJob.run(lake, options));
      double their = seconds(() -> write(csv(spark, lines), out));
      if (round >= 0) { // the round before the first warms up
        ours[round] = our;
        theirs[round] = their;
        System.out.printf(Locale.ROOT, "ours %.2f s, Spark CSV %.2f s%n", our, their);
      }
    }
    long records = csv(spark, lines).count();
    System.out.printf(
        Locale.ROOT,
        "%.1f %.1f %.2f %d%n",
        median(ours),
        median(theirs),
        median(ours) / median(theirs),
        records);
  }

  private static LoadOptions collected(
      Lakehouse lake, List<Feed> feeds, LocalDate date, Path work) {
    List<LoadOptions.Delivery> deliveries = new ArrayList<>();
    Collector collector =
        new Collector(
            LandingStore.of(lake.store()),
            work.resolve("collect"),
            Clock.systemUTC(),
            Runtime.getRuntime().availableProcessors());
    var results = collector.collect(feeds, date);
    for (int i = 0; i < feeds.size(); i++) {
      Feed feed = feeds.get(i);
      results.get(i).delivery().ifPresent(m -> deliveries.add(new LoadOptions.Delivery(feed, m)));
    }
    Contract contract = Contracts.bundled().contract(DATASET);
    RuleContext context = new RuleContext(Clock.systemUTC().instant(), date);
    return new LoadOptions(date + "-1", "", contract, context, deliveries);
  }

  private static Path concatenated(Path exports, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        Stream<Path> files = Files.walk(exports)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".txt"))::iterator) {
        Files.copy(file, out);
      }
    }
    return target;
  }

  private static Dataset<Row> csv(SparkSession spark, Path lines) {
    return spark
        .read()
        .option("sep", "\t")
        .schema(
            StructType.fromDDL(
                "symbol string, value string, unit string, time string, status string"))
        .csv(lines.toUri().toString());
  }

  private static void write(Dataset<Row> rows, Path out) {
    rows.write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(out.toUri().toString());
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
