package vn.tnmt.lakehouse.ingestion.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/** An archive of tables, and an XML, from their folder through landing into the raw table. */
@Tag("slow")
class PackedLoadTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 1);
  private static final String FEEDS =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
      feeds:
        - id: packed
          dataset: water.sample
          transport: {type: directory, root: "${exports}/packed", pattern: "mau_{day:yyyyMMdd}.zip"}
          format: {type: csv, archive: zip, members: "{diem}/*.csv"}
          conventions: {dates: [d/M/yyyy]}
          melt: {columns: {pH: pH}}
          mapping: {sample_point: $path.diem, sampled_on: ngay, lon: x, lat: y}
        - id: xml
          dataset: water.sample
          transport: {type: directory, root: "${exports}/xml", pattern: "mau_{day:yyyyMMdd}.xml"}
          format: {type: xml, record: KetQua, parents: [Mau]}
          conventions: {dates: [yyyy-MM-dd]}
          measure: {symbol: "@thongSo", value: ".", unit: "@donVi"}
          mapping: {sample_point: Mau/@ma, sampled_on: Mau/ngay, lon: Mau/x, lat: Mau/y}
      """;

  private static void write(String path, byte[] content) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T05:00:00Z")));
  }

  @Test
  void aRecordKeepsTheArchiveItsMemberAndItsLine() throws IOException {
    TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled())
        .apply(LAKE.lakehouse().catalog());
    Path zip = dir.resolve("x.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String member : List.of("D1/a.csv", "D2/b.csv", "doc.txt")) {
        out.putNextEntry(new ZipEntry(member));
        out.write("ngay,x,y,pH\n1/1/2025,105.8,21,7.1\n".getBytes(StandardCharsets.UTF_8));
      }
    }
    write("packed/mau_20260101.zip", Files.readAllBytes(zip));
    write(
        "xml/mau_20260101.xml",
        """
        <Mau_ds><Mau ma="D3"><ngay>2025-01-02</ngay><x>105.8</x><y>21</y>
        <KetQua thongSo="pH" donVi="-">7.3</KetQua><KetQua thongSo="As" donVi="mg/L">&lt;0.01</KetQua></Mau></Mau_ds>
        """
            .getBytes(StandardCharsets.UTF_8));
    Path yaml =
        Files.writeString(Files.createDirectories(dir.resolve("feeds")).resolve("x.yaml"), FEEDS);
    List<Feed> feeds = Feeds.load(yaml.getParent(), Map.of("exports", dir.toString()));
    assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    Collector collector =
        new Collector(
            LandingStore.of(LAKE.lakehouse().store()),
            dir.resolve("work"),
            Clock.fixed(Instant.parse("2026-01-02T03:00:00Z"), ZoneOffset.UTC),
            2);
    List<LoadOptions.Delivery> deliveries = new ArrayList<>();
    for (CollectResult result : collector.collect(feeds, NIGHT)) {
      Feed feed =
          feeds.stream().filter(f -> f.id().equals(result.feed())).findFirst().orElseThrow();
      result.delivery().ifPresent(m -> deliveries.add(new LoadOptions.Delivery(feed, m)));
    }
    Contract contract = Contracts.bundled().contract("water.sample");
    LoadJob.run(
        LAKE.lakehouse(),
        new LoadOptions(
            "r",
            "",
            contract,
            new RuleContext(Instant.parse("2026-01-01T17:00:00Z"), NIGHT),
            deliveries));
    assertThat(
            LAKE.sql(
                "select source_file, source_line, breaches.rule, row.sample_point, row.parameter,"
                    + " row.qualifier, row.value from raw.water_sample order by 1, 2"))
        .extracting(Row::toString)
        .containsExactly(
            "[mau_20260101.xml,1,ArraySeq(),D3,pH,=,7.3]",
            "[mau_20260101.xml,2,ArraySeq(),D3,As,<,0.01]",
            "[mau_20260101.zip!/D1/a.csv,2,ArraySeq(),D1,pH,=,7.1]",
            "[mau_20260101.zip!/D2/b.csv,2,ArraySeq(),D2,pH,=,7.1]",
            "[mau_20260101.zip!/doc.txt,0,ArraySeq(REC-03),null,null,null,null]");
  }
}
