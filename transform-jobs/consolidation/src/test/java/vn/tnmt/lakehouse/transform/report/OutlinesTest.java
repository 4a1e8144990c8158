package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class OutlinesTest {
  @Test
  void neighboursKeepTheirCommonEdge() throws ParseException {
    TreeMap<String, Geometry> two = new TreeMap<>();
    two.put(
        "a",
        wkt(
            "POLYGON ((105 20, 106 20, 106.0001 20.2, 105.9999 20.5, 106.0001 20.7, 106 21, 105 21, 105 20))"));
    two.put(
        "b",
        wkt(
            "POLYGON ((107 20, 107 21, 106 21, 106.0001 20.7, 105.9999 20.5, 106.0001 20.2, 106 20, 107 20))"));
    var simple = Outlines.simplify(two);
    Geometry a = wkt(simple.get("a"));
    Geometry b = wkt(simple.get("b"));
    assertThat(a.getNumPoints()).isLessThan(8);
    assertThat(a.intersection(b).getArea()).isZero();
    assertThat(a.union(b).getArea()).isEqualTo(a.getArea() + b.getArea());
    assertThat(a.intersection(b).getLength()).isGreaterThan(0.99);
  }

  @Test
  void noIslandIsLost() throws ParseException {
    TreeMap<String, Geometry> one = new TreeMap<>();
    one.put(
        "56",
        wkt(
            "MULTIPOLYGON (((109 12, 109.3 12, 109.3 12.5, 109 12)),"
                + " ((114.3300001 9.8800001, 114.3300003 9.8800001, 114.3300003 9.8800003, 114.3300001 9.8800001)))"));
    assertThat(wkt(Outlines.simplify(one).get("56")).getNumGeometries()).isEqualTo(2);
  }

  private static Geometry wkt(String text) throws ParseException {
    return new WKTReader().read(text);
  }
}
