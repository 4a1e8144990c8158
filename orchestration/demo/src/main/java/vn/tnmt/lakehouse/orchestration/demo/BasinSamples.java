package vn.tnmt.lakehouse.orchestration.demo;

import static vn.tnmt.lakehouse.orchestration.demo.Fate.ACCEPTED;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.DUPLICATE;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.REPLACING;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.breaks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;

/**
 * What a monitoring centre's office sends: a spreadsheet typed with an ABC font, so that every
 * Vietnamese letter of it, column names included, is TCVN3. A title above the header, true dates
 * and numbers in the cells, a footnote below.
 */
final class BasinSamples {
  static final String PUBLISHER = "tt-quan-trac-luu-vuc";
  private static final int POINTS = 12;

  /** Behind place and day the parameters, in the order of {@link LabSample}. */
  private static final List<String> HEADER =
      List.of(
          "STT",
          "Điểm lấy mẫu",
          "Kinh độ",
          "Vĩ độ",
          "Ngày lấy mẫu",
          "pH",
          "Ôxy hòa tan (mg/l)",
          "Nhiệt độ",
          "BOD5 (mg/l)",
          "COD (mg/l)",
          "Amoni theo N (mg/l)",
          "Chất rắn lơ lửng (mg/l)");

  private final XlsxDraft sheet = new XlsxDraft(OldLetters.tcvn3("Kết quả"));
  private final List<Fate> fates = new ArrayList<>();
  private int number;

  private BasinSamples(LocalDate date) {
    sheet
        .row(OldLetters.tcvn3("Trung tâm Quan trắc môi trường lưu vực sông"))
        .row(
            OldLetters.tcvn3(
                "Kết quả phân tích mẫu nước mặt tháng %d năm %d"
                    .formatted(date.getMonthValue(), date.getYear())))
        .row()
        .row(HEADER.stream().map(OldLetters::tcvn3).toArray());
  }

  static DemoFile firstNight(long seed, List<Commune> communes, LocalDate date, Instant sent) {
    BasinSamples file = new BasinSamples(date);
    for (int month = 1; month >= 0; month--) {
      for (int i = 0; i < POINTS; i++) {
        file.add(sample(seed, communes, i, day(date, month)), ACCEPTED);
      }
    }
    LabSample any = sample(seed, communes, 0, day(date, 0));
    file.add(any, DUPLICATE);
    file.add(any.ofPoint("Trạm bơm 1").with(LabSample.PH, "71"), LabSample.PH, breaks("WAT-04"));
    file.add(any.ofPoint("Trạm bơm 2").with(LabSample.DO, "hỏng"), LabSample.DO, breaks("REC-11"));
    file.add(any.ofPoint("Trạm bơm 3").at(any.place().y, any.place().x), breaks("WAT-03"));
    file.add(any.ofPoint("Trạm bơm 4"), "31/2/2026", breaks("REC-12"));
    return file.finish(1, date, sent);
  }

  /** One value of the first night corrected. */
  static DemoFile secondNight(long seed, List<Commune> communes, LocalDate date, Instant sent) {
    BasinSamples file = new BasinSamples(date);
    LabSample corrected =
        sample(seed, communes, 3, day(date.minusDays(1), 0)).with(LabSample.COD, "19.75");
    file.row(corrected, corrected.day(), DUPLICATE, LabSample.COD, REPLACING);
    return file.finish(2, date, sent);
  }

  private static LabSample sample(long seed, List<Commune> communes, int i, LocalDate day) {
    Commune commune = communes.get(10 + 7 * i);
    return LabSample.of(seed, "Sông qua " + commune.fullName(), commune, day);
  }

  private static LocalDate day(LocalDate date, int monthsBefore) {
    return date.minusDays(5).minusMonths(monthsBefore);
  }

  private void add(LabSample sample, Fate fate) {
    row(sample, sample.day(), fate, -1, fate);
  }

  private void add(LabSample sample, int parameter, Fate other) {
    row(sample, sample.day(), ACCEPTED, parameter, other);
  }

  private void add(LabSample sample, String day, Fate fate) {
    row(sample, day, fate, -1, fate);
  }

  private void row(LabSample sample, Object day, Fate fate, int parameter, Fate other) {
    List<Object> cells = new ArrayList<>();
    cells.add(++number);
    cells.add(OldLetters.tcvn3(sample.point()));
    cells.add(sample.place().x);
    cells.add(sample.place().y);
    cells.add(day);
    sample.values().forEach(value -> cells.add(cell(value)));
    sheet.row(cells.toArray());
    fates.addAll(LabSample.fates(sample.values().size(), fate, parameter, other));
  }

  private static Object cell(String value) {
    return Character.isDigit(value.charAt(0)) ? new BigDecimal(value) : OldLetters.tcvn3(value);
  }

  private DemoFile finish(int night, LocalDate date, Instant sent) {
    sheet.row().row(OldLetters.tcvn3("(*) KPH: không phát hiện"));
    return new DemoFile(
        PUBLISHER,
        WaterSamples.FEED,
        night,
        PUBLISHER + "/ket-qua/ket_qua_" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + ".xlsx",
        sent,
        sheet.bytes(),
        List.copyOf(fates));
  }
}
