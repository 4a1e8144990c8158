package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;

class WkbGeometryTest {
  /** Of PostGIS: {@code select 'SRID=4326;POINT(105.5 21.25)'::geometry}. */
  private static final String POINT = "0101000020E61000000000000000605A400000000000403540";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POINT(105.5 21.25)",
        "LINESTRING(1 2, 3 4, 5 6)",
        "POLYGON((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 0.5, 2 1, 1 0.5))",
        "MULTIPOINT((1 2), (3 4))",
        "MULTILINESTRING((1 2, 3 4), (5 6, 7 8))",
        "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        "GEOMETRYCOLLECTION(POINT(1 2), GEOMETRYCOLLECTION(LINESTRING(1 2, 3 4)))",
        "POINT EMPTY",
        "POLYGON EMPTY",
        "MULTIPOLYGON EMPTY"
      })
  void everyKindIsReadInEitherByteOrderWithAndWithoutSrid(String wkt) throws ParseException {
    Geometry geometry = new WKTReader().read(wkt);
    geometry.setSRID(4326);
    for (int order = 1; order <= 2; order++) {
      for (boolean srid : new boolean[] {false, true}) {
        String hex = WKBWriter.toHex(new WKBWriter(2, order, srid).write(geometry));
        assertThat(WkbGeometry.looksLike(hex)).isTrue();
        WkbGeometry read = WkbGeometry.parse(hex);
        assertThat(read.problem()).isEmpty();
        assertThat(read.geometry().toText()).isEqualTo(geometry.toText());
        assertThat(read.geometry().getSRID()).isEqualTo(4326);
      }
    }
  }

  /** The hexadecimal is PostGIS's: {@code st_asewkb}, {@code st_asbinary} of WKT. */
  @ParameterizedTest
  @CsvSource({
    // POINT Z (1 2 3) as EWKB and as WKB, POINT M (1 2 3), POINT ZM (1 2 3 4)
    "0101000080000000000000F03F00000000000000400000000000000840",
    "01E9030000000000000000F03F00000000000000400000000000000840",
    "01D1070000000000000000F03F00000000000000400000000000000840",
    "01B90B0000000000000000F03F000000000000004000000000000008400000000000001040"
  })
  void heightsAndMeasuresAreLeftOut(String hex) {
    assertThat(WkbGeometry.parse(hex).geometry().toText()).isEqualTo("POINT (1 2)");
    assertThat(WkbGeometry.parse(hex).geometry().getCoordinate().getZ()).isNaN();
  }

  @Test
  void anotherReferenceSystemIsNamed() {
    assertThat(WkbGeometry.parse(POINT).problem()).isEmpty();
    // 3405 = 0x0D4D
    WkbGeometry vn2000 = WkbGeometry.parse(POINT.replace("E6100000", "4D0D0000"));
    assertThat(vn2000).isEqualTo(new WkbGeometry(null, "SRID 3405"));
  }

  @Test
  void aRingThatIsOpenIsClosedAndTold() {
    // POLYGON((0 0, 1 0, 1 1)) with its ring left open
    String one = "000000000000F03F";
    String zero = "0000000000000000";
    WkbGeometry read =
        WkbGeometry.parse("01030000000100000003000000" + zero + zero + one + zero + one + one);
    assertThat(read.problem()).isEqualTo(GeometryWords.RING_NOT_CLOSED);
    assertThat(read.geometry().toText()).isEqualTo("POLYGON ((0 0, 1 0, 1 1, 0 0))");
  }

  @ParameterizedTest
  @CsvSource({
    "0101000020E6100000,cut off",
    "01010000,cut off",
    "0102000000FFFFFF7F,cut off",
    "0102000000FFFFFFFF,cut off",
    "0107000000FFFFFF0F,cut off",
    "010200000001000000000000000000F03F0000000000000040,a line of fewer than 2 positions",
    "0101000000000000000000F07F0000000000000040,a position that is not two numbers",
    "0108000000,unknown type '8'",
    "01E80F0000,unknown type '4072'",
    "0103,cut off",
    "01,cut off",
    "0,not hexadecimal",
    "FFFE,byte order -1",
    "0101zz0000,not hexadecimal",
    "01010,not hexadecimal",
    "0101000000000000000000F03F000000000000004000,bytes behind the geometry",
    "010400000001000000010200000000000000,a member of type 2 ≠ 1"
  })
  void whatIsNoneSaysWhy(String hex, String problem) {
    WkbGeometry read = WkbGeometry.parse(hex);
    assertThat(read.geometry() == null).isTrue();
    assertThat(read.problem()).as("Vietnamese first").endsWith(" / " + problem);
  }

  @Test
  void nestingIsBounded() {
    assertThat(WkbGeometry.parse("010700000001000000".repeat(100_000)).problem())
        .isEqualTo("lồng quá sâu / nested too deep");
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      for (int at = 0; at + 5 <= bytes.length && random.nextInt(4) > 0; at += 5 + 8) {
        bytes[at] = (byte) random.nextInt(2);
        for (int j = 1; j < 5; j++) {
          bytes[at + j] = 0;
        }
        bytes[at + (bytes[at] == 1 ? 1 : 4)] = (byte) random.nextInt(9);
      }
      WkbGeometry read = WkbGeometry.parse(WKBWriter.toHex(bytes));
      assertThat(read.geometry() == null)
          .isEqualTo(
              !read.problem().isEmpty() && !read.problem().equals(GeometryWords.RING_NOT_CLOSED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"Point\"}", "", "105.5 21.25", " 0101", "null", "POINT(1 2)"})
  void otherTextsDoNotLookLikeIt(String text) {
    assertThat(WkbGeometry.looksLike(text)).isFalse();
  }
}
