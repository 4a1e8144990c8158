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
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;

/**
 * What a portal offers over HTTPS: a CSV a day, semicolons and decimal commas. In the second night
 * it has also corrected the file of the first.
 */
final class PortalSamples {
  static final String PUBLISHER = "cong-nuoc-mat";

  /** What {@link PortalServer} serves, below the exports folder. */
  static final String FOLDER = PUBLISHER;

  private static final int POINTS = 10;
  private static final List<Integer> MEASURED = List.of(0, 1, 3, 4, 5);
  private static final int COD_COLUMN = 3;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");

  private final CsvDraft csv = new CsvDraft("ma_diem;ngay;kinh_do;vi_do;pH;DO;BOD5;COD;N_NH4");

  static Stream<DemoFile> firstNight(
      long seed, List<Commune> communes, LocalDate date, Instant sent) {
    PortalSamples file = new PortalSamples();
    for (int i = 0; i < POINTS; i++) {
      file.add(sample(seed, communes, i, date), ACCEPTED, -1, ACCEPTED);
    }
    LabSample any = sample(seed, communes, 0, date);
    file.add(any.ofPoint("CNM90").with(LabSample.PH, "15"), ACCEPTED, 0, breaks("WAT-04"));
    file.add(any.ofPoint("CNM91").with(LabSample.PH, "7.1?"), ACCEPTED, 0, breaks("REC-11"));
    file.add(any.ofPoint("CNM92").at(121.47, 14.02), breaks("WAT-02"), -1, ACCEPTED);
    return Stream.of(file.finish(1, date, sent));
  }

  static Stream<DemoFile> secondNight(
      long seed, List<Commune> communes, LocalDate date, Instant sent) {
    PortalSamples corrected = new PortalSamples();
    LocalDate before = date.minusDays(1);
    for (int i = 0; i < POINTS; i++) {
      LabSample sample = sample(seed, communes, i, before);
      if (i == 4) {
        corrected.add(sample.with(LabSample.COD, "21.5"), DUPLICATE, COD_COLUMN, REPLACING);
      } else {
        corrected.add(sample, DUPLICATE, -1, DUPLICATE);
      }
    }
    PortalSamples fresh = new PortalSamples();
    for (int i = 0; i < POINTS; i++) {
      fresh.add(sample(seed, communes, i, date), ACCEPTED, -1, ACCEPTED);
    }
    return Stream.of(corrected.finish(2, before, sent), fresh.finish(2, date, sent));
  }

  private static LabSample sample(long seed, List<Commune> communes, int i, LocalDate day) {
    return LabSample.of(seed, "CNM" + (10 + i), communes.get(5 + 9 * i), day);
  }

  private void add(LabSample sample, Fate fate, int column, Fate other) {
    StringBuilder line =
        new StringBuilder(sample.point())
            .append(';')
            .append(DAY.format(sample.day()))
            .append(';')
            .append(comma(Double.toString(sample.place().x)))
            .append(';')
            .append(comma(Double.toString(sample.place().y)));
    MEASURED.forEach(i -> line.append(';').append(comma(sample.values().get(i))));
    csv.line(
        line.toString(),
        LabSample.fates(MEASURED.size(), fate, column, other).toArray(Fate[]::new));
  }

  private static String comma(String number) {
    return number.replace('.', ',');
  }

  private DemoFile finish(int night, LocalDate date, Instant sent) {
    return new DemoFile(
        PUBLISHER,
        WaterSamples.FEED,
        night,
        FOLDER + "/mau/mau_" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + ".csv",
        sent,
        csv.bytes(),
        csv.fates());
  }
}
