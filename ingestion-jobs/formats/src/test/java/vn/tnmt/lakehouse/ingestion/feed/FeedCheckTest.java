package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.tables.contract.Contracts;

class FeedCheckTest {
  private static final String WATER =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X, provinceCode: "01"}
      feeds:
        - id: sample
          dataset: water.sample
          transport: {type: directory, root: x, pattern: "s_{day:yyyyMMdd}.csv"}
          format: {type: csv}
          conventions: {dates: [d/M/yyyy]}
          melt:
            columns:
              pH: pH
              Aldrin: {unit: ng/L}
          mapping:
            sample_point: ma_diem
            sampled_on: ngay
            lon: kinh_do
            lat: vi_do
      """;

  private static final String STATIONS =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: vien-y, nameVi: Viện Y, nameEn: Institute Y}
      feeds:
        - id: station
          dataset: monitoring.station
          transport: {type: directory, root: y, pattern: "s.csv"}
          format: {type: csv}
          conventions: {dates: [d/M/yyyy]}
          mapping:
            station_code: ma
            name: ten
            province_code: {const: "01"}
            station_type: {from: loai, default: stack, codes: {"4": ambient_air}}
            lon: kinh_do
            lat: vi_do
            geohash: $geometry.geohash
            active_from: {from: tu, default: "2025-07-01"}
        - id: observation
          dataset: monitoring.observation
          transport: {type: directory, root: y, pattern: "{station}_{time:yyyyMMddHHmmss}.txt"}
          format: {type: station-text}
          conventions: {dates: [yyyyMMddHHmmss]}
          measure: {symbol: symbol, value: value, unit: unit}
          mapping:
            station_code: $path.station
            measured_at: time
            observed_on: $row.measured_at
            status: {from: status, default: "00"}
          symbols:
            entries:
              - {station: S1, symbol: Flow_IN, parameter: Flow, unit: m3/h}
              - {symbol: CO_mg, parameter: CO, unit: mg/m3, factor: 2}
      """;

  @TempDir Path dir;

  @Test
  void theFeedsOfThePlatformAgreeWithItsContracts() {
    Map<String, String> variables = Map.of("exports", "/exports");
    List<Feed> feeds = Feeds.load(Path.of("../feeds"), variables);
    assertThat(feeds)
        .extracting(feed -> feed.id().toString())
        .doesNotHaveDuplicates()
        .contains(
            "snnmt-ha_noi/observation",
            "snnmt-ca_mau/station",
            "cuc-ddbd/province",
            "cuc-ddbd/commune");
    assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    List<Feed> examples = Feeds.load(Path.of("../feeds-examples"), variables);
    assertThat(examples).isNotEmpty();
    assertThat(FeedCheck.check(examples, Contracts.bundled())).isEmpty();
  }

  @Test
  void goodFeedsHaveNoProblem() throws IOException {
    assertThat(check(WATER, STATIONS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dataset: water.sample|dataset: water.samples|TNMT-2004|5|water.sample'?",
        "dataset: water.sample|dataset: national.station|TNMT-2006|5|computed",
        "sample_point:|sample_points:|TNMT-2006|15|did you mean 'sample_point'?",
        "sample_point:|sample_points:|TNMT-2006|5|required column 'sample_point'",
        "lat: vi_do|value: vi_do|TNMT-2006|18|filled by the measurement",
        "pH: pH|pH: ph2|TNMT-2006|12|did you mean 'pH'?",
        "pH: pH|pHH: Aldrin|TNMT-2006|13|same parameter",
        "ng/L|kg/ha|TNMT-2006|13|kg/ha",
        "lon: kinh_do|lon: $path.lon|TNMT-2006|17|no group 'lon'",
        "lon: kinh_do|lon: $geometry.xmin|TNMT-2006|17|no geometry",
        "lon: kinh_do|lon: $sheet|TNMT-2006|17|no sheets",
        "lon: kinh_do|lon: $layer|TNMT-2006|17|no sheets",
        "lon: kinh_do|lon: $row.lan|TNMT-2006|17|'lan'",
        "lon: kinh_do|lon: {const: \"105,5\"}|TNMT-2006|17|105,5",
        "lon: kinh_do|lon: {from: x, dates: [yyyy]}|TNMT-2006|17|not a date",
        "sampled_on: ngay|sampled_on: {from: n, default: 1/7/2025}|TNMT-2006|16|1/7/2025",
        "type: csv|type: geojson|TNMT-2006|11|only tables",
        "provinceCode: \"01\"|provinceCode: \"02\"|TNMT-2006|5|'02'",
      })
  void whatContradictsTheContractIsFound(
      String text, String instead, String code, int line, String about) throws IOException {
    assertThat(WATER).contains(text);
    assertFound(check(WATER.replace(text, instead)), code, line, about);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "codes: {\"4\": ambient_air}|codes: {\"4\": ambient_ear}|TNMT-2006|14|ambient_air'?",
        "default: stack|default: stak|TNMT-2006|14|stack'?",
        "const: \"01\"|const: \"1\"|TNMT-2006|13|province_code",
        "default: \"2025-07-01\"|default: 01/07/2025|TNMT-2006|18|01/07/2025",
        "measured_at: time|measured_at: tme|TNMT-2006|27|did you mean 'time'?",
        "symbol: symbol|symbol: sign|TNMT-2006|24|'sign'",
        "dates: [yyyyMMddHHmmss]|dates: [yyyyMMdd]|TNMT-2006|27|has a time",
        "$row.measured_at|$row.observed_on|TNMT-2006|28|'observed_on'",
        "default: \"00\"|default: \"09\"|TNMT-2006|29|'09'",
        "parameter: Flow|parameter: Flw|TNMT-2006|32|did you mean 'Flow'?",
        "unit: mg/m3|unit: furlong|TNMT-2006|33|furlong",
        "factor: 2|factor: -2|TNMT-2006|33|positive",
        "symbol: CO_mg|station: S1, symbol: Flow_IN|TNMT-2006|33|stands twice",
        "measure: {symbol: symbol, value: value, unit: unit}|melt: {columns: {pH: pH}}|TNMT-2006|24|only tables",
      })
  void whatContradictsTheContractIsFoundInStationFeeds(
      String text, String instead, String code, int line, String about) throws IOException {
    assertThat(STATIONS).contains(text);
    assertFound(check(STATIONS.replace(text, instead)), code, line, about);
  }

  @Test
  void everythingIsToldNotOnlyTheFirst() throws IOException {
    List<Problem> problems =
        check(
            WATER
                .replace("pH: pH", "pH: ph2")
                .replace("lon: kinh_do", "lng: kinh_do")
                .replace("lat: vi_do", "lat: $path.lat"));
    assertThat(problems)
        .extracting(problem -> problem.place().line())
        .containsExactly(5, 12, 17, 18);
  }

  @Test
  void aTemplatesProblemIsToldOnce() throws IOException {
    String template =
        WATER
            .replace("publisher:", "forEach: {codeList: provinces_34, as: p}\npublisher:")
            .replace("vien-x", "\"s-${p.slug}\"")
            .replace("root: x", "root: \"x/${p.slug}\"");
    assertThat(check(template)).isEmpty();
    assertThat(check(template.replace("lon: kinh_do", "lng: kinh_do"))).hasSize(2);
  }

  @Test
  void twoFeedsMustNotTakeTheSameFiles() throws IOException {
    assertFound(check(WATER, WATER.replace("vien-x", "vien-z")), "TNMT-2005", 5, "same files");
    assertFound(
        check(WATER, WATER.replace("Viện X", "Viện Z").replace("id: sample", "id: other")),
        "TNMT-2005",
        5,
        "declared differently");
  }

  @Test
  void problemsOfTheSymbolTableAreAmongThem() throws IOException {
    Files.writeString(
        dir.resolve("s.csv"), "station_code,symbol,parameter,unit,factor\nS1,X,Flw,,\n");
    List<Problem> problems = check(STATIONS.replace("symbols:\n", "symbols:\n      file: s.csv\n"));
    assertFound(problems, "TNMT-2006", 2, "s.csv:2");
    Files.delete(dir.resolve("s.csv"));
    assertFound(
        check(STATIONS.replace("symbols:\n", "symbols:\n      file: s.csv\n")),
        "TNMT-2005",
        31,
        "no symbol table");
  }

  private static void assertFound(List<Problem> problems, String code, int line, String about) {
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.toString()).startsWith(code).contains(about);
              assertThat(problem.place().line()).isEqualTo(line);
            });
  }

  private List<Problem> check(String... files) throws IOException {
    for (int i = 0; i < files.length; i++) {
      Files.writeString(dir.resolve("f" + i + ".yaml"), files[i]);
    }
    return FeedCheck.check(Feeds.load(dir, Map.of()), Contracts.bundled());
  }
}
