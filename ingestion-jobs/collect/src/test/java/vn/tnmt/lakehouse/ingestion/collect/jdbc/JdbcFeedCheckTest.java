package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** What does not go with rows of a database. */
class JdbcFeedCheckTest {
  private static final String FEED =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: x, nameVi: X, nameEn: X}
      feeds:
        - id: province
          dataset: admin.unit
          transport:
            type: jdbc
            url: jdbc:postgresql://db.example/x
            user: reader
            password: {env: X_PASSWORD}
            table: public.tinh
            key: code
            geometry: geom
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

  @TempDir Path dir;

  private List<String> ofARegister(String transport, String format, String gate)
      throws IOException {
    Files.writeString(
        dir.resolve("f.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-z, nameVi: Viện Z, nameEn: Institute Z}
        feeds:
          - id: station
            dataset: monitoring.station
            transport:
              type: jdbc
              url: jdbc:postgresql://db.example/x
              user: reader
              password: {env: X_PASSWORD}
              table: public.tram
              key: ma
        %s
            format: {type: %s}
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: surface_water}
              lon: x
              lat: y
              geohash: $geometry.geohash
            gate: %s
        """
            .formatted(transport, format, gate));
    return FeedCheck.check(Feeds.load(dir, Map.of()), Contracts.bundled()).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void aDatabaseIsReadAsNdjson() throws IOException {
    assertThat(ofARegister("", "ndjson", "warn")).isEmpty();
    assertThat(ofARegister("", "csv", "warn"))
        .singleElement()
        .asString()
        .contains("TNMT-2006", "landed as NDJSON", "format: {type: ndjson}");
  }

  @Test
  void whatHoldsOnlyWhatChangedIsNoSnapshot() throws IOException {
    String parts = "      partition: {column: id, parts: 4}";
    assertThat(ofARegister("", "ndjson", "{snapshot: {removed: 5%}}")).isEmpty();
    assertThat(ofARegister(parts, "ndjson", "warn")).isEmpty();
    assertThat(ofARegister(parts, "ndjson", "{snapshot: {removed: 5%}}"))
        .singleElement()
        .asString()
        .contains("TNMT-2006", "is no snapshot", "transport.partition");
    assertThat(
            ofARegister(
                "      mode: incremental\n      incrementColumn: id",
                "ndjson",
                "{snapshot: {removed: 5%}}"))
        .singleElement()
        .asString()
        .contains("TNMT-2006", "only new rows");
  }

  @Test
  void aNamedColumnIsTheGeometry() throws IOException {
    Files.writeString(dir.resolve("f.yaml"), FEED);
    assertThat(FeedCheck.check(Feeds.load(dir, Map.of()), Contracts.bundled())).isEmpty();
  }

  @Test
  void withoutANamedColumnThereIsNoGeometry() throws IOException {
    Files.writeString(dir.resolve("f.yaml"), FEED.replace("      geometry: geom\n", ""));
    assertThat(FeedCheck.check(Feeds.load(dir, Map.of()), Contracts.bundled()))
        .anySatisfy(
            problem ->
                assertThat(problem.toString())
                    .contains("no geometry")
                    .contains("transport.geometry"));
  }
}
