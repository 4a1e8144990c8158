package vn.tnmt.lakehouse.orchestration.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
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
 * GeoJSON out of landing into {@code raw.admin_unit}, geometry checked, WKB made and rules applied:
 * the same features in one file and in 3,000, in turn in one JVM.
 *
 * <pre>java -Xmx2g -cp 'dist/jars/*' …bench.GeoJsonLoad WORK MEGABYTES [ROUNDS]</pre>
 *
 * <p>The last line printed is {@code seconds:} megabytes of one file, its seconds, megabytes of
 * many files, their seconds: medians, the first round not counted.
 */
public final class GeoJsonLoad {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 14);
  private static final int FILES = 3_000;
  private static final String HEAD = "{\"type\":\"FeatureCollection\",\"features\":[";
  private static final String TAIL = "]}";

  private GeoJsonLoad() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: GeoJsonLoad WORK MEGABYTES [ROUNDS]");
      System.exit(2);
    }
    Path work = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    int rounds = args.length == 3 ? Integer.parseInt(args[2]) : 3;
    long[] bytes = generate(work.resolve("exports"), Long.parseLong(args[1]) << 20);
    Home home = Home.of(work.resolve("home"));
    try (Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()))) {
      List<Feed> feeds = feeds(work.resolve("feeds"), work.resolve("exports"));
      LandingStore store = LandingStore.of(lake.store());
      new Collector(store, work.resolve("collect"), Clock.systemUTC(), 2).collect(feeds, DATE);
      double[][] seconds = new double[2][rounds];
      for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < 2; i++) {
          double took = load(lake, feeds.get(i), new Deliveries(store));
          System.out.printf(
              Locale.ROOT, "%s %.1f MB/s%n", feeds.get(i).id(), bytes[i] / 1e6 / took);
          if (round >= 0) {
            seconds[i][round] = took;
          }
        }
      }
      System.out.printf(
          Locale.ROOT,
          "seconds: %.0f %.1f %.0f %.1f%n",
          bytes[0] / 1e6,
          median(seconds[0]),
          bytes[1] / 1e6,
          median(seconds[1]));
    }
  }

  private static double load(Lakehouse lake, Feed feed, Deliveries landing) {
    Contract contract = Contracts.bundled().contract(feed.dataset());
    lake.catalog().dropTable(TableDefinition.raw(contract).name(), true);
    TablePlan.compute(lake.catalog(), Contracts.bundled()).apply(lake.catalog());
    LoadOptions options =
        new LoadOptions(
            DATE + "-1",
            "",
            contract,
            new RuleContext(Clock.systemUTC().instant(), DATE),
            landing.list(feed.id(), DATE).stream()
                .map(manifest -> new LoadOptions.Delivery(feed, manifest))
                .toList());
    long begin = System.nanoTime();
    LoadJob.run(lake, options);
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The bytes of the one file and of the many; made once for a folder. */
  private static long[] generate(Path exports, long wanted) throws IOException {
    Path one = Files.createDirectories(exports).resolve("mot_20260314.geojson");
    long each = wanted / FILES;
    StringBuilder features = new StringBuilder();
    for (int i = 0; features.length() < each - HEAD.length(); i++) {
      features.append(i == 0 ? "" : ",\n").append(feature(i));
    }
    String small = HEAD + features + TAIL;
    if (!Files.exists(one)) {
      Path many = Files.createDirectories(exports.resolve("nhieu"));
      for (int i = 0; i < FILES; i++) {
        // A name of its own in each, since no content is stored twice.
        String own = small.replaceFirst("Hà Nội", "Tờ %04d".formatted(i));
        Files.writeString(many.resolve("to%04d_20260314.geojson".formatted(i)), own);
      }
      try (BufferedWriter out = Files.newBufferedWriter(one, StandardCharsets.UTF_8)) {
        out.write(HEAD);
        for (int i = 0; i < FILES; i++) {
          out.write(i == 0 ? "" : ",\n");
          out.append(features);
        }
        out.write(TAIL);
      }
    }
    return new long[] {
      Files.size(one), FILES * (long) small.getBytes(StandardCharsets.UTF_8).length
    };
  }

  /** A ring of 200 corners with seven decimals, as exports have them. */
  private static String feature(int number) {
    StringBuilder ring = new StringBuilder();
    for (int i = 0; i <= 200; i++) {
      double angle = 2 * Math.PI * (i % 200) / 200;
      ring.append(i == 0 ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "[%.7f,%.7f]",
                  105 + Math.cos(angle) * (1 + number % 7 / 10.0),
                  20 + Math.sin(angle)));
    }
    return "{\"type\":\"Feature\",\"properties\":{\"code\":\"01\",\"name\":\"Hà Nội\",\"area_km2\":3359.84},"
        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
        + ring
        + "]]}}";
  }

  private static List<Feed> feeds(Path folder, Path exports) throws IOException {
    String feed =
        """
          - id: %s
            dataset: admin.unit
            transport: {type: directory, root: "%s", pattern: "%s"}
            format: {type: geojson}
            mapping:
              code: code
              level: {const: province}
              name: name
              province_code: code
              area_km2: area_km2
              valid_from: {const: "2025-07-01"}
              geometry: $geometry
              xmin: $geometry.xmin
              ymin: $geometry.ymin
              xmax: $geometry.xmax
              ymax: $geometry.ymax
              geohash: $geometry.geohash
        """;
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("bench.yaml"),
        "apiVersion: tnmt.vn/v1\nkind: Feeds\npublisher: {id: bench, nameVi: B, nameEn: B}\nfeeds:\n"
            + feed.formatted("one", exports, "mot_{day:yyyyMMdd}.geojson")
            + feed.formatted("many", exports.resolve("nhieu"), "{sheet}_{day:yyyyMMdd}.geojson"));
    return Feeds.load(folder, Map.of());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
