package vn.tnmt.lakehouse.orchestration.demo;

import static vn.tnmt.lakehouse.orchestration.demo.Fate.ACCEPTED;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.DUPLICATE;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.REPLACING;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.breaks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/** Each province's register of stations, with its flaws. */
final class Registers {
  static final String FEED = "station";
  private static final String HEADER =
      "ma_tram,ten_tram,ma_tinh,loai_tram,kinh_do,vi_do,ngay_bat_dau,ngay_ket_thuc";

  /** As the register's codes have it: 0 waste water … 4 ambient air; 3 would be a stack. */
  private static final int GROUND_WATER = 2;

  private Registers() {}

  /** A register without flaws. */
  static DemoFile clean(Province province, List<Station> stations, LocalDate date, Instant sent) {
    CsvDraft csv = new CsvDraft(HEADER);
    stations.forEach(s -> csv.line(row(s), ACCEPTED));
    return file(province, 1, date, sent, csv.bytes(), csv.fates());
  }

  static Stream<DemoFile> firstNight(
      Province province, List<Station> stations, LocalDate date, Instant sent) {
    CsvDraft csv = new CsvDraft(HEADER);
    stations.forEach(s -> csv.line(row(s), ACCEPTED));
    switch (province.code()) {
      case "11" -> csv.line(row(province, 1, GROUND_WATER, "21.39", "103.02"), breaks("STA-02"));
      case "66" -> {
        CsvDraft other = new CsvDraft("stt,ten,x,y").line("1,Trạm cũ,500123,1402345");
        return Stream.of(
            file(province, 1, date.minusDays(1), sent, other.bytes(), List.of(breaks("REC-07"))),
            file(province, 1, date, sent, csv.bytes(), csv.fates()));
      }
      case "52" -> csv.cutOff("52NN001,Trạm nước ngầm Plei", breaks("REC-04"));
      case "68" -> csv.line(row(province, 1, GROUND_WATER, "98.51", "16.22"), breaks("STA-01"));
      case "75" ->
          csv.line(row(province, 1, GROUND_WATER, "107.03", "11.44"), breaks("REC-20"))
              .line(row(province, 1, GROUND_WATER, "107.04", "11.44"), breaks("REC-20"));
      // stands in Đồng Nai: taken, and told by the comparison with the boundary
      case "79" -> csv.line(row(province, 1, GROUND_WATER, "107.10", "11.50"), ACCEPTED);
      case "91" -> csv.line(row(province, 1, 9, "105.10", "10.18"), breaks("STA-04"));
      case "92" -> csv.line(row(stations.get(0)), DUPLICATE);
      default -> {}
    }
    return Stream.of(file(province, 1, date, sent, csv.bytes(), csv.fates()));
  }

  /** Two provinces send their register again: one mended, one with a station renamed. */
  static Stream<DemoFile> secondNight(
      Province province, List<Station> stations, LocalDate date, Instant sent) {
    CsvDraft csv = new CsvDraft(HEADER);
    switch (province.code()) {
      case "11" -> {
        stations.forEach(s -> csv.line(row(s), DUPLICATE));
        csv.line(row(province, 1, GROUND_WATER, "103.02", "21.39"), ACCEPTED);
      }
      case "24" -> {
        csv.line(row(stations.get(0)).replace("Trạm không khí", "Trạm nền không khí"), REPLACING);
        stations.stream().skip(1).forEach(s -> csv.line(row(s), DUPLICATE));
      }
      default -> {
        return Stream.empty();
      }
    }
    return Stream.of(file(province, 2, date, sent, csv.bytes(), csv.fates()));
  }

  private static DemoFile file(
      Province province, int night, LocalDate date, Instant sent, byte[] bytes, List<Fate> fates) {
    String path =
        province.slug()
            + "/danh-muc-tram/tram_"
            + DateTimeFormatter.BASIC_ISO_DATE.format(date)
            + ".csv";
    return new DemoFile(province.publisher(), FEED, night, path, sent, bytes, fates);
  }

  private static String row(Station s) {
    return String.join(
        ",",
        s.code(),
        s.name(),
        s.province().code(),
        Integer.toString(s.kind().code),
        Double.toString(s.place().x),
        Double.toString(s.place().y),
        "01/07/2025",
        "");
  }

  /** A ground water well without automatic files. */
  private static String row(Province p, int number, int type, String lon, String lat) {
    String code = p.code() + "NN00" + number;
    return String.join(
        ",", code, "Giếng quan trắc " + code, p.code(), "" + type, lon, lat, "15/08/2025", "");
  }
}
