package vn.tnmt.lakehouse.orchestration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A nation of four provinces that changes every night by chance: boundaries move, communes get
 * another province, units come into force and go out of it, stations move, change their type or
 * province or how often they measure, vanish from the register and come back, measurements and
 * samples come late, are corrected and are sent again, some of them of no value or impossible. The
 * same seed makes the same nights.
 */
final class RandomNation {
  /** What the files are read by; {@code ${exports}} is the folder that they are written to. */
  static final String FEEDS =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: vien-thu, nameVi: Viện Thử nghiệm, nameEn: Institute of Trials, provinceCode: "01"}
      feeds:
        - id: unit
          dataset: admin.unit
          transport: {type: directory, root: "${exports}/unit", pattern: "u_{day:yyyyMMdd}_{name}.geojson", lookbackDays: 60}
          format: {type: geojson}
          gate: {otherwise: off, snapshot: {added: 100%, changed: 100%, removed: 100%}}
          mapping:
            code: code
            level: level
            name: name
            province_code: province_code
            valid_from: valid_from
            valid_to: valid_to
            boundary_kind: {const: generated}
            geometry: $geometry
            xmin: $geometry.xmin
            ymin: $geometry.ymin
            xmax: $geometry.xmax
            ymax: $geometry.ymax
            geohash: $geometry.geohash
        - id: station
          dataset: monitoring.station
          transport: {type: directory, root: "${exports}/station", pattern: "s_{day:yyyyMMdd}_{name}.csv", lookbackDays: 60}
          format: {type: csv}
          gate: {otherwise: off, snapshot: {added: 100%, changed: 100%, removed: 100%}}
          mapping: {station_code: ma, name: ten, province_code: tinh, station_type: loai, lon: x, lat: y, geohash: $geometry.geohash, interval_minutes: chu_ky}
        - id: observation
          dataset: monitoring.observation
          transport: {type: directory, root: "${exports}/observation", pattern: "o_{day:yyyyMMdd}_{name}.csv", lookbackDays: 60}
          format: {type: csv}
          gate: off
          conventions: {timeZone: Asia/Ho_Chi_Minh, dates: ["yyyy-MM-dd HH:mm"]}
          measure: {symbol: ts, value: gt, unit: dv}
          mapping: {station_code: ma, measured_at: luc, observed_on: $row.measured_at, status: tt}
        - id: sample
          dataset: water.sample
          transport: {type: directory, root: "${exports}/sample", pattern: "m_{day:yyyyMMdd}_{name}.csv", lookbackDays: 60}
          format: {type: csv}
          gate: off
          conventions: {dates: [yyyy-MM-dd]}
          melt: {columns: {DO: DO, t: water_temp, BOD5: BOD5, COD: COD, pH: pH, Coliform: Coliform}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
      """;

  private static final List<String> PROVINCES = List.of("01", "04", "08", "11");
  private static final List<String> TYPES =
      List.of("ambient_air", "ambient_air", "ambient_air", "surface_water");
  private static final List<String> DUST = List.of("PM2.5", "PM10");
  private static final List<String> GASES = List.of("O3", "NO2", "SO2", "CO");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final Random random;
  private final Path exports;
  private final Map<String, String[]> stations = new TreeMap<>();
  private final Map<String, String> blocks = new LinkedHashMap<>();
  private final Map<String, String> samples = new LinkedHashMap<>();
  private double splitLon = 106;
  private double splitLat = 21;
  private boolean exchanged;
  private LocalDate turns;
  private int files;

  RandomNation(long seed, Path exports, LocalDate first) {
    this.random = new Random(seed);
    this.exports = exports;
    this.turns = first.plusDays(3);
    for (int i = 1; i <= 7; i++) {
      stations.put("%02dKK%03d".formatted(1, i), station());
    }
  }

  /** Changes something and writes what the publishers send in the night of {@code date}. */
  void night(LocalDate date) {
    if (files == 0 || random.nextInt(3) == 0) {
      splitLon = 105.7 + random.nextInt(7) / 10.0;
      splitLat = 20.7 + random.nextInt(7) / 10.0;
      exchanged = random.nextInt(3) == 0;
      turns = date.plusDays(random.nextInt(5));
      write("unit", "u", date, "geojson", units());
    }
    if (files <= 1 || random.nextInt(2) == 0) {
      String code = "01KK%03d".formatted(1 + random.nextInt(7));
      if (stations.containsKey(code) && random.nextInt(3) == 0) {
        stations.remove(code);
      } else {
        stations.put(code, station());
      }
      write("station", "s", date, "csv", register());
    }
    // One file says a thing once (two words for one key are quarantined); another night may differ.
    Map<String, String> air = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      putOne(air, blocks, () -> block(date));
    }
    write("observation", "o", date, "csv", "ma,luc,ts,gt,dv,tt\n" + String.join("", air.values()));
    Map<String, String> water = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      putOne(water, samples, () -> sample(date));
    }
    write(
        "sample",
        "m",
        date,
        "csv",
        "diem,ngay,x,y,DO,t,BOD5,COD,pH,Coliform\n" + String.join("", water.values()));
  }

  /** Adds what was sent before, word for word (one in five), or something new. */
  private void putOne(
      Map<String, String> file,
      Map<String, String> sent,
      Supplier<Map.Entry<String, String>> something) {
    Map.Entry<String, String> one =
        sent.isEmpty() || random.nextInt(5) != 0
            ? something.get()
            : List.copyOf(sent.entrySet()).get(random.nextInt(sent.size()));
    if (file.putIfAbsent(one.getKey(), one.getValue()) == null) {
      sent.put(one.getKey(), one.getValue());
    }
  }

  private String[] station() {
    return new String[] {
      PROVINCES.get(random.nextInt(4)),
      TYPES.get(random.nextInt(4)),
      degrees(105, 2),
      degrees(20, 2),
      List.of("", "", "30", "60").get(random.nextInt(4))
    };
  }

  private String register() {
    StringBuilder csv = new StringBuilder("ma,ten,tinh,loai,x,y,chu_ky\n");
    stations.forEach(
        (code, s) ->
            csv.append(
                "%s,Trạm %s,%s,%s,%s,%s,%s%n".formatted(code, code, s[0], s[1], s[2], s[3], s[4])));
    return csv.toString();
  }

  /** Some hours of a station's day: new, late or corrected; now and then of none that is known. */
  private Map.Entry<String, String> block(LocalDate date) {
    List<String> known = List.copyOf(stations.keySet());
    String code =
        known.isEmpty() || random.nextInt(10) == 0
            ? "01KK%03d".formatted(1 + random.nextInt(7))
            : known.get(random.nextInt(known.size()));
    LocalDate day = date.minusDays(random.nextInt(6));
    StringBuilder csv = new StringBuilder();
    int first = random.nextInt(6) == 0 ? random.nextInt(12) : 0;
    int level = 5 + random.nextInt(120);
    int gas = random.nextInt(4);
    int every = random.nextInt(3) == 0 ? 30 : 60;
    for (String parameter :
        List.of(
            DUST.get(random.nextInt(2)),
            GASES.get(gas),
            GASES.get((gas + 1 + random.nextInt(3)) % 4))) {
      for (int minute = 60 * first; minute < 24 * 60; minute += every) {
        int fate = random.nextInt(50);
        csv.append(
            "%s,%s %02d:%02d,%s,%d,µg/m³,%s%n"
                .formatted(
                    code,
                    day,
                    minute / 60,
                    minute % 60,
                    parameter,
                    // a mark for no data, what is quarantined as impossible, a value
                    fate == 0 ? -9999 : fate == 1 ? -5 : level + random.nextInt(40),
                    fate == 0 || fate == 2 ? "02" : "00"));
      }
    }
    return Map.entry(code + day, csv.toString());
  }

  private Map.Entry<String, String> sample(LocalDate date) {
    String point = "Đ%d".formatted(1 + random.nextInt(5));
    LocalDate day = date.minusDays(random.nextInt(20));
    String row =
        "%s,%s,%s,%s,%s,%d,%s,%d,%s,%s%n"
            .formatted(
                point,
                day,
                degrees(105, 2),
                degrees(20, 2),
                random.nextInt(4) == 0 ? "" : Integer.toString(2 + random.nextInt(7)),
                20 + random.nextInt(10),
                List.of("", "KPH", "<4", "-5", "3", "9", "27").get(random.nextInt(7)),
                8 + random.nextInt(40),
                random.nextInt(4) == 0 ? "" : "7.%d".formatted(random.nextInt(10)),
                random.nextInt(4) == 0 ? "" : Integer.toString(500 * random.nextInt(30)));
    return Map.entry(point + day, row);
  }

  /**
   * Four provinces around a point that moves; each has two communes, of which two may change sides.
   */
  private String units() {
    List<String> features = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double west = i % 2 == 0 ? 105 : splitLon;
      double east = i % 2 == 0 ? splitLon : 107;
      double south = i < 2 ? 20 : splitLat;
      double north = i < 2 ? splitLat : 22;
      String code = PROVINCES.get(i);
      features.add(feature(code, "province", code, "2025-07-01", "", west, south, east, north));
      double middle = (west + east) / 2;
      for (int c = 0; c < 2; c++) {
        String commune = "%05d".formatted(100 * (i + 1) + c);
        double left = c == 0 ? west : middle;
        double right = c == 0 ? middle : east;
        String owner = exchanged && c == 1 ? PROVINCES.get(i ^ 1) : code;
        features.add(
            feature(
                commune,
                "commune",
                owner,
                "2025-07-01",
                turns.minusDays(1).toString(),
                left,
                south,
                right,
                north));
        // From that day on the commune has another code and lies the other way round.
        features.add(
            feature(
                "%05d".formatted(5000 + 100 * (i + 1) + c),
                "commune",
                owner,
                turns.toString(),
                "",
                c == 0 ? middle : west,
                south,
                c == 0 ? east : middle,
                north));
      }
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",\n", features) + "]}";
  }

  private static String feature(
      String code,
      String level,
      String province,
      String from,
      String to,
      double west,
      double south,
      double east,
      double north) {
    String ring =
        String.format(
            Locale.ROOT,
            "[[%1$f,%2$f],[%3$f,%2$f],[%3$f,%4$f],[%1$f,%4$f],[%1$f,%2$f]]",
            west,
            south,
            east,
            north);
    return """
        {"type":"Feature","properties":{"code":"%s","level":"%s","name":"Đơn vị %s","province_code":"%s",\
        "valid_from":"%s","valid_to":%s},"geometry":{"type":"Polygon","coordinates":[%s]}}\
        """
        .formatted(
            code, level, code, province, from, to.isEmpty() ? "null" : "\"" + to + "\"", ring);
  }

  private String degrees(int from, int width) {
    return String.format(Locale.ROOT, "%.3f", from + width * random.nextDouble());
  }

  private void write(String folder, String prefix, LocalDate date, String ending, String text) {
    try {
      Path file =
          exports
              .resolve(folder)
              .resolve("%s_%s_%d.%s".formatted(prefix, DAY.format(date), files++, ending));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
