package vn.tnmt.lakehouse.ingestion.reader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth;
import vn.tnmt.lakehouse.ingestion.format.geojson.GeoJson;
import vn.tnmt.lakehouse.ingestion.format.ndjson.NdJson;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Of files that name persons, nothing but the used cells comes out. Mẫu Thị Chủ is made up. */
class UsedCellsReaderTest {
  private static final SourceFile FILE = new SourceFile("x", 0, true);
  private static final List<String> TOTALS = List.of("Tổng*");

  private static Csv csv(List<String> totals) {
    return new Csv(',', '"', 1, 1, Csv.HEADER_JOIN, totals, List.of(), RowLimits.USUAL);
  }

  private static KnownColumns columns(Set<String> known, Set<String> melted) {
    return new KnownColumns(Set.of(), known, melted);
  }

  private static RecordReader usedCsv(Set<String> used, Set<String> melted) {
    return new UsedCellsReader(reader(csv(TOTALS), columns(used, melted)), used);
  }

  private static List<String> values(List<RawRecord> records) {
    return records.stream().map(record -> record.breaches().get(0).value()).toList();
  }

  private static List<RawRecord> records(RecordReader.Records found) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    try (found) {
      found.forEachRemaining(records::add);
    }
    return records;
  }

  @Test
  void stretchesGiveTheSameUsedCells() throws IOException {
    StringBuilder rows = new StringBuilder("ma,chu_ho,dien_tich\n");
    for (int i = 1; i <= 10_000; i++) {
      rows.append(i).append(",\"Mẫu Thị\nChủ\",").append(i).append(".5\n");
      rows.append(i % 1_000 == 0 ? "Tổng,Mẫu Thị Chủ,1\nMẫu Thị Chủ\n" : "");
    }
    byte[] file = rows.toString().getBytes(StandardCharsets.UTF_8);
    RecordReader reader = usedCsv(Set.of("ma", "dien_tich"), Set.of());
    assertThat(reader.resumes()).isTrue();
    List<RawRecord> whole = read(reader, file);
    List<RecordReader.RowStart> cuts = reader.cuts(new ByteArrayInputStream(file), 50_000);
    assertThat(cuts).hasSizeGreaterThan(2);
    List<RawRecord> split = new ArrayList<>();
    for (int i = 0; i <= cuts.size(); i++) {
      int from = i == 0 ? 0 : (int) cuts.get(i - 1).offset();
      int to = i == cuts.size() ? file.length : (int) cuts.get(i).offset();
      ByteArrayInputStream bytes = new ByteArrayInputStream(Arrays.copyOfRange(file, from, to));
      split.addAll(
          records(
              i == 0
                  ? reader.open(FILE, bytes)
                  : reader.resume(
                      FILE, new ByteArrayInputStream(file), cuts.get(i - 1).line(), bytes)));
    }
    assertThat(split).isEqualTo(whole).hasSize(10_010);
    assertThat(split.get(9_998).cells()).isEqualTo(Map.of("ma", "9990", "dien_tich", "9990.5"));
    assertThat(split.toString()).doesNotContain("Mẫu", "chu_ho");
  }

  @Test
  void meltedColumnsKeepTheirRecordsAndTheRestOfTheRowGoes() {
    List<RawRecord> records =
        read(
            usedCsv(Set.of("ma", "pH", "DO"), Set.of("pH", "DO")),
            "ma,pH,chu_ho,DO\nA,7,Mẫu Thị Chủ,5\nB,,Mẫu Thị Chủ,6\nC,,Mẫu Thị Chủ,\n");
    assertThat(records.stream().map(record -> record.line() + "." + record.part()))
        .containsExactly("2.0", "2.1", "3.1", "4.0");
    assertThat(records.stream().map(RawRecord::cells))
        .containsExactly(
            Map.of("ma", "A", "pH", "7"),
            Map.of("ma", "A", "DO", "5"),
            Map.of("ma", "B", "DO", "6"),
            Map.of("ma", "C"));
    assertThat(verdicts(records).get(3)).isEqualTo("4 REC-19");
    assertThat(records.toString()).doesNotContain("Mẫu", "chu_ho");
  }

  /** The bytes are TCVN3, written as Windows-1252 shows them. */
  @Test
  void bytesOfAnOldEncodingAreLeftOutBeforeTheyAreDecoded() {
    Set<String> used = Set.of("id", "Tên trạm");
    EvidencePlan plan = new EvidencePlan(true, "auto", Map.of(), used, Set.of(), Set.of());
    RecordReader reader =
        EvidenceReader.around(
            new UsedCellsReader(
                csv(TOTALS)
                    .reader(new Reading(columns(used, Set.of()), '.', plan.encoding(), true)),
                used),
            plan);
    String rows = "id,chu_ho,Tªn tr¹m\n1,MÉu ThÞ Chñ,Tr¹m quan tr¾c\nTæng,MÉu ThÞ Chñ,2\n";
    List<RawRecord> records =
        read(
            reader, (rows + "2,MÉu ThÞ Chñ,S«ng Hång\n").getBytes(Charset.forName("windows-1252")));
    assertThat(records.stream().map(RawRecord::cells))
        .containsExactly(
            Map.of("id", "1", "Tên trạm", "Trạm quan trắc"),
            Map.of("id", "2", "Tên trạm", "Sông Hồng"));
    assertThat(records.toString())
        .contains("REC-23")
        .doesNotContain("Chủ", "Chñ", "Ch\u00F1", "chu_ho");
  }

  @Test
  void everyShapeOfAFeatureIsCutDown() {
    RecordReader reader =
        new UsedCellsReader(reader(new GeoJson()), Set.of("ma", "ghi_chu", Cells.GEOMETRY));
    List<RawRecord> records =
        read(
            reader,
            """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","id":"012345678901","properties":{"ma":"A","chu_ho":"Mẫu Thị Chủ"},"geometry":null},
            {"type":"Feature","properties":{"$chu_ho":"Mẫu Thị Chủ","ma":"B"},"geometry":{"type":"Point","coordinates":[105,21]}},
            {"type":"Feature","properties":{"$id":"Mẫu Thị Chủ","$sheet":"Mẫu Thị Chủ","ghi_chu":"x"}},
            {"type":"Feature","properties":{"ma":"D","chu_ho":"Mẫu Thị Chủ"},"geometry":null},
            "Mẫu Thị Chủ"]}
            """);
    assertThat(records.stream().map(record -> Map.copyOf(record.cells())))
        .containsExactly(
            Map.of("ma", "A"),
            Map.of("ma", "B", "$geometry", "{\"type\":\"Point\",\"coordinates\":[105,21]}"),
            Map.of("ghi_chu", "x"),
            Map.of("ma", "D"),
            Map.of());
    assertThat(records.toString()).doesNotContain("Mẫu", "012345678901", "chu_ho");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "parcel_number: soThua;soThua",
        "parcel_number: soThua, geometry: $geometry;soThua $geometry",
        "parcel_number: soThua, xmin: $geometry.xmin;soThua $geometry"
      })
  void namesOfReadersAreKeptWhereTheFeedAsksForThem(String mapping, String kept) {
    Feed feed =
        Feeds.of(
                Map.of(
                    "feed.yaml",
                    """
                    apiVersion: tnmt.vn/v1
                    kind: Feeds
                    publisher: {id: so-x, nameVi: Sở X, nameEn: Department X}
                    feeds:
                      - {id: s, dataset: land.parcel, transport: {type: directory, root: x, pattern: "{n}.json"}, format: {type: geojson}, keep: used, mapping: {%s}}
                    """
                        .formatted(mapping)),
                Map.of(),
                CodeLists.bundled())
            .get(0);
    List<RawRecord> records =
        read(
            Readers.of(feed, Contracts.bundled().contract("land.parcel")),
            """
            {"type":"FeatureCollection","features":[{"id":"7","properties":{"soThua":"1","$chu_ho":"Mẫu Thị Chủ"},"geometry":{"type":"Point","coordinates":[105,21]}}]}
            """);
    assertThat(records.get(0).cells().keySet()).containsExactlyInAnyOrder(kept.split(" "));
  }

  @Test
  void ofRowsOfTotalsTheLineIsTold() {
    assertThat(
            values(
                read(
                    usedCsv(Set.of("ma"), Set.of()),
                    "ma\nA\nTổng Mẫu Thị Chủ\nB\n\"Tổng\n12: Mẫu Thị Chủ\"\n")))
        .containsExactly("3", "5");
    FixedWidth fixed =
        new FixedWidth(
            Map.of("ma", new FixedWidth.Span(1, 2)), 0, TOTALS, List.of(), RowLimits.USUAL);
    KnownColumns columns = columns(Set.of("ma"), Set.of());
    assertThat(
            values(
                read(
                    new UsedCellsReader(reader(fixed, columns), Set.of("ma")),
                    "A\nTổng Mẫu Thị Chủ\n")))
        .containsExactly("2");
  }

  @Test
  void whatIsToldOfWholeRecordsAndFilesQuotesNothing() {
    List<RawRecord> repeated =
        read(
            new UsedCellsReader(reader(new NdJson(false)), Set.of("ma")),
            "{\"ma\":\"A\",\"Mẫu Thị Chủ\":1,\"Mẫu Thị Chủ\":2}\n{\"ma\":\"Mẫu Thị Chủ\",}\n");
    assertThat(verdicts(repeated)).containsExactly("1 REC-37", "2 REC-09");
    assertThat(repeated.get(1).breaches().get(0).value()).as("where it broke").startsWith("2:");
    assertThat(repeated.toString()).doesNotContain("Mẫu");

    List<RawRecord> crs =
        read(
            new UsedCellsReader(reader(new GeoJson()), Set.of("ma", "$geometry")),
            """
            {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"Mẫu Thị Chủ"}},
            "features":[{"type":"Feature","properties":{"ma":"A"},"geometry":{"type":"Point","coordinates":[1,2]}}]}
            """);
    assertThat(verdicts(crs)).containsExactly("1 REC-36");
    assertThat(crs.toString()).doesNotContain("Mẫu");

    assertThat(values(read(usedCsv(Set.of("ma"), Set.of()), "Mau Thi Chu\u0000\u0001")))
        .as("the first bytes, which are a name")
        .containsExactly("");
    assertThat(values(read(usedCsv(Set.of("ma"), Set.of()), "ma\nMẫu Thị Chủ,1\n")))
        .as("a number of cells says nothing of anybody")
        .containsExactly("2");
  }
}
