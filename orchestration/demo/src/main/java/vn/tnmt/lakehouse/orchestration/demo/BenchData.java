package vn.tnmt.lakehouse.orchestration.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.demo.Station.Kind;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * Many five-minute files without planted flaws, for {@code benchmarks/run}: 34 publishers with so
 * many air stations that a day has at least the wished number of files, 8 lines each.
 *
 * <pre>java -cp 'dist/jars/*' …demo.BenchData EXPORTS FILES FIRST_DATE [DAYS]</pre>
 */
public final class BenchData {
  private static final long SEED = 2;

  private final Territory territory = Territory.load();
  private final Map<String, List<Commune>> communes = territory.communesByProvince();
  private final List<Station> stations = new ArrayList<>();

  private BenchData(int filesPerDay) {
    int provinces = territory.provinces().size();
    int stationCount = (filesPerDay + Curves.STEPS - 1) / Curves.STEPS;
    for (int i = 0; i < stationCount; i++) {
      Province p = territory.provinces().get(i % provinces);
      List<Commune> places = communes.get(p.code());
      int number = i / provinces;
      stations.add(Station.of(p, places.get(number % places.size()), Kind.AIR, number + 1));
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 3 || args.length > 4) {
      System.err.println("usage: BenchData EXPORTS FILES FIRST_DATE [DAYS]");
      System.exit(2);
    }
    int days = args.length == 4 ? Integer.parseInt(args[3]) : 1;
    write(Path.of(args[0]), Integer.parseInt(args[1]), LocalDate.parse(args[2]), days, System.out);
  }

  /**
   * @param exports folder that holds one folder for each publisher
   * @param filesPerDay at least so many station files a day
   */
  static void write(Path exports, int filesPerDay, LocalDate first, int days, PrintStream out)
      throws IOException {
    BenchData data = new BenchData(filesPerDay);
    for (Province p : data.territory.provinces()) {
      Files.createDirectories(exports.resolve(p.slug()).resolve("mau-nuoc"));
    }
    for (int day = 0; day < days; day++) {
      WrittenNight night =
          DemoFile.writeAll(exports, first.plusDays(day), data.sources(first, day));
      out.printf("%s %d files %d bytes%n", night.businessDate(), night.files(), night.bytes());
    }
  }

  private List<Supplier<Stream<DemoFile>>> sources(LocalDate first, int day) {
    List<Supplier<Stream<DemoFile>>> sources = new ArrayList<>();
    if (day == 0) {
      Instant sent = first.atTime(15, 30).atZone(StationFile.ZONE).toInstant();
      sources.add(() -> AdminFiles.of(territory, first, sent));
      for (Province p : territory.provinces()) {
        List<Station> own = stations.stream().filter(s -> s.province().equals(p)).toList();
        sources.add(() -> Stream.of(Registers.clean(p, own, first, sent)));
      }
    }
    for (Station s : stations) {
      sources.add(() -> StationDay.of(SEED, s, first.plusDays(day), day + 1).files());
    }
    return sources;
  }
}
