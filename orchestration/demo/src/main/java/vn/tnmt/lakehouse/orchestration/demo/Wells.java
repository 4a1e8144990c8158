package vn.tnmt.lakehouse.orchestration.demo;

import static vn.tnmt.lakehouse.orchestration.demo.Fate.ACCEPTED;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.DUPLICATE;
import static vn.tnmt.lakehouse.orchestration.demo.Fate.breaks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.orchestration.demo.DbfDraft.Field;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;

/**
 * A register of monitoring wells out of a program of the nineties: DBF in VNI-Windows, provinces by
 * name, some of them the names from before 2025-07-01.
 */
final class Wells {
  static final String PUBLISHER = "tt-ky-thuat-gia-lai";

  /** Wells without flaws. */
  static final int COUNT = 30;

  private static final int STEP = 3;

  private final DbfDraft table;
  private final List<Fate> fates = new ArrayList<>();

  private Wells(LocalDate date) {
    table =
        new DbfDraft(
            date,
            new Field("MA_GIENG", 'C', 12, 0),
            new Field("TEN_GIENG", 'C', 60, 0),
            new Field("TINH", 'C', 30, 0),
            new Field("LOAI", 'N', 1, 0),
            new Field("KINH_DO", 'N', 11, 5),
            new Field("VI_DO", 'N', 10, 5),
            new Field("NGAY_BD", 'D', 8, 0));
  }

  /**
   * @param communes of Gia Lai, which Bình Định has been a part of since 2025-07-01
   */
  static DemoFile firstNight(List<Commune> communes, LocalDate date, Instant sent) {
    Wells wells = new Wells(date);
    for (int i = 0; i < COUNT; i++) {
      String province = i % STEP == 0 ? "Tỉnh Bình Định" : "Gia Lai";
      wells.add(i + 1, communes.get(STEP * i), province, 2, ACCEPTED);
    }
    Commune any = communes.get(1);
    wells.add(1, communes.get(0), "Tỉnh Bình Định", 2, DUPLICATE);
    wells.add(90, any, "Gia Lai", 9, breaks("STA-04"));
    wells.add(91, any, "Gia Lại Mới", 2, breaks("REC-44"));
    wells.well(92, any.fullName(), "Gia Lai", 2, "98.51000", "16.22000", false);
    wells.fates.add(breaks("STA-01"));
    // marked as deleted: no record at all
    wells.well(93, any.fullName(), "Gia Lai", 2, "108.00000", "13.98000", true);
    return new DemoFile(
        PUBLISHER,
        Registers.FEED,
        1,
        PUBLISHER + "/gieng/gieng_" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + ".dbf",
        sent,
        wells.table.bytes(),
        List.copyOf(wells.fates));
  }

  private void add(int number, Commune commune, String province, int type, Fate fate) {
    well(
        number,
        commune.fullName(),
        province,
        type,
        Curves.text(commune.centre().x, 5),
        Curves.text(commune.centre().y, 5),
        false);
    fates.add(fate);
  }

  private void well(
      int number,
      String place,
      String province,
      int type,
      String lon,
      String lat,
      boolean deleted) {
    table.record(
        deleted,
        List.of(
            ascii("52GN" + (1000 + number)),
            OldLetters.vni("Giếng quan trắc " + place),
            OldLetters.vni(province),
            ascii(Integer.toString(type)),
            ascii(lon),
            ascii(lat),
            ascii("20190815")));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
