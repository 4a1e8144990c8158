package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.AirStation;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Quality;
import vn.tnmt.lakehouse.transform.report.ReportData.Trend;

class ReportPageTest {
  private static final ReportData DATA = SampleNation.report();
  private static final String PAGE = ReportPage.render(DATA);

  @Test
  void isOneFileThatAsksTheNetworkForNothing() throws IOException {
    assertThat(PAGE).doesNotContainPattern("(?i)(src|href|url)\\s*[=(]\\s*[\"']?(https?:)?//");
    assertThat(PAGE).doesNotContain("http://", "https://", "@import", "fetch(", "XMLHttpRequest");
    assertThat(PAGE).contains("default-src 'none'");
    assertThat(PAGE.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    // left for people to look at
    Files.writeString(Path.of("target", "report-sample.html"), PAGE);
  }

  @Test
  void theSameDataGiveTheSameBytes() {
    assertThat(ReportPage.render(SampleNation.report())).isEqualTo(PAGE);
  }

  @Test
  void everyMapShowsAndLabelsBothArchipelagos() {
    for (String map : maps(PAGE)) {
      assertThat(map)
          .contains(
              "Quần đảo Hoàng Sa",
              "(TP. Đà Nẵng)",
              "Hoang Sa archipelago",
              "Quần đảo Trường Sa",
              "(tỉnh Khánh Hoà)",
              "Truong Sa archipelago");
      assertThat(dotsOf(map, "48")).isGreaterThanOrEqualTo(8);
      assertThat(dotsOf(map, "56")).isGreaterThanOrEqualTo(12);
    }
  }

  @Test
  void theArchipelagosAreThereWithoutAnyBoundary() {
    String page = ReportPage.render(SampleNation.report(Map.of(), null));
    for (String map : maps(page)) {
      assertThat(map).contains("Quần đảo Hoàng Sa", "Quần đảo Trường Sa");
      assertThat(dotsOf(map, "48")).isGreaterThanOrEqualTo(8);
    }
    assertThat(page).contains("Chưa có ranh giới");
  }

  @Test
  void islandsInTheDataAreDrawnFromTheData() {
    Map<String, String> outlines =
        Map.of(
            "48",
            "MULTIPOLYGON (((107.5 15, 108.5 15, 108.5 16, 107.5 16, 107.5 15)),"
                + " ((112.34 16.83, 112.35 16.83, 112.35 16.84, 112.34 16.84, 112.34 16.83)))");
    String map = maps(ReportPage.render(SampleNation.report(outlines, Boundary.OFFICIAL))).get(0);
    assertThat(dotsOf(map, "48")).isEqualTo(1);
    assertThat(map).contains("Quần đảo Hoàng Sa");
  }

  @Test
  void coloursAreThoseOfTheDecisionsAndMeanNothingElse() {
    // 1459/QĐ-TCMT and 1460/QĐ-TCMT, Bảng 7, as RGB
    List<String> air = List.of("#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#8F3F97", "#7E0023");
    List<String> water = List.of("#3333FF", "#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#7E0023");
    assertThat(Scale.AIR.categories()).extracting(Scale.Category::colour).isEqualTo(air);
    assertThat(Scale.WATER.categories()).extracting(Scale.Category::colour).isEqualTo(water);
    String css = PAGE.substring(PAGE.indexOf("<style>"), PAGE.indexOf("</style>"));
    assertThat(css.toUpperCase(java.util.Locale.ROOT))
        .doesNotContain(air.toArray(String[]::new))
        .doesNotContain("#3333FF");
  }

  @Test
  void aProvinceHasTheColourAndTheLetterOfItsWorstStation() {
    assertThat(maps(PAGE).get(0))
        .contains("data-p=\"01\"")
        .containsPattern("data-p=\"01\"[^>]* fill=\"#8F3F97\"");
    assertThat(Scale.AIR.of(212).letter()).isEqualTo("E");
    assertThat(Scale.AIR.of(100).letter()).isEqualTo("B");
    assertThat(Scale.AIR.of(101).letter()).isEqualTo("C");
    assertThat(Scale.WATER.of(9).letter()).isEqualTo("F");
    assertThat(Scale.WATER.of(10).letter()).isEqualTo("E");
  }

  @Test
  void missingIsHatchedNeverWhiteNeverGreen() {
    assertThat(maps(PAGE).get(0))
        .containsPattern("data-p=\"96\"[^>]* fill=\"url\\(#hatch-air\\)\"");
    assertThat(maps(PAGE).get(0)).contains("<pattern id=\"hatch-air\"");
    assertThat(PAGE).contains("<rect fill=\"url(#gap)\"").contains("<pattern id=\"gap\"");
  }

  @Test
  void numbersAndDatesFollowTheLanguage() {
    assertThat(PAGE)
        .contains("<span lang=\"vi\">987.154</span><span lang=\"en\">987,154</span>")
        .contains("<span lang=\"vi\">22/11/2026</span><span lang=\"en\">2026-11-22</span>")
        .contains("<span lang=\"vi\">−12.345 so với 21/11/2026</span>")
        .contains("<span lang=\"en\">−12,345 since 2026-11-21</span>");
  }

  @Test
  void saysTheStateOfTheNationInOneSentence() {
    assertThat(Headline.of(DATA, texts()).vi())
        .startsWith("Ngày 22/11/2026: không khí kém hơn mức Trung bình ở ")
        .contains("xấu nhất tại Hà Nội (VN_AQI 212, Rất xấu)")
        .endsWith("2 trong 34 tỉnh, thành chưa gửi số liệu.");
  }

  @Test
  void saysThatBoundariesAreGenerated() {
    assertThat(PAGE).contains("Ranh giới minh hoạ do máy sinh").contains("Generated boundaries");
  }

  @Test
  void hostileTextStaysText() {
    String attack = "</td><script>alert(1)</script>\" onload='x'";
    ReportData hostile = withStation(attack);
    String page = ReportPage.render(hostile);
    assertThat(page).doesNotContain("<script>alert", "onload='x'");
    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39;");
  }

  @Test
  void aNightWithoutAnyDataIsAPageToo() {
    List<Province> provinces =
        DATA.provinces().stream()
            .map(
                p ->
                    new Province(
                        p.code(), p.name(), p.region(), p.lon(), p.lat(), null, null, null, null))
            .toList();
    ReportData empty =
        new ReportData(
            DATA.release(),
            new Lead(0, 0, 0, 0, 0, 34, 0, 0),
            null,
            provinces,
            List.of(),
            List.of(),
            new Trend(DATA.trend().firstHour(), 72, List.of()),
            DATA.publishers(),
            new Quality(List.of(), List.of(), List.of()),
            List.of(),
            DATA.method());
    assertThat(ReportPage.render(empty))
        .contains("chưa tỉnh, thành nào có chỉ số không khí", "chưa có chỉ số nước mặt")
        .contains("bản phát hành đầu tiên")
        .contains("Không bản ghi nào vi phạm quy tắc");
  }

  @Test
  void everyMapHasATableOfTheSameValues() {
    for (Province province : DATA.provinces()) {
      assertThat(PAGE.split("<tr data-p=\"" + province.code() + "\"><td class=\"n soft\">", -1))
          .as("rows of %s in the two ranked tables", province.name().vi())
          .hasSize(3);
    }
  }

  @Test
  void idsAreUniqueAndReferencesLeadSomewhere() {
    List<String> ids = all("\\sid=\"([^\"]+)\"");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(all("aria-(?:labelledby|controls|describedby)=\"([^\"]+)\"")).isSubsetOf(ids);
    assertThat(all("url\\(#([^)]+)\\)")).isSubsetOf(ids);
  }

  @Test
  void theDataAreJsonToo() {
    assertThat(DATA.toJson())
        .contains("\"businessDate\" : \"2026-11-22\"")
        .contains("\"generatedAt\" : \"2026-11-22T19:12:31Z\"");
  }

  private static vn.tnmt.lakehouse.transform.page.Texts texts() {
    return vn.tnmt.lakehouse.transform.page.Texts.load(ReportPage.class, "report-texts.yaml");
  }

  private static ReportData withStation(String name) {
    AirStation station = new AirStation("01KK001", name, "01", 212, "PM2.5", 148.0, 24);
    return new ReportData(
        DATA.release(),
        DATA.lead(),
        DATA.previousLead(),
        DATA.provinces(),
        List.of(station),
        DATA.worstWater(),
        DATA.trend(),
        List.of(new ReportData.Publisher("x", Words.same(name), null, List.of(), 1, 1, 1, 0, 0, 0)),
        DATA.quality(),
        DATA.audits(),
        DATA.method());
  }

  private static List<String> maps(String page) {
    return Pattern.compile("<svg viewBox=\"0 0 \\d{4} \\d{4}\".*?</svg>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(java.util.regex.MatchResult::group)
        .toList();
  }

  /** Circles in a province's path. */
  private static int dotsOf(String map, String province) {
    Matcher path = Pattern.compile("data-p=\"" + province + "\"[^>]* d=\"([^\"]*)\"").matcher(map);
    assertThat(path.find()).isTrue();
    return path.group(1).split("a20 20", -1).length / 2;
  }

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern).matcher(PAGE).results().map(r -> r.group(1)).toList();
  }
}
