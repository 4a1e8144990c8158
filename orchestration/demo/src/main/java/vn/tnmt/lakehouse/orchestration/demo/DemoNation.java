package vn.tnmt.lakehouse.orchestration.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.demo.Station.Kind;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * A small nation for two nights: the files that 34 provinces, a national department and five
 * publishers with formats of their own (TCVN3 spreadsheet, VNI DBF, VBDLIS XML, zipped Shapefile,
 * HTTPS portal) would leave for collection, with flaws of every kind, and a ledger of what must
 * become of them.
 *
 * <p>Names and codes are real; boundaries, stations and values are invented. Every byte follows
 * from the seed and the first night's date. Each station's day has a random stream of its own, so
 * that neither order nor threads matter.
 *
 * <p>The first night holds no history: its 24 hours (values of 00:05 … 24:00) are what the daily
 * index needs. 8-hour means of ozone begin at 06:00 by the house rule of 6 hours in 8, NowCast at
 * 02:00. The value of 00:00 of the next day belongs to the hour ending then: its file is of this
 * night though its name and folder bear the next day's date.
 */
public final class DemoNation {
  /** Provinces that have an automatic surface water station besides their air station. */
  private static final Set<String> WATER =
      Set.of("01", "08", "22", "24", "31", "40", "46", "48", "75", "79", "92", "96");

  /** Delivers nothing in the second night. */
  private static final String SILENT = "96";

  /** The station whose clock runs ahead: files of the second day are there in the first night. */
  private static final String EARLY = "86KK001";

  private static final String BASIN = "01";
  private static final String LAO_CAI = "15";
  private static final String GIA_LAI = "52";

  private final long seed;
  private final LocalDate firstNight;
  private final Territory territory = Territory.load();
  private final Map<String, List<Commune>> communes = territory.communesByProvince();
  private final List<Station> stations = new ArrayList<>();

  private DemoNation(long seed, LocalDate firstNight) {
    this.seed = seed;
    this.firstNight = firstNight;
    for (Province p : territory.provinces()) {
      stations.add(Station.of(p, communes.get(p.code()).get(0), Kind.AIR, 1));
      if (WATER.contains(p.code())) {
        stations.add(Station.of(p, communes.get(p.code()).get(3), Kind.WATER, 1));
      }
    }
  }

  /**
   * A nation made from chance that repeats.
   *
   * @param seed the same seed and date give the same bytes
   * @param firstNight business date of the first of the two nights
   */
  public static DemoNation of(long seed, LocalDate firstNight) {
    return new DemoNation(seed, firstNight);
  }

  /** Business date of night 1 or 2. */
  public LocalDate date(int night) {
    return firstNight.plusDays(night - 1L);
  }

  /**
   * Adds what arrives for a night to the exports folder; night 2 after night 1.
   *
   * @param exports folder that holds one folder for each publisher
   * @param night 1 or 2
   */
  public WrittenNight writeNight(Path exports, int night) throws IOException {
    return DemoFile.writeAll(exports, date(night), sources(night));
  }

  /** What the platform must find, night by night; made without writing or running anything. */
  public Expectations expectations() {
    return Expectations.of(Stream.concat(files(1), files(2)));
  }

  Territory territory() {
    return territory;
  }

  List<Station> stations() {
    return stations;
  }

  /** The files that arrive for a night, each with the fates of its records. */
  Stream<DemoFile> files(int night) {
    return sources(night).stream().flatMap(Supplier::get);
  }

  /** Independent parts of a night. */
  private List<Supplier<Stream<DemoFile>>> sources(int night) {
    List<Supplier<Stream<DemoFile>>> sources = new ArrayList<>();
    if (night == 1) {
      sources.add(() -> AdminFiles.of(territory, firstNight, sent(1)));
      sources.add(this::stranger);
      sources.add(this::othersOfFirstNight);
      territory.provinces().forEach(p -> sources.add(() -> firstNight(p)));
      stations.forEach(s -> sources.add(() -> firstNight(s)));
    } else {
      sources.add(this::othersOfSecondNight);
      territory.provinces().stream()
          .filter(p -> !p.code().equals(SILENT))
          .forEach(p -> sources.add(() -> secondNight(p)));
      stations.stream()
          .filter(s -> !s.province().code().equals(SILENT))
          .forEach(s -> sources.add(() -> secondNight(s)));
    }
    return sources;
  }

  /** Publishers with other formats than the provinces: one source, as they are few files. */
  private Stream<DemoFile> othersOfFirstNight() {
    return Stream.of(
            Stream.of(
                BasinSamples.firstNight(seed, communes.get(BASIN), date(1), sent(1)),
                Wells.firstNight(communes.get(GIA_LAI), date(1), sent(1)),
                ParcelFiles.shapesFirstNight(communes.get(GIA_LAI), date(1), sent(1))),
            ParcelFiles.xmlFirstNight(communes.get(LAO_CAI), date(1), sent(1)),
            PortalSamples.firstNight(seed, communes.get(BASIN), date(1), sent(1)))
        .flatMap(files -> files);
  }

  private Stream<DemoFile> othersOfSecondNight() {
    return Stream.concat(
        Stream.of(
            BasinSamples.secondNight(seed, communes.get(BASIN), date(2), sent(2)),
            ParcelFiles.xmlSecondNight(communes.get(LAO_CAI), date(2), sent(2))),
        PortalSamples.secondNight(seed, communes.get(BASIN), date(2), sent(2)));
  }

  private Stream<DemoFile> firstNight(Province p) {
    return Stream.concat(
        Registers.firstNight(p, stationsOf(p), date(1), sent(1)),
        WaterSamples.firstNight(seed, p, communes.get(p.code()), date(1), sent(1)));
  }

  private Stream<DemoFile> secondNight(Province p) {
    return Stream.concat(
        Registers.secondNight(p, stationsOf(p), date(2), sent(2)),
        WaterSamples.secondNight(seed, p, communes.get(p.code()), date(2), sent(2)));
  }

  private Stream<DemoFile> firstNight(Station station) {
    StationDay day = StationDay.of(seed, station, date(1), 1);
    StationFlaws.firstNight(day);
    return Stream.concat(day.files(), early(station).files());
  }

  private Stream<DemoFile> secondNight(Station station) {
    StationDay again = StationDay.of(seed, station, date(1), 2);
    StationFlaws.againInSecondNight(again);
    StationDay day = StationDay.of(seed, station, date(2), 2);
    StationFlaws.secondNight(day);
    day.remove(early(station).all());
    return Stream.concat(again.files(), day.files());
  }

  /** Files of the second day that lie there when the first night is collected. */
  private StationDay early(Station station) {
    StationDay day = StationDay.of(seed, station, date(2), 2);
    day.remove(day.between(station.code().equals(EARLY) ? "00:20" : "00:00", "24:00"));
    return day;
  }

  /** A station that no register knows. */
  private Stream<DemoFile> stranger() {
    Station known =
        stations.stream().filter(s -> s.code().equals("22KK001")).findAny().orElseThrow();
    Station stranger =
        new Station("22KK099", known.province(), known.commune(), Kind.AIR, known.layout());
    StationDay day = StationDay.of(seed, stranger, date(1), 1);
    day.remove(day.between("00:00", "06:00"));
    day.remove(day.between("06:30", "24:00"));
    day.all().forEach(f -> f.all(Fate.breaks("REC-21")));
    return day.files();
  }

  private List<Station> stationsOf(Province p) {
    return stations.stream().filter(s -> s.province().equals(p)).toList();
  }

  /** Registers and laboratory results are sent in the afternoon. */
  private Instant sent(int night) {
    return date(night).atTime(15, 30).atZone(StationFile.ZONE).toInstant();
  }
}
