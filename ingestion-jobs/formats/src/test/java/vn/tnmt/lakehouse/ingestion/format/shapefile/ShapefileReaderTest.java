package vn.tnmt.lakehouse.ingestion.format.shapefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.CONVENTIONS;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.told;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.utf8;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKTReader;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/** Shapefiles by pyshp, and .shp files whose lengths, counts and numbers lie. */
class ShapefileReaderTest {
  private static final KnownColumns COLUMNS =
      new KnownColumns(Set.of(), Set.of("MA", "TEN", "DT"), Set.of());
  private static final String WGS84 = "GEOGCS[\"GCS_WGS_1984\",DATUM[]]";

  private static List<RawRecord> shapefile(String layer, String crs, byte[] bytes) {
    return read(
        reader(new Shapefile(layer, crs, FileLimits.USUAL), COLUMNS, CONVENTIONS, false), bytes);
  }

  private static Geometry geometry(RawRecord record) {
    try {
      return new WKBReader().read(WKBReader.hexToBytes(record.cells().get("$geometry")));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean same(RawRecord record, String wkt) {
    try {
      return geometry(record).equalsExact(new WKTReader().read(wkt));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A .shp without a table. */
  private static List<RawRecord> shp(byte[] shp) {
    return shapefile("", "EPSG:4326", zip(Map.of("a.shp", shp)));
  }

  private static byte[] shp(int type, byte[]... contents) {
    int size = 100 + Arrays.stream(contents).mapToInt(c -> 8 + c.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.putInt(9994).putInt(24, size / 2);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(28, 1000).putInt(32, type);
    bytes.order(ByteOrder.BIG_ENDIAN).position(100);
    for (int i = 0; i < contents.length; i++) {
      bytes.putInt(i + 1).putInt(contents[i].length / 2).put(contents[i]);
    }
    return bytes.array();
  }

  private static byte[] polygon(int[] parts, double... positions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(44 + 4 * parts.length + 8 * positions.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(5).position(36);
    bytes.putInt(parts.length).putInt(positions.length / 2);
    for (int part : parts) {
      bytes.putInt(part);
    }
    for (double position : positions) {
      bytes.putDouble(position);
    }
    return bytes.array();
  }

  private static byte[] square(double x) {
    return polygon(new int[] {0}, x, 20, x, 21, x + 1, 21, x + 1, 20, x, 20);
  }

  @Test
  void readsPolygonsWithHolesAndParts() {
    List<RawRecord> records = shapefile("", "", file("thua.zip"));
    // pyshp writes asterisks for a number that is None.
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 REC-31", "4 ok");
    assertThat(records.get(0).cells())
        .containsEntry("MA", "T1")
        .containsEntry("TEN", "Hồ Tây")
        .containsEntry("DT", "1.50");
    assertThat(same(records.get(0), "POLYGON((105 20,105 21,106 21,106 20,105 20))")).isTrue();
    String holed =
        "((105 20,105 21,106 21,106 20,105 20),(105.2 20.2,105.4 20.2,105.4 20.4,105.2 20.4,105.2 20.2))";
    assertThat(same(records.get(1), "POLYGON" + holed)).isTrue();
    assertThat(
            same(
                records.get(2),
                "MULTIPOLYGON(" + holed + ",((107 20,107 21,108 21,108 20,107 20)))"))
        .isTrue();
    assertThat(records.get(2).cells()).containsEntry("DT", "");
    assertThat(records.get(3).cells()).containsEntry("MA", "T4").doesNotContainKey("$geometry");
  }

  @Test
  void readsLayersOfEveryKindAndTellsTheirSystems() {
    List<RawRecord> records = shapefile("*", "", file("lop.zip"));
    assertThat(records)
        .extracting(r -> r.part() + "." + r.line() + " " + r.cells().get("$layer") + told(r))
        .containsExactly(
            "0.1 diem[]",
            "1.1 tuyen[REC-32 VN_2000_UTM_Zone_48N]",
            "1.2 tuyen[REC-32 VN_2000_UTM_Zone_48N]",
            "2.1 nhieu[]");
    assertThat(geometry(records.get(0)).getCoordinate().getZ()).isEqualTo(12.5);
    assertThat(geometry(records.get(0)).getCoordinate().getM()).isEqualTo(3);
    assertThat(same(records.get(1), "LINESTRING(105 20,106 21)")).isTrue();
    assertThat(same(records.get(2), "MULTILINESTRING((105 20,106 21),(107 20,108 21,109 20))"))
        .isTrue();
    assertThat(same(records.get(3), "MULTIPOINT((105 20),(106 21))")).isTrue();
    assertThat(verdicts(shapefile("", "", file("lop.zip")))).containsExactly("0 REC-29");
    assertThat(shapefile("tuyen", "EPSG:4326", file("lop.zip"))).hasSize(2);
    assertThat(told(shapefile("tuyen", "EPSG:3405", file("lop.zip")).get(0)))
        .containsExactly("REC-32 EPSG:3405");
  }

  @Test
  void namesOfSystemsAreRead() {
    assertThat(Crs.ofPrj("GEOGCS[\"WGS 84\",DATUM[\"x\"]]").accepted()).isTrue();
    assertThat(Crs.ofPrj("GEOGCRS[\"WGS 84\",ENSEMBLE[]]").accepted()).isTrue();
    assertThat(Crs.ofPrj("PROJCS[\"WGS_1984\",GEOGCS[\"GCS_WGS_1984\"]]").accepted()).isFalse();
    assertThat(Crs.ofPrj("GEOGCS[\"VN-2000\"]")).isEqualTo(new Crs("VN-2000", false));
    assertThat(Crs.ofPrj("+proj=longlat")).isEqualTo(new Crs("+proj=longlat", false));
    assertThat(Crs.ofPrj("")).isEqualTo(new Crs("", true));
  }

  @Test
  void ringsInWhateverOrderFindTheirShells() {
    double[] hole = {1, 1, 2, 1, 2, 2, 1, 2, 1, 1};
    double[] shell = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
    double[] island = {1.2, 1.2, 1.2, 1.8, 1.8, 1.8, 1.8, 1.2, 1.2, 1.2};
    double[] lake = {1.4, 1.4, 1.6, 1.4, 1.6, 1.6, 1.4, 1.6, 1.4, 1.4};
    double[] outside = {20, 20, 21, 20, 21, 21, 20, 21, 20, 20};
    byte[] shape = polygon(new int[] {0, 5, 10, 15, 20}, join(lake, hole, shell, outside, island));
    assertThat(
            same(
                shp(shp(5, shape)).get(0),
                "MULTIPOLYGON(((0 0,0 10,10 10,10 0,0 0),(1 1,2 1,2 2,1 2,1 1)),"
                    + "((20 20,21 20,21 21,20 21,20 20)),"
                    + "((1.2 1.2,1.2 1.8,1.8 1.8,1.8 1.2,1.2 1.2),(1.4 1.4,1.6 1.4,1.6 1.6,1.4 1.6,1.4 1.4)))"))
        .isTrue();
    // All run the wrong way: each is a polygon.
    byte[] wrong = polygon(new int[] {0, 5}, join(hole, outside));
    assertThat(geometry(shp(shp(5, wrong)).get(0)).getNumGeometries()).isEqualTo(2);
  }

  @Test
  void ringsThatRunTheWrongWayAreHolesByWhereTheyLie() {
    double[] shell = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
    double[] hole = {1, 1, 2, 1, 2, 2, 1, 2, 1, 1};
    double[] island = {1.2, 1.2, 1.2, 1.8, 1.8, 1.8, 1.8, 1.2, 1.2, 1.2};
    for (double[][] rings :
        new double[][][] {
          {shell, reversed(hole)}, {reversed(shell), hole}, {reversed(hole), reversed(shell)}
        }) {
      RawRecord record = shp(shp(5, polygon(new int[] {0, 5}, join(rings)))).get(0);
      assertThat(told(record))
          .contains("REC-16 vòng chạy sai chiều / rings run in the wrong direction");
      assertThat(geometry(record).getNumGeometries()).isEqualTo(1);
      assertThat(geometry(record).isValid()).isTrue();
      assertThat(geometry(record).getArea()).isCloseTo(99, within(1e-9));
    }
    double[][] turned = {reversed(island), reversed(shell), reversed(hole)};
    Geometry three = geometry(shp(shp(5, polygon(new int[] {0, 5, 10}, join(turned)))).get(0));
    assertThat(three.getArea()).isCloseTo(99.36, within(1e-9));
    // Rings that cross are left to those who repair geometries.
    double[] across = {1, 1, 1, 12, 2, 12, 2, 9, 12, 9, 12, 1, 1, 1};
    double[] wide = {0, 0, 0, 13, 13, 13, 13, 10, 3, 10, 3, 2, 13, 2, 13, 0, 0, 0};
    RawRecord crossing = shp(shp(5, polygon(new int[] {0, 9}, join(wide, across)))).get(0);
    assertThat(told(crossing)).noneMatch(told -> told.startsWith("REC-16"));
    assertThat(geometry(crossing).getNumGeometries()).isEqualTo(2);
  }

  private static double[] reversed(double[] ring) {
    double[] reversed = new double[ring.length];
    for (int i = 0; i < ring.length; i += 2) {
      reversed[i] = ring[ring.length - 2 - i];
      reversed[i + 1] = ring[ring.length - 1 - i];
    }
    return reversed;
  }

  private static double[] join(double[]... arrays) {
    return Arrays.stream(arrays).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void aRingThatIsNotClosedIsMended() {
    List<RawRecord> records =
        shp(shp(5, polygon(new int[] {0}, 105, 20, 105, 21, 106, 21, 106, 20)));
    assertThat(told(records.get(0))).contains("REC-16 vòng chưa khép kín / ring not closed");
    assertThat(same(records.get(0), "POLYGON((105 20,105 21,106 21,106 20,105 20))")).isTrue();
  }

  @Test
  void oneBadShapeCostsOneRecord() {
    byte[] nan = square(105);
    ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putDouble(56, Double.NaN);
    byte[] infinite = square(105);
    ByteBuffer.wrap(infinite)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putDouble(48, Double.NEGATIVE_INFINITY);
    byte[] parts = polygon(new int[] {0, 9}, 105, 20, 105, 21, 106, 21, 106, 20, 105, 20);
    byte[] negative = polygon(new int[] {-4}, 105, 20, 105, 21, 106, 21, 105, 20);
    byte[] counts = square(105);
    ByteBuffer.wrap(counts).order(ByteOrder.LITTLE_ENDIAN).putInt(40, Integer.MAX_VALUE);
    byte[] below = square(105);
    ByteBuffer.wrap(below).order(ByteOrder.LITTLE_ENDIAN).putInt(36, -1);
    byte[] none = polygon(new int[0]);
    byte[] two = polygon(new int[] {0}, 105, 20, 105, 21);
    List<RawRecord> records =
        shp(
            shp(
                5,
                square(104),
                nan,
                infinite,
                parts,
                negative,
                counts,
                below,
                none,
                two,
                square(107)));
    assertThat(verdicts(records))
        .containsExactly(
            "1 REC-22",
            "2 REC-17",
            "3 REC-17",
            "4 REC-17",
            "5 REC-17",
            "6 REC-17",
            "7 REC-17",
            "8 REC-17",
            "9 REC-17",
            "10 ok");
    assertThat(told(records.get(3))).containsExactly("REC-17 phần / part 1: điểm / point 9 > 5");
    assertThat(same(records.get(9), "POLYGON((107 20,107 21,108 21,108 20,107 20))")).isTrue();
  }

  @Test
  void lengthsThatLieCostNothingOrOneRecord() {
    for (int lie : new int[] {2, 10, 62, 66, 70, 200, 1000, Integer.MAX_VALUE, -1, 0}) {
      byte[] shp = shp(5, square(104), square(105), square(106), square(107));
      int second = 100 + 136 + 0;
      ByteBuffer.wrap(shp).putInt(second + 4, lie);
      List<RawRecord> records = shp(shp);
      assertThat(records).as("length %d", lie).hasSize(4);
      for (int i : new int[] {0, 2, 3}) {
        assertThat(records.get(i).line()).isEqualTo(i + 1);
        assertThat(geometry(records.get(i)).getCoordinate().x).isEqualTo(104 + i);
      }
    }
  }

  @Test
  void aRecordHeaderOfNoiseCostsOneRecord() {
    byte[] shp = shp(5, square(104), square(105), square(106));
    Arrays.fill(shp, 236, 260, (byte) 0x7B);
    List<RawRecord> records = shp(shp);
    assertThat(verdicts(records)).containsExactly("1 REC-22", "2 REC-17", "3 ok");
  }

  @Test
  void aShpThatIsCutOffKeepsTheShapesBefore() {
    byte[] shp = shp(5, square(104), square(105), square(106));
    for (int cut : new int[] {1, 20, 100, 130, 135}) {
      assertThat(verdicts(shp(Arrays.copyOf(shp, shp.length - cut))))
          .containsExactly("1 REC-22", "2 ok", "3 REC-04");
    }
    assertThat(verdicts(shp(Arrays.copyOf(shp, shp.length - 136))))
        .containsExactly("1 REC-22", "2 ok");
  }

  @Test
  void fewerOrMoreAttributesThanShapes() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("a.shp", shp(5, square(104), square(105)));
    parts.put("a.prj", utf8(WGS84));
    for (int rows : new int[] {1, 2, 3}) {
      parts.put("a.dbf", dbf(rows));
      assertThat(verdicts(shapefile("", "", zip(parts))))
          .containsExactlyElementsOf(
              List.of(
                      List.of("1 ok", "2 REC-29"),
                      List.of("1 ok", "2 ok"),
                      List.of("1 ok", "2 ok", "3 REC-17"))
                  .get(rows - 1));
    }
    byte[] deleted = dbf(2);
    deleted[65] = '*';
    parts.put("a.dbf", deleted);
    assertThat(shapefile("", "", zip(parts)))
        .extracting(record -> record.line() + " " + told(record))
        .containsExactly("2 [REC-31 bản ghi đã xóa / deleted records: 1]");
  }

  private static byte[] dbf(int rows) {
    ByteBuffer bytes = ByteBuffer.allocate(65 + 7 * rows).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 3).putInt(4, rows).putShort(8, (short) 65).putShort(10, (short) 7);
    bytes.position(32);
    bytes.put(utf8("MA")).position(43);
    bytes.put((byte) 'C').put(48, (byte) 6).put(64, (byte) 0x0D).position(65);
    for (int i = 0; i < rows; i++) {
      bytes.put(utf8(" row" + i + "  "));
    }
    return bytes.array();
  }

  @Test
  void namesInOldCodePagesAndFoldersDoNotMatter() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    String folder = "Th\u00f6a \u00ae\u00ca\u00b8t/";
    parts.put(folder + "THUA.SHP", shp(5, square(104)));
    parts.put(folder + "thua.DBF", dbf(1));
    parts.put("__MACOSX/._thua.shp", new byte[10]);
    List<RawRecord> records = shapefile("", "EPSG:4326", zip(parts));
    assertThat(verdicts(records)).containsExactly("1 ok");
    assertThat(records.get(0).cells()).containsEntry("MA", "row0").containsKey("$geometry");
  }

  @Test
  void otherTypes() {
    ByteBuffer patch =
        ByteBuffer.allocate(44 + 8 + 16 * 3 + 16 + 24).order(ByteOrder.LITTLE_ENDIAN);
    patch.putInt(31).putInt(36, 1).putInt(40, 3);
    assertThat(told(shp(shp(31, patch.array())).get(0))).contains("REC-17 MultiPatch");
    ByteBuffer measured = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    measured.putInt(21).putDouble(105).putDouble(21).putDouble(-1e39);
    assertThat(same(shp(shp(21, measured.array())).get(0), "POINT(105 21)")).isTrue();
    measured.putDouble(20, 7);
    assertThat(geometry(shp(shp(21, measured.array())).get(0)).getCoordinate().getM()).isEqualTo(7);
  }

  @Test
  void whatIsNoShapefileIsToldAtOnce() {
    assertThat(verdicts(shapefile("", "", utf8("not a zip")))).containsExactly("0 REC-29");
    assertThat(verdicts(shapefile("", "", zip(Map.of("a.dbf", new byte[9])))))
        .containsExactly("0 REC-29");
    assertThat(verdicts(shp(new byte[10]))).containsExactly("1 REC-29");
  }
}
