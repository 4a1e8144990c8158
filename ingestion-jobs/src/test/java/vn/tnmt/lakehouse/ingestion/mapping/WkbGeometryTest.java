package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class WkbGeometryTest {
  private static Geometry wkt(String text) throws ParseException {
    return new WKTReader().read(text);
  }

  /** Bytes as PostGIS writes them: select encode(ST_AsBinary(…), 'hex'), and ST_AsEWKB. */
  @Test
  void readsIsoAndExtendedWkb() throws ParseException {
    assertThat(WkbGeometry.parse("0101000000000000000000F03F0000000000000040").geometry().toText())
        .isEqualTo("POINT (1 2)");
    assertThat(
            WkbGeometry.parse("0101000020E6100000000000000000F03F0000000000000040")
                .geometry()
                .equalsExact(wkt("POINT(1 2)")))
        .isTrue();
    assertThat(
            WkbGeometry.parse("01E9030000000000000000F03F00000000000000400000000000000840")
                .geometry()
                .getCoordinate()
                .getZ())
        .isEqualTo(3);
    assertThat(WkbGeometry.parse("00000000013FF00000000000004000000000000000").geometry().toText())
        .isEqualTo("POINT (1 2)");
  }

  @Test
  void whatIsNoWkbIsNoGeometry() {
    for (String wrong :
        new String[] {
          "01",
          "0101",
          "01010000000000",
          "0101000000zz",
          "0103000000FFFFFF7F",
          "01020000000100",
          "0107000000FFFFFFFF",
          "01630000000000000000000000"
        }) {
      assertThat(WkbGeometry.parse(wrong).geometry() == null).as(wrong).isTrue();
    }
    String line =
        "010200000002000000000000000000F03F0000000000000040000000000000F87F0000000000000840";
    assertThat(WkbGeometry.parse(line).problem()).isEqualTo("a position that is not two numbers");
    // A point of NaN is how WKB writes an empty point.
    assertThat(WkbGeometry.parse("0101000000000000000000F87F000000000000F87F").geometry().isEmpty())
        .isTrue();
  }

  @Test
  void isTakenApartFromGeoJson() {
    assertThat(WkbGeometry.isHex("0101")).isTrue();
    assertThat(WkbGeometry.isHex("{\"type\":\"Point\"}")).isFalse();
  }
}
