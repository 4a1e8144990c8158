package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;

class GeoJsonGeometryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'Point','coordinates':[105.8,21.0,7]}|POINT (105.8 21)",
        "{'coordinates':[[1,2],[3,4]],'type':'MultiPoint'}|MULTIPOINT ((1 2), (3 4))",
        "{'type':'LineString','coordinates':[[1,2],[3,4]]}|LINESTRING (1 2, 3 4)",
        "{'type':'MultiLineString','coordinates':[[[1,2],[3,4]]]}|MULTILINESTRING ((1 2, 3 4))",
        "{'type':'Polygon','coordinates':[[[0,0],[4,0],[4,4],[0,0]],[[2,1],[3,1],[3,2],[2,1]]]}"
            + "|POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))",
        "{'type':'MultiPolygon','coordinates':[[[[0,0],[4,0],[4,4],[0,0]]]]}"
            + "|MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)))",
        "{'type':'GeometryCollection','geometries':[{'type':'Point','coordinates':[1,2]}]}"
            + "|GEOMETRYCOLLECTION (POINT (1 2))"
      })
  void readsEveryTypeOfTheRfc(String json, String wkt) {
    GeoJsonGeometry parsed = GeoJsonGeometry.parse(json.replace('\'', '"'));
    assertThat(parsed.problem()).isEmpty();
    assertThat(parsed.geometry().toText()).isEqualTo(wkt);
    assertThat(parsed.geometry().getSRID()).isEqualTo(4326);
  }

  @Test
  void closesAnOpenRing() {
    GeoJsonGeometry open =
        GeoJsonGeometry.parse("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4]]]}");
    assertThat(open.problem()).isEqualTo(GeometryWords.RING_NOT_CLOSED);
    assertThat(open.geometry().toText()).isEqualTo("POLYGON ((0 0, 4 0, 4 4, 0 0))");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{'type':'Point'}",
        "{'type':'Point','coordinates':[]}",
        "{'type':'Point','coordinates':[1]}",
        "{'type':'Point','coordinates':['1','2']}",
        "{'type':'Point','coordinates':[NaN,1]}",
        "{'type':'Point','coordinates':[[1,2]]}",
        "{'type':'Polygon','coordinates':[]}",
        "{'type':'Polygon','coordinates':[[]]}",
        "{'type':'Polygon','coordinates':[[[0,0],[1,1]]]}",
        "{'type':'Polygon','coordinates':[[0,0],[1,1],[2,2],[0,0]]}",
        "{'type':'MultiPolygon','coordinates':[[[0,0],[1,1],[2,2],[0,0]]]}",
        "{'type':'MultiPolygon','coordinates':7}",
        "{'type':'Circle','coordinates':[1,2]}",
        "{'type':{'a':1},'coordinates':[1,2]}",
        "{'type':'GeometryCollection','geometries':[{'type':'Point'}]}",
        "{'type':'LineString','coordinates':[[1,2]]}"
      })
  void refusesWhatIsNone(String json) {
    GeoJsonGeometry parsed = GeoJsonGeometry.parse(json.replace('\'', '"'));
    assertThat((Object) parsed.geometry()).isNull();
    assertThat(parsed.problem()).isNotEmpty();
  }
}
