package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;

/** Geometries as a database writes them. */
class DatabaseGeometryTest {
  private static final String FEED =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: x, nameVi: X, nameEn: X}
      feeds:
        - id: province
          dataset: admin.unit
          transport: {type: jdbc, pattern: tinh.ndjson}
          format: {type: ndjson}
          mapping:
            code: code
            level: {const: province}
            name: name
            province_code: code
            area_km2: {const: "1"}
            valid_from: {const: "2025-07-01"}
            boundary_kind: {const: reference}
            geometry: $geometry
            xmin: $geometry.xmin
            ymin: $geometry.ymin
            xmax: $geometry.xmax
            ymax: $geometry.ymax
            geohash: $geometry.geohash
      """;

  // Doubles, little-endian: 105, 106, 20, 21.
  private static final String X1 = "0000000000405A40";
  private static final String X2 = "0000000000805A40";
  private static final String Y1 = "0000000000003440";
  private static final String Y2 = "0000000000003540";

  @TempDir Path dir;

  @Test
  void theGeometryOfATableIsChecked() throws IOException {
    Files.writeString(dir.resolve("f.yaml"), FEED);
    List<Feed> feeds = Feeds.load(dir, Map.of());
    List<Judged> judged =
        judge(
            feeds.get(0),
            "tinh.ndjson",
            (row(polygon("E6100000", X1 + Y1 + X2 + Y1 + X2 + Y2 + X1 + Y1))
                    + row(polygon("E6100000", X1 + Y1 + X2 + Y1 + X2 + Y2))
                    + row(polygon("4D0D0000", X1 + Y1 + X2 + Y1 + X2 + Y2 + X1 + Y1))
                    + row("0103000020E6100000")
                    + row(""))
                .getBytes(StandardCharsets.UTF_8));
    assertThat(told(judged))
        .containsExactly(
            "1.0 ok", "2.0 REC-16", "3.0 REC-17 blocked", "4.0 REC-17 blocked", "5.0 ok");
    Judged first = judged.get(0);
    assertThat(first.value("xmin")).isEqualTo(105.0);
    assertThat(first.value("ymax")).isEqualTo(21.0);
    assertThat((byte[]) first.value("geometry")).hasSize(1 + 4 + 4 + 4 + 4 * 16);
    assertThat(judged.get(2).verdict().breaches())
        .singleElement()
        .satisfies(breach -> assertThat(breach.value()).isEqualTo("SRID 3405"))
        .satisfies(breach -> assertThat(breach.expected()).contains("4326"));
  }

  private static String row(String geometry) {
    return "{\"code\":\"01\",\"name\":\"Hà Nội\",\"$geometry\":\"%s\"}\n".formatted(geometry);
  }

  /** One ring. */
  private static String polygon(String srid, String positions) {
    return "0103000020" + srid + "01000000" + "0" + positions.length() / 32 + "000000" + positions;
  }
}
