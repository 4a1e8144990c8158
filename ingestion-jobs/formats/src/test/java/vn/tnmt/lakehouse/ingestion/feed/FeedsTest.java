package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

class FeedsTest {
  static final String SAMPLE =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: "vien-x", nameVi: "Viện X", nameEn: Institute X, provinceCode: "01"}
      feeds:
        - id: sample
          dataset: water.sample
          transport: {type: directory, root: "${exports}/x", pattern: "s_{day:yyyyMMdd}.csv", lookbackDays: 7}
          format: {type: csv, delimiter: ";", headerLine: 3}
          conventions:
            timeZone: Asia/Ho_Chi_Minh
            decimal: ","
            dates: [d/M/yyyy, "yyyy-MM-dd"]
            encoding: UTF-8
            missing: [KPH, "-"]
          melt:
            columns:
              pH:
              T: water_temp
              Aldrin: {unit: ng/L}
              N_NH4: {parameter: NH4_N, unit: mg/L}
          mapping:
            sample_point: ma_diem
            sampled_on: {from: ngay, dates: [ddMMyyyy]}
            lon: {const: "105.5"}
            lat: {from: $path.day, default: "21"}
            loai: {from: l, codes: {"0": nuoc, K: khi}}
          symbols:
            entries:
              - {symbol: Flow_IN, parameter: Flow, factor: 0.001}
          schedule: {everyDays: 30, latenessDays: 5}
          landing: {keepDays: 30}
      """;

  private static final CodeLists PROVINCES =
      CodeLists.of(
          Map.of("code-lists/provinces.csv", "slug,name\nha_noi,Hà Nội\ncao_bang,Cao Bằng\n"));

  @TempDir Path dir;

  @Test
  void everyKeyArrives() throws Exception {
    write("a.yaml", SAMPLE);
    Feed feed = load().get(0);
    assertThat(feed.id()).isEqualTo(new FeedId("vien-x", "sample"));
    assertThat(feed.name()).isEqualTo("sample");
    assertThat(feed.publisher()).isEqualTo(new Publisher("vien-x", "Viện X", "Institute X", "01"));
    assertThat(feed.dataset()).isEqualTo("water.sample");
    // No transport is registered here: the keys are kept as they are written.
    assertThat(feed.transport())
        .isEqualTo(
            new WrittenTransport(
                FilePattern.parse("s_{day:yyyyMMdd}.csv"), 7, "{type=directory, root=/data/x}"));
    assertThat(feed.format()).isEqualTo(new Csv(';', '"', 3));
    Conventions conventions = feed.conventions();
    assertThat(conventions.timeZone()).isEqualTo(ZoneId.of("Asia/Ho_Chi_Minh"));
    assertThat(conventions.decimal()).isEqualTo(',');
    assertThat(conventions.dates()).containsExactly("d/M/yyyy", "yyyy-MM-dd");
    assertThat(conventions.missing()).containsExactly("KPH", "-");
    assertThat(feed.melt().columns().keySet()).containsExactly("pH", "T", "Aldrin", "N_NH4");
    assertThat(feed.melt().columns().values())
        .extracting(Melt.Melted::parameter)
        .containsExactly("pH", "water_temp", "Aldrin", "NH4_N");
    assertThat(feed.melt().columns().values())
        .extracting(Melt.Melted::unit)
        .containsExactly("", "", "ng/L", "mg/L");
    assertThat(feed.measure().value()).hasToString("$melt.value");
    assertThat(feed.mapping().keySet())
        .containsExactly("sample_point", "sampled_on", "lon", "lat", "loai");
    assertThat(feed.mapping().get("sample_point").source())
        .isEqualTo(new Source(Source.Kind.CELL, "ma_diem"));
    assertThat(feed.mapping().get("sampled_on").dates()).containsExactly("ddMMyyyy");
    assertThat(feed.mapping().get("lon").otherwise()).isEqualTo("105.5");
    assertThat(feed.mapping().get("lon").source()).isEqualTo(Source.NONE);
    assertThat(feed.mapping().get("lat").source()).isEqualTo(new Source(Source.Kind.PATH, "day"));
    assertThat(feed.mapping().get("lat").otherwise()).isEqualTo("21");
    assertThat(feed.mapping().get("loai").codes()).isEqualTo(Map.of("0", "nuoc", "K", "khi"));
    assertThat(feed.symbols().entries().get(0).stationCode()).isEqualTo(Symbols.ANY_STATION);
    assertThat(feed.symbols().entries().get(0).factor()).isEqualTo(0.001);
    assertThat(feed.schedule()).isEqualTo(new Schedule(30, 5));
    assertThat(feed.landingDays()).isEqualTo(30);
    assertThat(feed.place().line()).isEqualTo(5);
    assertThat(serialised(feed)).isEqualTo(feed);
  }

  @Test
  void bytesAreKeptForDaysThatAreEnough() throws IOException {
    for (String wrong :
        List.of(
            "{keepDays: 7}", "{keepDays: 0}", "{keepDays: -1}", "{}", "{keepDays: lâu}", "30")) {
      write("a.yaml", SAMPLE.replace("{keepDays: 30}", wrong));
      assertThatThrownBy(this::load)
          .as(wrong)
          .hasMessageContaining("a.yaml:31")
          .hasMessageMatching("TNMT-200\\d .*");
    }
    write("a.yaml", SAMPLE.replace("keepDays: 30", "keepDays: 8"));
    assertThat(load().get(0).landingDays()).isEqualTo(8);
    write("a.yaml", SAMPLE.replace("    landing: {keepDays: 30}\n", ""));
    assertThat(load().get(0).landingDays()).as("as the setting says").isZero();
  }

  @Test
  void aTemplateGivesAFeedForEveryCode() throws IOException {
    write(
        "a.yaml",
        SAMPLE
            .replace("publisher:", "forEach: {codeList: provinces, as: p}\npublisher:")
            .replace("vien-x", "snnmt-${p.slug}")
            .replace("Viện X", "Sở ${p.name}"));
    List<Feed> feeds = load();
    assertThat(feeds)
        .extracting(feed -> feed.id().toString())
        .containsExactly("snnmt-ha_noi/sample", "snnmt-cao_bang/sample");
    assertThat(feeds.get(1).publisher().nameVi()).isEqualTo("Sở Cao Bằng");
  }

  @Test
  void symbolTablesAreReadAndTheirProblemsKept() throws IOException {
    write("a.yaml", SAMPLE.replace("symbols:\n", "symbols:\n      file: s.csv\n"));
    assertThat(load().get(0).symbols().problems())
        .singleElement()
        .asString()
        .contains("TNMT-2005")
        .contains("s.csv")
        .contains("a.yaml:28");
    write(
        "s.csv",
        "station_code,symbol,parameter,unit,factor\nS1,NH4,NH4_N,mg/L,0.776\n,DO_1,DO,,\nS1,x,,,\nS1,y,pH,,abc\n");
    Symbols symbols = load().get(0).symbols();
    assertThat(symbols.entries())
        .extracting(Symbols.Symbol::symbol)
        .containsExactly("Flow_IN", "NH4", "DO_1");
    assertThat(symbols.entries().get(1).factor()).isEqualTo(0.776);
    assertThat(symbols.entries().get(2).stationCode()).isEqualTo("*");
    assertThat(symbols.problems())
        .extracting(problem -> problem.place().line())
        .containsExactly(4, 5);
    write("s.csv", "station,symbol\nS1,NH4\n");
    assertThat(load().get(0).symbols().problems()).singleElement().asString().contains("s.csv:1");
  }

  /** One wrong text each: what is written in its place, the code, the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apiVersion: tnmt.vn/v1|apiVersion: v2|TNMT-2005|1|tnmt.vn/v1",
        "kind: Feeds|kind: Feed|TNMT-2005|2|Feeds",
        "publisher:|publsher:|TNMT-2002|3|publisher",
        "id: \"vien-x\"|id: \"Viện X\"|TNMT-2005|3|a-z",
        "dataset:|datset:|TNMT-2002|6|dataset",
        "dataset: water.sample|schedule: {everyDays: 1}|TNMT-2001|30|schedule",
        "${exports}|${export}|TNMT-2005|7|exports",
        "s_{day:yyyyMMdd}.csv|s_{day:YYYY}.csv|TNMT-2005|7|YYYY",
        "lookbackDays: 7|lookbackDays: -1|TNMT-2005|7|at least 0",
        "lookbackDays: 7|lookbackDays: week|TNMT-2005|7|integer",
        "type: csv|type: csw|TNMT-2005|8|csv",
        "delimiter: \";\"|delimiter: \";;\"|TNMT-2005|8|one character",
        "delimiter: \";\"|delimiter: '\"'|TNMT-2005|8|same character",
        "headerLine: 3|headerLine: 0|TNMT-2005|8|at least 1",
        "type: csv|type: geojson|TNMT-2002|8|delimiter",
        "Asia/Ho_Chi_Minh|Asia/Saigon1|TNMT-2005|10|Saigon1",
        "decimal: \",\"|decimal: \"'\"|TNMT-2005|11|unknown value",
        "d/M/yyyy|d/b/yyyy|TNMT-2005|12|d/b/yyyy",
        "UTF-8|TCVN-X|TNMT-2005|13|TCVN-X",
        "Aldrin: {unit: ng/L}|Aldrin: {units: ng/L}|TNMT-2002|19|unit",
        "sample_point: ma_diem|sample_point: $paths.x|TNMT-2005|22|$path",
        "sample_point: ma_diem|sample_point: $melt.valu|TNMT-2005|22|$melt.valu",
        "const: \"105.5\"|const: 1, from: x|TNMT-2002|24|from",
        "from: $path.day, default|default|TNMT-2005|25|from",
        "sampled_on:|sample_point:|TNMT-2001|23|sample_point",
        "factor: 0.001|factor: x|TNMT-2005|29|number",
        "everyDays: 30|everyDays: 0|TNMT-2005|30|at least 1",
      })
  void whatIsWrongIsNamedWithItsLine(
      String text, String instead, String code, int line, String about) throws IOException {
    assertThat(SAMPLE).contains(text);
    write("a.yaml", SAMPLE.replace(text, instead));
    assertThatThrownBy(this::load)
        .hasMessageStartingWith(code)
        .hasMessageContaining("a.yaml:" + line + ")")
        .hasMessageContaining(about);
  }

  @Test
  void brokenYamlUnknownListsAndDuplicates() throws IOException {
    write("a.yaml", SAMPLE + "  - [\n");
    assertThatThrownBy(this::load)
        .hasMessageStartingWith("TNMT-2001")
        .hasMessageContaining("a.yaml");
    write(
        "a.yaml", SAMPLE.replace("publisher:", "forEach: {codeList: provnces, as: p}\npublisher:"));
    assertThatThrownBy(this::load)
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("a.yaml:3")
        .hasMessageContaining("provnces");
    write("a.yaml", SAMPLE);
    write("b.yaml", SAMPLE);
    assertThatThrownBy(this::load)
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("b.yaml:5")
        .hasMessageContaining("a.yaml:5");
  }

  @Test
  void aFolderWithoutFeedsIsAnError() {
    assertThatThrownBy(this::load).hasMessageStartingWith("TNMT-2005");
    assertThatThrownBy(() -> Feeds.load(dir.resolve("none"), Map.of()))
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("none");
  }

  private List<Feed> load() {
    return Feeds.load(dir, Map.of("exports", "/data"), PROVINCES);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
  }

  private static Object serialised(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
