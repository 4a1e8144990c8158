package vn.tnmt.lakehouse.orchestration.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.demo.Curves.Series;

/**
 * The files of a station for one local day: 288 points in time, 00:05 … 24:00. The last, 00:00 of
 * the next day, belongs to the hour ending then, and so to this day and its night.
 *
 * <p>Devices calibrate their gases at noon, and in the afternoons a few files are missing and a few
 * values carry an error status; mornings are left to {@link StationFlaws}.
 */
final class StationDay {
  private static final Set<String> GASES = Set.of("NO2", "SO2", "CO", "O3");

  private final Station station;
  private final LocalDate date;
  private final Map<LocalDateTime, StationFile> files = new LinkedHashMap<>();
  private final List<StationFile> extra = new ArrayList<>();

  private StationDay(Station station, LocalDate date) {
    this.station = station;
    this.date = date;
  }

  static StationDay of(long seed, Station station, LocalDate date, int night) {
    StationDay day = new StationDay(station, date);
    List<Series> curves = Curves.of(seed, station, date);
    SplittableRandom mishaps =
        new SplittableRandom(
            Curves.mix(seed, station.code().hashCode(), date.toEpochDay(), "mishaps".hashCode()));
    for (int step = 0; step < Curves.STEPS; step++) {
      LocalDateTime time = date.atStartOfDay().plusMinutes(5L * (step + 1));
      boolean afternoon = time.isAfter(date.atTime(12, 30));
      if (afternoon && mishaps.nextInt(400) == 0) {
        continue;
      }
      StationFile file = new StationFile(station, time, night);
      for (Series series : curves) {
        Reading r = new Reading(series.symbol(), series.text(step), series.unit(), time, "00");
        file.add(
            day.calibrates(time, series.symbol())
                ? r.status("01")
                : afternoon && mishaps.nextInt(600) == 0 && station.layout().hasStatus()
                    ? r.value("-9999").status("02")
                    : r,
            Fate.ACCEPTED);
      }
      day.files.put(time, file);
    }
    return day;
  }

  Station station() {
    return station;
  }

  LocalDate date() {
    return date;
  }

  /** The file of a time of the day, {@code 03:10}. */
  StationFile at(String time) {
    return files.get(date.atTime(LocalTime.parse(time)));
  }

  /** The files from a time (included) to another (left out; {@code 24:00} leaves out none). */
  List<StationFile> between(String from, String to) {
    LocalDateTime first = date.atTime(LocalTime.parse(from));
    LocalDateTime end = to.equals("24:00") ? LocalDateTime.MAX : date.atTime(LocalTime.parse(to));
    return files.values().stream()
        .filter(f -> !f.named().isBefore(first) && f.named().isBefore(end))
        .toList();
  }

  List<StationFile> all() {
    return List.copyOf(files.values());
  }

  void remove(List<StationFile> gone) {
    gone.forEach(f -> files.remove(f.named()));
  }

  void add(StationFile file) {
    extra.add(file);
  }

  Stream<DemoFile> files() {
    return Stream.concat(files.values().stream(), extra.stream()).map(StationFile::toFile);
  }

  private boolean calibrates(LocalDateTime time, String symbol) {
    return station.layout().hasStatus()
        && GASES.contains(symbol)
        && !time.isBefore(date.atTime(12, 0))
        && time.isBefore(date.atTime(12, 30));
  }
}
