package vn.tnmt.lakehouse.orchestration.demo;

import static vn.tnmt.lakehouse.orchestration.demo.Fate.breaks;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The flaws of station files, one publisher after the other: what is wrong, and what must become of
 * it.
 */
final class StationFlaws {
  private static final LocalDateTime FAR_FUTURE = LocalDateTime.of(2099, 1, 1, 0, 5);

  private StationFlaws() {}

  /** Flaws of the files that arrive in the first night. */
  static void firstNight(StationDay day) {
    switch (day.station().code()) {
      case "04KK001" -> day.at("03:10").empty();
      case "12KK001" -> day.at("09:20").garbage(12);
      case "14KK001" -> day.at("10:30").cutOffAt("CO");
      case "15KK001" -> day.add(day.at("11:00").copyNamed(at(day, 0)).notInPattern("ghi chu.txt"));
      case "19KK001" -> {
        day.at("08:00").change("NO2", breaks("REC-11"), r -> r.value("---"));
        day.at("08:05").change("NO2", breaks("REC-11"), r -> r.value("N/A"));
      }
      case "20KK001" ->
          day.between("06:00", "06:15")
              .forEach(f -> f.change("RH", breaks("REC-14"), r -> r.symbol("XYZ_7")));
      case "31KK001" -> {
        day.at("05:00").change("O3", breaks("OBS-01"), r -> r.time(FAR_FUTURE));
        day.add(
            day.at("05:05")
                .copyNamed(FAR_FUTURE)
                .changeAll(r -> r.time(FAR_FUTURE))
                .all(breaks("OBS-01")));
      }
      case "33KK001" -> {
        StationFile file = day.at("07:40");
        file.add(file.reading("PM2,5").value("41.00"), Fate.ACCEPTED)
            .fate("PM2,5", breaks("REC-20"));
        file.add(file.reading("NO2"), Fate.DUPLICATE);
      }
      case "37KK001" ->
          day.add(day.at("02:00").copyNamed(at(day, 2 * 3600 + 67)).all(Fate.DUPLICATE));
      case "38KK001" -> {
        day.add(
            day.at("04:00")
                .copyNamed(at(day, 4 * 3600 + 150))
                .all(Fate.DUPLICATE)
                .change("PM2,5", r -> r.value("33.30"))
                .change("PM10", r -> r.value("55.50")));
        day.at("04:00").fate("PM2,5", Fate.SUPERSEDED).fate("PM10", Fate.SUPERSEDED);
      }
      case "42KK001" -> {
        day.at("01:00").change("SO2", breaks("REC-15"), r -> r.unit("mg/kg"));
        day.at("01:05").change("SO2", breaks("REC-10"), r -> r.value(""));
        day.at("01:10").changeText("SO2", breaks("REC-05"), line -> line + "\t1\t2\t3");
        day.at("01:15")
            .changeText("SO2", breaks("REC-12"), line -> line.replace("011500\t", "279900\t"));
        day.at("01:20").change("SO2", breaks("OBS-04"), r -> r.status("07"));
      }
      case "44KK001" -> {
        day.at("02:30").change("PM10", breaks("OBS-02"), r -> r.value("-12.00"));
        day.at("02:35").change("PM10", r -> r.value("-9999").status("02"));
      }
      case "46KK001" -> day.all().forEach(f -> f.shuffle(46));
      case "51KK001" -> {
        // the logger had no line for an hour, then sent it in one file, last value first
        List<StationFile> hour = day.between("05:05", "06:05");
        StationFile late = hour.get(11).copyNamed(at(day, 6 * 3600 + 450));
        for (int i = 10; i >= 0; i--) {
          late.absorb(hour.get(i));
        }
        day.remove(hour);
        day.add(late);
      }
      case "56KK001" -> day.remove(day.between("14:05", "24:00"));
      default -> {}
    }
  }

  /** What the second night brings of the first day: late, corrected, sent again. */
  static void againInSecondNight(StationDay firstDay) {
    Instant reconnected =
        firstDay.date().plusDays(1).atTime(8, 12).atZone(StationFile.ZONE).toInstant();
    firstDay.all().forEach(f -> f.takenIn(2, reconnected.plusSeconds(f.named().getMinute())));
    switch (firstDay.station().code()) {
      case "56KK001" -> firstDay.remove(firstDay.between("00:00", "14:05"));
      case "79KK001" -> {
        UnaryOperator<Reading> recalibrated =
            r -> r.value(Curves.text(0.8 * Double.parseDouble(r.value()), 3));
        List<StationFile> corrected = firstDay.between("09:05", "11:05");
        corrected.forEach(
            f ->
                f.all(Fate.DUPLICATE)
                    .change("PM2,5", Fate.REPLACING, recalibrated)
                    .change("PM10", Fate.REPLACING, recalibrated));
        firstDay.remove(firstDay.all().stream().filter(f -> !corrected.contains(f)).toList());
      }
      case "80KK001" -> firstDay.all().forEach(f -> f.facility("GUILAI").all(Fate.DUPLICATE));
      case "82KK001" -> firstDay.all().forEach(StationFile::nothingNew);
      default -> firstDay.remove(firstDay.all());
    }
  }

  /** Flaws of the files of the second day. */
  static void secondNight(StationDay day) {
    switch (day.station().code()) {
      case "12KK001" -> day.remove(day.between("05:00", "24:00"));
      default -> {}
    }
  }

  private static LocalDateTime at(StationDay day, long second) {
    return day.date().atStartOfDay().plusSeconds(second);
  }
}
