package vn.tnmt.lakehouse.orchestration.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.load.LoadJob;
import vn.tnmt.lakehouse.ingestion.load.LoadOptions;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/**
 * One large CSV of 20 columns: the night's load, out of landing in the object store into Iceberg
 * tables there, against Spark's own CSV reader (strings only), in turn in one JVM: once from disk
 * to Parquet on disk, and once as the night has it, out of the same object of landing into an
 * Iceberg table. The store is embedded: what it does takes the processors' time of this JVM.
 *
 * <pre>java -Xmx2g -cp 'dist/jars/*' …bench.CsvLoad WORK MEGABYTES [ROUNDS]</pre>
 *
 * <p>{@code raw} is the raw table of a contract of one text column: cells, line, hashes. {@code
 * checked} is the raw table of a contract of 20 typed columns and 30 rules. The last lines printed
 * are {@code seconds:} and {@code seconds, in the store:}, each after the same in processor
 * seconds: those of Spark, of raw, their ratio, those of checked, their ratio, rows.
 */
public final class CsvLoad {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 14);
  private static final String PLAIN = "lake.raw.bench_plain";
  private static final String FILE = "mau_20260314.csv";

  /** Column → type and the rules' arguments. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  private static final List<String> NONE = List.of();
  private static final String PROPERTY =
      "      - {name: %s, businessName: C, logicalType: %s, physicalType: %s, required: %s, %s%s"
          + "classification: P0, customProperties: [{property: titleEn, value: C}]}\n";
  private static final String QUALITY =
      "{id: BEN-%02d, name: Quy tắc, description: Đề nghị sửa., type: custom, engine: tnmt,"
          + " severity: block, dimension: conformity, implementation: %s, customProperties:"
          + " [{property: nameEn, value: Rule}, {property: descriptionEn, value: Please mend.}]}";

  static {
    COLUMNS.put(
        "ma_mau",
        List.of("string", "{rule: pattern, pattern: \"[A-Z0-9-]{4,20}\"}", "{rule: required}"));
    COLUMNS.put("ma_diem", List.of("string", "{rule: pattern, pattern: \"[A-Z0-9]{3,12}\"}"));
    COLUMNS.put(
        "ten_diem", List.of("string", "{rule: required}", "{rule: pattern, pattern: \".{2,80}\"}"));
    COLUMNS.put(
        "tinh", List.of("string", "{rule: codeList, list: provinces_34, listColumn: code}"));
    COLUMNS.put("loai", List.of("string", "{rule: oneOf, values: [surface_water, ground_water]}"));
    COLUMNS.put(
        "ngay_lay",
        List.of("date", "{rule: notBefore, date: \"1980-01-01\"}", "{rule: notAfterAsOf}"));
    COLUMNS.put("ngay_pt", List.of("date", "{rule: notAfterAsOf}"));
    COLUMNS.put("kinh_do", List.of("number", "{rule: range, min: 102, max: 118}"));
    COLUMNS.put("vi_do", List.of("number", "{rule: range, min: 6, max: 24}"));
    for (String number :
        List.of("ph", "t", "do", "bod5", "cod", "tss", "nh4", "no3", "po4", "pb", "coliform")) {
      COLUMNS.put(
          number,
          List.of("number", "{rule: range, min: 0, max: 100000}", "{rule: range, min: -1}")
              .subList(0, number.length() > 2 ? 3 : 2));
    }
  }

  private CsvLoad() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: CsvLoad WORK MEGABYTES [ROUNDS]");
      System.exit(2);
    }
    Path work = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Path file = generated(work.resolve("exports"), Long.parseLong(args[1]) << 20);
    int rounds = args.length == 3 ? Integer.parseInt(args[2]) : 3;
    Home home = Home.of(work.resolve("home"));
    try (Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()))) {
      Contracts contracts =
          Contracts.of(
              Map.of(
                  "strings.yaml", contract("strings", false), "rows.yaml", contract("rows", true)));
      List<Feed> feeds = feeds(work.resolve("feeds"), file.getParent());
      List<Manifest> manifests = new ArrayList<>();
      long begin = System.nanoTime();
      new Collector(LandingStore.of(lake.store()), work.resolve("collect"), Clock.systemUTC(), 1)
          .collect(feeds, DATE);
      System.out.printf(
          Locale.ROOT, "collect %.1f s for each%n", (System.nanoTime() - begin) / 2e9);
      Deliveries landing = new Deliveries(LandingStore.of(lake.store()));
      for (Feed feed : feeds) { // a home that is used again has its delivery already
        manifests.addAll(landing.list(feed.id(), DATE));
      }
      LoadOptions[] loads = new LoadOptions[2];
      for (int i = 0; i < 2; i++) {
        loads[i] =
            new LoadOptions(
                DATE + "-1",
                "",
                contracts.contract(feeds.get(i).dataset()),
                new RuleContext(Clock.systemUTC().instant(), DATE),
                List.of(new LoadOptions.Delivery(feeds.get(i), manifests.get(i))));
      }
      measure(lake, contracts, loads, file, work.resolve("out"), rounds);
    }
  }

  private static void measure(
      Lakehouse lake, Contracts contracts, LoadOptions[] loads, Path file, Path out, int rounds) {
    SparkSession spark = lake.spark();
    double[][] wall = new double[4][rounds];
    double[][] cpu = new double[4][rounds];
    String landed = landed(lake, loads[0].deliveries().get(0).manifest());
    long rows = csv(spark, file.toUri().toString()).count();
    for (int round = -1; round < rounds; round++) { // the round before the first warms up
      for (LoadOptions load : loads) {
        drop(lake, TableDefinition.raw(load.contract()).name());
      }
      drop(lake, TableIdentifier.of("raw", "bench_plain"));
      Took[] took = {
        took(() -> write(csv(spark, file.toUri().toString()), out)),
        took(() -> writeTable(csv(spark, landed))),
        ours(lake, contracts, loads[0]),
        ours(lake, contracts, loads[1])
      };
      System.out.printf(
          Locale.ROOT, "Spark %s, in the store %s, raw %s, checked %s%n", (Object[]) took);
      for (int i = 0; i < took.length && round >= 0; i++) {
        wall[i][round] = took[i].wall;
        cpu[i][round] = took[i].cpu;
      }
    }
    long accepted =
        spark
            .table(TableDefinition.raw(loads[1].contract()).fullName())
            .where("not blocked and row.ph is not null")
            .count();
    if (accepted != rows) {
      throw new IllegalStateException(accepted + " rows accepted of " + rows);
    }
    if (spark.table(PLAIN).count() != rows) {
      throw new IllegalStateException("Spark read other rows from landing: " + landed);
    }
    drop(lake, TableIdentifier.of("raw", "bench_plain"));
    line("processor seconds of this JVM", cpu, 0, rows);
    line("seconds", wall, 0, rows);
    line("processor seconds of this JVM, in the store", cpu, 1, rows);
    line("seconds, in the store", wall, 1, rows);
  }

  private static void line(String what, double[][] measured, int base, long rows) {
    double spark = median(measured[base]);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f %.1f %.2f %.1f %.2f %d%n",
        what,
        spark,
        median(measured[2]),
        median(measured[2]) / spark,
        median(measured[3]),
        median(measured[3]) / spark,
        rows);
  }

  /** The night's own load: out of landing in the object store, into the raw table there. */
  private static Took ours(Lakehouse lake, Contracts contracts, LoadOptions load) {
    TablePlan.compute(lake.catalog(), contracts).apply(lake.catalog());
    return took(() -> LoadJob.run(lake, load));
  }

  private static void drop(Lakehouse lake, TableIdentifier table) {
    lake.catalog().dropTable(table, true);
  }

  /** The file as the collector has put it: one object. */
  private static String landed(Lakehouse lake, Manifest manifest) {
    return lake.access().store().location(manifest.landing())
        + "/"
        + manifest.splits().get(0).object();
  }

  /** Made once for a size. */
  private static Path generated(Path folder, long bytes) throws IOException {
    Path file = Files.createDirectories(folder).resolve(FILE);
    if (Files.exists(file) && Files.size(file) >= bytes) {
      return file;
    }
    Random random = new Random(20260314);
    String[] provinces = {"01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25"};
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write(String.join(",", COLUMNS.keySet()));
      writer.write('\n');
      StringBuilder row = new StringBuilder();
      long size = 0;
      for (long id = 1; size < bytes; id++) {
        row.setLength(0);
        int point = random.nextInt(5000);
        row.append("MAU-2026-").append(id).append(",D").append(10_000 + point);
        row.append(",\"Sông Hồng, cầu số ").append(point).append(" xã Vĩnh Thịnh\",");
        row.append(provinces[point % provinces.length]).append(",surface_water,");
        int day = 1 + random.nextInt(28);
        row.append(day).append('/').append(1 + point % 12).append("/2025,");
        row.append(day).append('/').append(1 + point % 12).append("/2025,");
        decimal(row, 105_000_000L + random.nextInt(900_000), 6);
        decimal(row.append(','), 20_000_000L + random.nextInt(900_000), 6);
        for (int i = 0; i < 11; i++) {
          decimal(row.append(','), random.nextInt(900_000) + 1000L, 4);
        }
        row.append('\n');
        writer.append(row);
        size += row.length() + 12L; // the letters of two bytes or three
      }
    }
    return file;
  }

  private static void decimal(StringBuilder out, long scaled, int digits) {
    String text = Long.toString(scaled);
    String padded = "0".repeat(Math.max(0, digits + 1 - text.length())) + text;
    out.append(padded, 0, padded.length() - digits).append('.');
    out.append(padded, padded.length() - digits, padded.length());
  }

  private static List<Feed> feeds(Path folder, Path exports) throws IOException {
    String mapping =
        COLUMNS.keySet().stream().map(c -> c + ": " + c).collect(Collectors.joining(", "));
    String feed =
        """
          - id: %s
            dataset: bench.%s
            transport: {type: directory, root: "%s", pattern: "mau_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            conventions: {dates: [d/M/yyyy]}
            mapping: {%s}
        """;
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("bench.yaml"),
        "apiVersion: tnmt.vn/v1\nkind: Feeds\npublisher: {id: bench, nameVi: B, nameEn: B}\nfeeds:\n"
            + feed.formatted("strings", "strings", exports, "ma_mau: ma_mau")
            + feed.formatted("rows", "rows", exports, mapping));
    return Feeds.load(folder, Map.of());
  }

  private static String contract(String name, boolean all) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: bench.%1$s
            version: 1.0.0
            status: active
            domain: bench
            name: Benchmark
            slaProperties:
              - {property: retention, value: 1, unit: y}
            schema:
              - name: %1$s
                physicalName: bench.%1$s
                physicalType: table
                logicalType: object
                businessName: Đo tốc độ
                description: Đo tốc độ.
                customProperties:
                  - {property: zone, value: standard}
                  - {property: titleEn, value: "Benchmark"}
                  - {property: descriptionEn, value: "Benchmark."}
                properties:
            """
                .formatted(name));
    int rules = 0;
    for (Map.Entry<String, List<String>> column : COLUMNS.entrySet()) {
      String type = column.getValue().get(0);
      boolean key = column.getKey().equals("ma_mau");
      List<String> quality = new ArrayList<>();
      for (String rule : all ? column.getValue().subList(1, column.getValue().size()) : NONE) {
        quality.add(QUALITY.formatted(++rules, rule));
      }
      yaml.append(
          PROPERTY.formatted(
              column.getKey(),
              type,
              type.equals("number") ? "double" : type,
              key,
              key ? "primaryKey: true, primaryKeyPosition: 1, " : "",
              quality.isEmpty() ? "" : "quality: [" + String.join(", ", quality) + "], "));
      if (!all) {
        break;
      }
    }
    if (all && rules < 30) {
      throw new IllegalStateException("only " + rules + " rules");
    }
    return yaml.toString();
  }

  private static Dataset<Row> csv(SparkSession spark, String file) {
    return spark
        .read()
        .option("header", true)
        .schema(
            StructType.fromDDL(
                COLUMNS.keySet().stream()
                    .map(c -> "`" + c + "` string")
                    .collect(Collectors.joining(", "))))
        .csv(file);
  }

  private static void write(Dataset<Row> rows, Path out) {
    rows.write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(out.toUri().toString());
  }

  private static void writeTable(Dataset<Row> rows) {
    rows.writeTo(PLAIN).using("iceberg").createOrReplace();
  }

  /**
   * @param cpu seconds of processor time of this JVM, which other work on the machine does not
   *     change much
   */
  private record Took(double wall, double cpu) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f s (cpu %.2f)", wall, cpu);
    }
  }

  private static Took took(Runnable work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long begin = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    work.run();
    return new Took((System.nanoTime() - begin) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
