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
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.orchestration.demo.DbfDraft.Field;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;

/**
 * Parcels of two land registration offices: one sends the exchange XML of VBDLIS, the other a
 * zipped Shapefile. Both hold what must not get into the lake, invented owners and addresses.
 */
final class ParcelFiles {
  static final String FEED = "parcel";
  static final String XML_PUBLISHER = "vpdk-lao-cai";
  static final String SHAPE_PUBLISHER = "vpdk-gia-lai";

  /** Stands in every owner's name and address of the files, and nowhere else. */
  static final String OWNER = "Mẫu Thị Chủ Đất";

  /** A number as identity cards have them; no province has code 000. */
  static final String IDENTITY = "000099";

  static final int COUNT = 120;
  private static final List<String> USES = List.of("ONT", "CLN", "LUC", "HNK", "RSX", "NTS");

  /** Of Thông tư 27/2018/TT-BTNMT, no longer in force: told, and accepted. */
  private static final String RETIRED_USE = "LUN";

  /** Commune codes of before 2025-07-01 that are not used any more. */
  private static final String FORMER_COMMUNE = "00001";

  /** Side of a parcel in degrees, about 33 m. */
  private static final double SIDE = 0.0003;

  private ParcelFiles() {}

  /**
   * One parcel as the files have it; texts as they are written.
   *
   * @param number within its sheet
   */
  private record Parcel(String commune, int sheet, String number, String area, String use) {
    static Parcel of(Commune commune, int i) {
      return new Parcel(
          commune.code(),
          1 + i / 40,
          Integer.toString(1 + i % 40),
          Curves.text(80 + 37 * (i % 23) + 0.5 * (i % 7), 1),
          USES.get(i % USES.size()));
    }

    Parcel area(String other) {
      return new Parcel(commune, sheet, number, other, use);
    }

    Parcel use(String other) {
      return new Parcel(commune, sheet, number, area, other);
    }

    Parcel number(String other) {
      return new Parcel(commune, sheet, other, area, use);
    }

    Parcel commune(String other) {
      return new Parcel(other, sheet, number, area, use);
    }

    String xml() {
      return """
            <DC_ThuaDat id="%1$s-%2$d-%3$s">
              <thuaDatId>%1$s-%2$d-%3$s</thuaDatId>
              <maXa>%1$s</maXa>
              <soHieuToBanDo>%2$d</soHieuToBanDo>
              <soThuTuThua>%3$s</soThuTuThua>
              <soHieuToBanDoCu>%4$d</soHieuToBanDoCu>
              <soThuTuThuaCu>%3$s</soThuTuThuaCu>
              <dienTich>%5$s</dienTich>
              <dienTichPhapLy>%5$s</dienTichPhapLy>
              <laDoiTuongChiemDat>false</laDoiTuongChiemDat>
              <diaChi>Nhà bà %7$s, thôn 1</diaChi>
              <DC_MucDichSuDung>
                <soThuTuMucDichSuDung>1</soThuTuMucDichSuDung>
                <maMucDichSuDung>%6$s</maMucDichSuDung>
                <dienTich>%5$s</dienTich>
                <DC_NguonGocDat><nguonGoc>CNQ-CTT</nguonGoc><dienTich>%5$s</dienTich></DC_NguonGocDat>
              </DC_MucDichSuDung>
            </DC_ThuaDat>
          """
          .formatted(commune, sheet, number, 10 + sheet, area, use, OWNER);
    }
  }

  static Stream<DemoFile> xmlFirstNight(List<Commune> communes, LocalDate date, Instant sent) {
    Commune commune = communes.get(2);
    List<Fate> fates = new ArrayList<>();
    StringBuilder xml = new StringBuilder(head());
    for (int i = 0; i < COUNT; i++) {
      xml.append(Parcel.of(commune, i).use(i == 7 ? RETIRED_USE : USES.get(i % USES.size())).xml());
      fates.add(ACCEPTED);
    }
    Parcel any = Parcel.of(commune, 0);
    plant(xml, fates, any, DUPLICATE);
    plant(xml, fates, any.number("901").area("-12.5"), breaks("LND-05"));
    plant(xml, fates, any.number("902").use("ONT+CLN"), breaks("LND-06"));
    plant(xml, fates, any.number("903").area(""), breaks("REC-10"));
    plant(xml, fates, any.number("12a"), breaks("LND-03"));
    plant(xml, fates, any.number("904").commune(FORMER_COMMUNE), breaks("LND-01"));
    plant(xml, fates, any.number("905"), breaks("REC-20"));
    plant(xml, fates, any.number("905").area("999.9"), breaks("REC-20"));
    xml.append(owner(1)).append("</DuLieuDatDai>\n");

    // the export of the day before broke off
    Parcel whole = Parcel.of(commune, COUNT);
    String cutOff = head() + whole.xml() + whole.number("906").xml();
    cutOff = cutOff.substring(0, cutOff.lastIndexOf("<dienTichPhapLy>"));
    return Stream.of(
        xml(1, date.minusDays(1), sent, cutOff, List.of(ACCEPTED, breaks("REC-33"))),
        xml(1, date, sent, xml.toString(), fates));
  }

  /** What was rejected is sent mended; one parcel has been surveyed anew. */
  static DemoFile xmlSecondNight(List<Commune> communes, LocalDate date, Instant sent) {
    Commune commune = communes.get(2);
    List<Fate> fates = new ArrayList<>();
    StringBuilder xml = new StringBuilder(head());
    Parcel any = Parcel.of(commune, 0);
    plant(xml, fates, any.number("901").area("112.5"), ACCEPTED);
    plant(xml, fates, any.number("902").use("ONT"), ACCEPTED);
    plant(xml, fates, Parcel.of(commune, 5).area("301.5"), REPLACING);
    plant(xml, fates, Parcel.of(commune, 9), DUPLICATE);
    return xml(2, date, sent, xml.append("</DuLieuDatDai>\n").toString(), fates);
  }

  private static String head() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DuLieuDatDai>\n" + owner(0);
  }

  /** A land user beside the parcels: the feed does not read these elements. */
  private static String owner(int number) {
    return """
          <DC_CaNhan><hoTen>%s</hoTen><soGiayTo>%s%06d</soGiayTo></DC_CaNhan>
        """
        .formatted(OWNER, IDENTITY, number);
  }

  private static void plant(StringBuilder xml, List<Fate> fates, Parcel parcel, Fate fate) {
    xml.append(parcel.xml());
    fates.add(fate);
  }

  private static DemoFile xml(
      int night, LocalDate date, Instant sent, String text, List<Fate> fates) {
    return file(
        XML_PUBLISHER, night, date, ".xml", sent, text.getBytes(StandardCharsets.UTF_8), fates);
  }

  static DemoFile shapesFirstNight(List<Commune> communes, LocalDate date, Instant sent) {
    Commune commune = communes.get(4);
    ShapeLayer layer = new ShapeLayer(date, commune.centre());
    for (int i = 0; i < COUNT; i++) {
      Parcel parcel = Parcel.of(commune, i);
      layer.add(i == 11 ? parcel.use(RETIRED_USE) : parcel, layer.square(i), ACCEPTED);
    }
    Parcel any = Parcel.of(commune, 0);
    List<Coordinate> square = layer.square(COUNT);
    layer.add(any, layer.square(0), DUPLICATE);
    // crosses itself: mended, told, accepted
    layer.add(any.number("901"), reordered(square, 0, 2, 1, 3, 0), ACCEPTED);
    // all on one line
    layer.add(any.number("902"), reordered(square, 0, 1, 0, 1, 0), breaks("REC-17"));
    // no place on earth has a latitude of 108°
    layer.add(any.number("903"), swapped(square), breaks("REC-26"));
    layer.add(any.number("904").use("XYZ"), square, breaks("LND-06"));
    layer.add(any.number("905").area("0.0"), square, breaks("LND-05"));
    layer.add(any.number("906").commune(FORMER_COMMUNE), square, breaks("LND-01"));
    layer.add(any.number("907"), square, breaks("REC-20"));
    layer.add(any.number("907").area("77.7"), square, breaks("REC-20"));
    return file(
        SHAPE_PUBLISHER,
        1,
        date,
        ".zip",
        sent,
        layer.shapes.zipped("thua_dat", layer.table.bytes()),
        layer.fates);
  }

  private static List<Coordinate> reordered(List<Coordinate> ring, int... order) {
    return Arrays.stream(order).mapToObj(ring::get).toList();
  }

  private static List<Coordinate> swapped(List<Coordinate> ring) {
    return ring.stream().map(at -> new Coordinate(at.y, at.x)).toList();
  }

  private static final class ShapeLayer {
    private static final int COLUMNS = 12;

    private final Coordinate corner;
    private final ShapefileDraft shapes = new ShapefileDraft();
    private final List<Fate> fates = new ArrayList<>();
    private final DbfDraft table;

    ShapeLayer(LocalDate date, Coordinate corner) {
      this.corner = corner;
      this.table =
          new DbfDraft(
              date,
              new Field("MAXA", 'C', 5, 0),
              new Field("TOBANDO", 'N', 4, 0),
              new Field("SOTHUA", 'C', 8, 0),
              new Field("DIENTICH", 'N', 12, 1),
              new Field("DTPHAPLY", 'N', 12, 1),
              new Field("LOAIDAT", 'C', 10, 0),
              new Field("NGAYHL", 'D', 8, 0),
              new Field("TENCHU", 'C', 60, 0),
              new Field("SOGIAYTO", 'C', 12, 0));
    }

    /** Clockwise, as outer rings of Shapefiles are. */
    List<Coordinate> square(int i) {
      double x = corner.x + SIDE * (i % COLUMNS);
      int row = i / COLUMNS;
      double y = corner.y + SIDE * row;
      return List.of(
          new Coordinate(x, y),
          new Coordinate(x, y + SIDE),
          new Coordinate(x + SIDE, y + SIDE),
          new Coordinate(x + SIDE, y),
          new Coordinate(x, y));
    }

    void add(Parcel parcel, List<Coordinate> ring, Fate fate) {
      shapes.polygon(ring);
      table.record(
          false,
          Stream.of(
                  parcel.commune(),
                  Integer.toString(parcel.sheet()),
                  parcel.number(),
                  parcel.area(),
                  parcel.area(),
                  parcel.use(),
                  "20250701",
                  OWNER,
                  IDENTITY + "%06d".formatted(fates.size()))
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toList());
      fates.add(fate);
    }
  }

  private static DemoFile file(
      String publisher,
      int night,
      LocalDate date,
      String ending,
      Instant sent,
      byte[] bytes,
      List<Fate> fates) {
    return new DemoFile(
        publisher,
        FEED,
        night,
        publisher + "/thua-dat/thua_dat_" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + ending,
        sent,
        bytes,
        List.copyOf(fates));
  }
}
