package vn.tnmt.lakehouse.tables.geo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKTReader;

class ShapeTest {
  private static Geometry wkt(String text) throws ParseException {
    return new WKTReader().read(text);
  }

  @Test
  void holdsWkbAndBounds() throws ParseException {
    Geometry square = wkt("POLYGON ((105 20, 107 20, 107 21, 105 21, 105 20))");
    Shape shape = Shape.of(square);
    assertThat((Object) new WKBReader().read(shape.wkb())).isEqualTo(square);
    assertThat(shape.wkb()[0]).as("little-endian").isEqualTo((byte) 1);
    assertThat(new double[] {shape.xmin(), shape.ymin(), shape.xmax(), shape.ymax()})
        .containsExactly(105, 20, 107, 21);
    assertThat(shape.geohash()).isEqualTo(Geohash.of(106, 20.5));
  }

  @Test
  void repairsABowTie() throws ParseException {
    Validity bowTie = Validity.of(wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"));
    assertThat(bowTie.repaired()).isTrue();
    assertThat(bowTie.problem()).contains("tự cắt", "Self-intersection");
    // Two triangles of base 2 and height 1.
    assertThat(bowTie.geometry().getArea()).isEqualTo(2);
    assertThat(bowTie.geometry().isValid()).isTrue();
  }

  @Test
  void refusesWhatCannotBeUsed() throws ParseException {
    assertThat(Validity.of(wkt("POLYGON EMPTY")).usable()).isFalse();
    assertThat(Validity.of(wkt("POLYGON ((0 0, 1 1, 2 2, 0 0))")).usable()).as("no area").isFalse();
    assertThat(Validity.of(wkt("POINT (583000 2325000)")).problem())
        .contains("not lon/lat: x 583000–583000, y 2325000–2325000");
    assertThat(Validity.of(wkt("POINT (105 21)")).repaired()).isFalse();
  }
}
