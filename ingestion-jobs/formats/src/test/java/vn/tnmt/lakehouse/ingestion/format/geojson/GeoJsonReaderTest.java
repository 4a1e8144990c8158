package vn.tnmt.lakehouse.ingestion.format.geojson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.ReaderTesting;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

class GeoJsonReaderTest {
  private static final String POINT =
      """
      {"type":"Feature","properties":{"code":"01","name":"Hà Nội","area":3359.840,"old":null,"tags":["a",1]},
       "geometry":{"type":"Point","coordinates":[ 105.80, 2.1e1 ]}}""";
  private final RecordReader reader = reader(new GeoJson());

  private static String collection(String... features) {
    return "{\"type\":\"FeatureCollection\",\"crs\":{\"x\":[1]},\"features\":[%s]}"
        .formatted(String.join(",\n", features));
  }

  @Test
  void readsFeaturesAsWritten() {
    List<RawRecord> records = read(reader, collection(POINT, "{\"id\":7,\"geometry\":null}"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("code", "01"),
            entry("name", "Hà Nội"),
            entry("area", "3359.840"),
            entry("old", ""),
            entry("tags", "[\"a\",1]"),
            entry("$geometry", "{\"type\":\"Point\",\"coordinates\":[105.80,2.1e1]}"));
    assertThat(records.get(1).cells()).containsExactly(entry("$id", "7"));
  }

  @Test
  void listsOfFeaturesAreAllReadWhereTheNameComesTwice() {
    String twice =
        "{\"features\":[%s],\"x\":{\"features\":[1]},\"features\":[],\"features\":[%s,%s],%s}"
            .formatted(POINT, POINT, POINT, "\"type\":\"FeatureCollection\"");
    assertThat(verdicts(read(reader, twice))).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(verdicts(read(reader, twice.substring(0, twice.length() - 1))))
        .containsExactly("1 ok", "2 ok", "3 ok", "4 REC-09");
  }

  @Test
  void aSecondGeometryIsTold() {
    String other =
        POINT.replace("}}", "},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}");
    assertThat(verdicts(read(reader, collection(other)))).containsExactly("1 REC-37");
  }

  @Test
  void keepsTheFeaturesBeforeTheBreak() {
    String whole = collection(POINT, POINT, POINT);
    List<RawRecord> records = read(reader, whole.substring(0, whole.lastIndexOf("2.1e1")));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 REC-09");
    assertThat(records.get(2).breaches().get(0).value()).startsWith("6:");
    assertThat(verdicts(read(reader, whole.substring(0, whole.length() - 1))))
        .as("only the last brace is missing")
        .containsExactly("1 ok", "2 ok", "3 ok", "4 REC-09");
  }

  @Test
  void tellsAFileOfAnotherShape() {
    for (String other :
        List.of(
            "[]",
            "{}",
            "42",
            "{\"type\":\"Topology\"}",
            "hello",
            "{\"features\":{}}",
            "<html></html>")) {
      assertThat(verdicts(read(reader, other))).as(other).containsExactly("1 REC-09");
    }
    assertThat(verdicts(read(reader, "{\"features\":[]}"))).containsExactly("1 REC-09");
    assertThat(verdicts(read(reader, collection()))).containsExactly("0 REC-01");
    assertThat(verdicts(read(reader, ""))).containsExactly("0 REC-01");
  }

  @Test
  void oneBadFeatureCostsOneRecord() {
    assertThat(verdicts(read(reader, collection(POINT, "null", "[1,2]", POINT))))
        .containsExactly("1 ok", "2 REC-09", "3 REC-09", "4 ok");
    byte[] legacy =
        collection("{\"properties\":{\"name\":\"Hµ Néi\"}}", "{\"properties\":{\"name\":\"ok\"}}")
            .getBytes(StandardCharsets.ISO_8859_1);
    List<RawRecord> records = read(reader, legacy);
    assertThat(verdicts(records)).containsExactly("1 REC-06", "2 ok");
    assertThat(records.get(0).cells()).containsEntry("name", "Hµ Néi");
  }

  @Test
  void nestingWithoutEndIsTold() {
    assertThat(verdicts(read(reader, collection("{\"properties\":{\"x\":" + "[".repeat(100_000)))))
        .containsExactly("1 REC-09");
  }

  private static String withCrs(String crs, boolean behind) {
    String features = "\"features\":[" + POINT + ",{\"geometry\":null}]";
    return "{\"type\":\"FeatureCollection\","
        + (behind ? features + ",\"crs\":" + crs : "\"crs\":" + crs + "," + features)
        + "}";
  }

  private static String named(String name) {
    return "{\"type\":\"name\",\"properties\":{\"name\":\"" + name + "\"}}";
  }

  @Test
  void anotherCoordinateSystemIsTold() throws IOException {
    for (String good :
        List.of(
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "urn:ogc:def:crs:EPSG::4326",
            "EPSG:4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/def/crs/EPSG/0/4326")) {
      assertThat(verdicts(read(reader, withCrs(named(good), false))))
          .as(good)
          .containsExactly("1 ok", "2 ok");
    }
    for (String bad :
        List.of(
            "urn:ogc:def:crs:EPSG::3405", "EPSG:9211", "urn:ogc:def:crs:EPSG::4756", "VN-2000")) {
      List<RawRecord> records = read(reader, withCrs(named(bad), false));
      assertThat(verdicts(records)).as(bad).containsExactly("1 REC-36", "2 ok");
      assertThat(records.get(0).breaches().get(0).value()).isEqualTo(bad);
      assertThat(verdicts(read(reader, withCrs(named(bad), true))))
          .as("behind the features")
          .containsExactly("1 REC-36", "2 ok");
      String inFeature =
          "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[105,21]},\"crs\":"
              + named(bad)
              + "}";
      assertThat(verdicts(read(reader, collection(POINT, inFeature))))
          .as("in a feature, behind its geometry")
          .containsExactly("1 ok", "2 REC-36");
    }
    assertThat(ReaderTesting.spools()).isZero();
    assertThat(
            verdicts(
                read(reader, withCrs("{\"type\":\"EPSG\",\"properties\":{\"code\":3405}}", false))))
        .containsExactly("1 REC-36", "2 ok");
    assertThat(verdicts(read(reader, withCrs("null", false)))).containsExactly("1 ok", "2 ok");
  }

  @Test
  void aRepeatedPropertyKeepsBothValues() {
    List<RawRecord> records =
        read(reader, collection("{\"properties\":{\"a\":1,\"a\":2},\"geometry\":null}", POINT));
    assertThat(verdicts(records)).containsExactly("1 REC-37", "2 ok");
    assertThat(records.get(0).cells()).containsExactly(entry("a", "1"), entry("a#2", "2"));
  }
}
