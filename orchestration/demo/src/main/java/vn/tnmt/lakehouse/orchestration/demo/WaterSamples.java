package vn.tnmt.lakehouse.orchestration.demo;

import static vn.tnmt.lakehouse.orchestration.demo.Fate.ACCEPTED;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.DUPLICATE;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.REPLACING;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.breaks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * Laboratory results of surface water: four points a province, a sample a month, one wide row per
 * sample; below detection is {@code <0.01}.
 */
final class WaterSamples {
  static final String FEED = "water-sample";
  private static final String HEADER =
      "ma_diem,kinh_do,vi_do,cao_do,ngay_lay_mau,"
          + "pH,DO,nhiet_do,BOD5,COD,TOC,N_NH4,N_NO3,N_NO2,P_PO4,Coliform,E_coli";
  private static final int PH = 0;
  private static final int COD = 4;
  private static final int NH4 = 6;
  private static final int POINTS = 4;
  private static final int MONTHS = 6;

  /** Provinces with results in the second night too. */
  private static final Set<String> TWICE = Set.of("01", "20", "24", "31", "48", "79", "92");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d/M/uuuu");

  /** One sample: a row of the file, and one record for each value that is not blank. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sample(
      String point, Coordinate place, String elevation, String date, String[] values) {
    Sample with(int column, String value) {
      String[] changed = values.clone();
      changed[column] = value;
      return new Sample(point, place, elevation, date, changed);
    }

    Sample at(double lon, double lat) {
      return new Sample(point, new Coordinate(lon, lat), elevation, date, values);
    }

    Sample on(String otherDate) {
      return new Sample(point, place, elevation, otherDate, values);
    }

    Sample ofPoint(String otherPoint) {
      return new Sample(otherPoint, place, elevation, date, values);
    }

    String line() {
      return String.join(
          ",",
          point,
          Double.toString(place.x),
          Double.toString(place.y),
          elevation,
          date,
          String.join(",", values));
    }

    /** The same fate for each record, but another for that of one column. */
    Fate[] fates(Fate fate, int column, Fate other) {
      List<Fate> fates = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        if (!values[i].isEmpty()) {
          fates.add(i == column ? other : fate);
        }
      }
      return fates.toArray(Fate[]::new);
    }

    Fate[] fates(Fate fate) {
      return fates(fate, -1, fate);
    }
  }

  private final long seed;
  private final Province province;
  private final List<Commune> communes;
  private final CsvDraft csv = new CsvDraft(HEADER);

  private WaterSamples(long seed, Province province, List<Commune> communes) {
    this.seed = seed;
    this.province = province;
    this.communes = communes;
  }

  static Stream<DemoFile> firstNight(
      long seed, Province province, List<Commune> communes, LocalDate date, Instant sent) {
    WaterSamples samples = new WaterSamples(seed, province, communes);
    for (int month = MONTHS - 1; month >= 0; month--) {
      for (int point = 1; point <= POINTS; point++) {
        samples.add(samples.sample(point, day(date, point, month)), ACCEPTED);
      }
    }
    Stream<DemoFile> flawed = samples.flaws(date, sent);
    return Stream.concat(flawed, Stream.of(samples.file(1, date, sent, samples.csv)));
  }

  /** New results, and one of the first night's corrected. */
  static Stream<DemoFile> secondNight(
      long seed, Province province, List<Commune> communes, LocalDate date, Instant sent) {
    if (!TWICE.contains(province.code())) {
      return Stream.empty();
    }
    WaterSamples samples = new WaterSamples(seed, province, communes);
    for (int point = 1; point <= POINTS; point++) {
      samples.add(samples.sample(point, date.minusDays(1)), ACCEPTED);
    }
    Sample corrected = samples.sample(1, day(date.minusDays(1), 1, 0)).with(COD, "19.75");
    samples.csv.line(corrected.line(), corrected.fates(DUPLICATE, COD, REPLACING));
    return Stream.of(samples.file(2, date, sent, samples.csv));
  }

  /** Adds flaws to the province's file, or a second file that is one. */
  private Stream<DemoFile> flaws(LocalDate date, Instant sent) {
    Sample other = sample(1, day(date, 1, 0)).ofPoint(province.code() + "M09");
    switch (province.code()) {
      case "37" -> {
        byte[] workbook =
            "PK\3\4\24\0\6\0\b\0\0\0!\0[Content_Types].xml".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(file(date.minusDays(1), sent, workbook, "REC-02"));
      }
      case "38" -> {
        return Stream.of(file(date.minusDays(1), sent, new byte[0], "REC-01"));
      }
      case "96" -> {
        byte[] wrong = "diem;ngay;ket_qua\nM1;3/1/2026;7,1\n".getBytes(StandardCharsets.UTF_8);
        return Stream.of(file(date.minusDays(1), sent, wrong, "REC-07"));
      }
      case "46" -> {
        add(other, ACCEPTED);
        add(other, DUPLICATE);
        Sample third = other.ofPoint("46M08");
        Sample contradicts = third.with(PH, "5.90");
        csv.line(third.line(), third.fates(ACCEPTED, PH, breaks("REC-20")));
        csv.line(contradicts.line(), contradicts.fates(DUPLICATE, PH, breaks("REC-20")));
      }
      case "80" -> add(other.at(other.place().y, other.place().x), breaks("WAT-03"));
      case "82" -> add(other.at(121.47, 14.02), breaks("WAT-02"));
      case "86" -> {
        csv.line(other.with(NH4, "6514").line(), other.fates(ACCEPTED, NH4, breaks("WAT-04")));
        Sample third = other.ofPoint("86M08").with(NH4, "hỏng");
        csv.line(third.line(), third.fates(ACCEPTED, NH4, breaks("REC-11")));
      }
      case "91" -> {
        add(other.on("31/2/2026"), breaks("REC-12"));
        add(other.ofPoint("91M08").on("1/1/2099"), breaks("WAT-01"));
      }
      case "92" -> {
        Sample blank = new Sample(other.point(), other.place(), "", other.date(), blanks());
        csv.line(blank.line(), breaks("REC-19"));
      }
      default -> {}
    }
    return Stream.empty();
  }

  private void add(Sample sample, Fate fate) {
    csv.line(sample.line(), sample.fates(fate));
  }

  private static LocalDate day(LocalDate night, int point, int monthsBefore) {
    return night.minusDays(2 + point).minusMonths(monthsBefore);
  }

  private Sample sample(int point, LocalDate day) {
    Commune commune = communes.get(communes.size() * point / (POINTS + 1));
    SplittableRandom site = random(point, 0);
    SplittableRandom random = random(point, day.toEpochDay());
    double dirt = site.nextDouble(0.5, 1.9) * random.nextDouble(0.8, 1.25);
    double cod = 11 * dirt * random.nextDouble(0.85, 1.2);
    String[] values = {
      Curves.text(random.nextDouble(6.4, 7.9), 2),
      Curves.text(Math.max(1.2, 7.4 - 1.7 * dirt * random.nextDouble(0.7, 1.3)), 2),
      Curves.text(31 - 0.6 * (commune.centre().y - 8.5) + random.nextDouble(-1.5, 1.5), 1),
      Curves.text(cod * 0.45, 1),
      Curves.text(cod, 1),
      Curves.text(cod * 0.38, 2),
      detectable(0.22 * dirt * dirt * random.nextDouble(0.6, 1.5), 3),
      Curves.text(1.4 * dirt * random.nextDouble(0.6, 1.4), 2),
      detectable(0.02 * dirt * random.nextDouble(0.1, 2), 3),
      detectable(0.07 * dirt * random.nextDouble(0.5, 1.6), 3),
      Curves.text(2300 * dirt * random.nextDouble(0.5, 1.9), 0),
      point == 3 ? "" : Curves.text(24 * dirt * random.nextDouble(0.4, 2.2), 0)
    };
    return new Sample(
        province.code() + "M0" + point,
        new Coordinate(commune.centre()),
        point == 2 ? "" : Integer.toString(site.nextInt(1, 400)),
        DAY.format(day),
        values);
  }

  private SplittableRandom random(int point, long day) {
    return new SplittableRandom(
        Curves.mix(seed, FEED.hashCode(), province.code().hashCode(), point, day));
  }

  private static String detectable(double value, int decimals) {
    return value < 0.01 ? "<0.01" : Curves.text(value, decimals);
  }

  private static String[] blanks() {
    String[] blanks = new String[12];
    Arrays.fill(blanks, "");
    return blanks;
  }

  private DemoFile file(LocalDate date, Instant sent, byte[] content, String rule) {
    return new DemoFile(
        province.publisher(), FEED, 1, path(date), sent, content, List.of(breaks(rule)));
  }

  private DemoFile file(int night, LocalDate date, Instant sent, CsvDraft draft) {
    return new DemoFile(
        province.publisher(), FEED, night, path(date), sent, draft.bytes(), draft.fates());
  }

  private String path(LocalDate date) {
    return province.slug()
        + "/mau-nuoc/mau_nuoc_mat_"
        + DateTimeFormatter.BASIC_ISO_DATE.format(date)
        + ".csv";
  }
}
