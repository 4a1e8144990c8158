package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.engine.RowEngine;
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/** From a table of a real PostGIS to judged rows: what is landed is what the reader reads. */
class DatabaseToRowsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 14);

  @TempDir Path dir;
  @TempDir Path data;

  @Test
  void aTableWithGeometryBecomesRowsOfTheContract() throws Exception {
    try (DatabaseServer server = DatabaseServer.postgres(data)) {
      server.run(
          "create table tinh (code text primary key, name text, area numeric, geom geometry)",
          "insert into tinh values ('01', 'Hà Nội', 3359.84, st_geomfromtext("
              + "'MULTIPOLYGON(((105 20.5,106 20.5,106 21.5,105 20.5)))', 4326)),"
              + " ('04', 'Cao Bằng', 6700.39, null)");
      Feed feed = feed(server);
      assertThat(FeedCheck.check(List.of(feed), Contracts.bundled())).isEmpty();
      LandingStore landing = new FolderStore(dir.resolve("landing"));
      Manifest delivery =
          new Collector(
                  landing,
                  dir.resolve("work"),
                  Clock.fixed(Instant.parse("2026-03-14T20:00:00Z"), ZoneOffset.UTC),
                  1)
              .collect(List.of(feed), NIGHT)
              .get(0)
              .delivery()
              .orElseThrow();
      byte[] landed = new Deliveries(landing).restore(delivery, "tinh.ndjson");
      Contract contract = Contracts.bundled().contract(feed.dataset());
      List<Verdict> verdicts = judged(feed, contract, landed);
      assertThat(verdicts).hasSize(2).noneMatch(Verdict::blocked);
      assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.breaches()).isEmpty());
      Object[] row = verdicts.get(0).row();
      assertThat(row[contract.index("name")]).isEqualTo("Hà Nội");
      assertThat(row[contract.index("area_km2")]).isEqualTo(3359.84);
      assertThat(row[contract.index("xmin")]).isEqualTo(105.0);
      assertThat(row[contract.index("ymax")]).isEqualTo(21.5);
      assertThat(verdicts.get(1).row()[contract.index("geometry")]).isNull();
    }
  }

  private Feed feed(DatabaseServer server) throws IOException {
    Path secret = Files.writeString(dir.resolve("password"), DatabaseServer.PASSWORD);
    Path feeds = Files.createDirectories(dir.resolve("feeds"));
    Files.writeString(
        feeds.resolve("f.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: x, nameVi: X, nameEn: X}
        feeds:
          - id: province
            dataset: admin.unit
            transport:
              type: jdbc
              url: "%s"
              user: postgres
              password: {file: "%s"}
              table: public.tinh
              key: code
              geometry: geom
            format: {type: ndjson}
            mapping:
              code: code
              level: {const: province}
              name: name
              province_code: code
              area_km2: area
              valid_from: {const: "2025-07-01"}
              boundary_kind: {const: reference}
              geometry: $geometry
              xmin: $geometry.xmin
              ymin: $geometry.ymin
              xmax: $geometry.xmax
              ymax: $geometry.ymax
              geohash: $geometry.geohash
        """
            .formatted(server.url(), secret));
    return Feeds.load(feeds, Map.of()).get(0);
  }

  private static List<Verdict> judged(Feed feed, Contract contract, byte[] landed)
      throws IOException {
    RowEngine engine = RowEngine.compile(feed, contract, CodeLists.bundled());
    RuleContext context = new RuleContext(Instant.parse("2026-03-14T17:00:00Z"), NIGHT);
    SourceFile file = new SourceFile("tinh.ndjson", landed.length, true);
    List<Verdict> verdicts = new ArrayList<>();
    try (RecordReader.Records records =
        Readers.of(feed, contract).open(file, new ByteArrayInputStream(landed))) {
      while (records.hasNext()) {
        verdicts.add(engine.apply(records.next(), records.file(file), context));
      }
    }
    return verdicts;
  }
}
