package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.assertPolicyFits;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.policyOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.SectionContent.Place;

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
  void itsPolicyLetsItsOwnStylesAndScriptsRunAndNothingElse() {
    assertPolicyFits(PAGE, policyOf(PAGE));
    String bare = ReportPage.render(SampleNation.report(Map.of(), null));
    assertPolicyFits(bare, policyOf(bare));
  }

  @Test
  void chipsHaveTheColoursOfTheirCategories() {
    assertThat(PAGE)
        .contains("<i class=\"chip c8F3F97\">E</i>", ".c8F3F97{background:#8F3F97;color:#FFFFFF}");
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
  void coloursOfTheScalesMeanNothingElse() {
    String css = PAGE.substring(PAGE.indexOf("<style>"), PAGE.indexOf("</style>"));
    for (Scale scale : List.of(SampleNation.SMOKE, SampleNation.CLARITY)) {
      assertThat(css.toUpperCase(Locale.ROOT))
          .doesNotContain(
              scale.categories().stream().map(Scale.Category::colour).toArray(String[]::new));
    }
  }

  @Test
  void aProvinceHasTheColourAndTheLetterOfItsValue() {
    assertThat(maps(PAGE).get(0))
        .contains("data-p=\"01\"")
        .containsPattern("data-p=\"01\"[^>]* fill=\"#8F3F97\"");
    assertThat(SampleNation.SMOKE.of(212).letter()).isEqualTo("E");
    assertThat(SampleNation.SMOKE.of(100).letter()).isEqualTo("B");
    assertThat(SampleNation.SMOKE.of(101).letter()).isEqualTo("C");
    assertThat(SampleNation.CLARITY.of(9).letter()).isEqualTo("D");
    assertThat(SampleNation.CLARITY.of(10).letter()).isEqualTo("C");
  }

  @Test
  void theOrderOfTheLevelsSaysWhatIsWorse() {
    assertThat(SampleNation.SMOKE.worstFirst().compare(300, 20)).isNegative();
    assertThat(SampleNation.CLARITY.worstFirst().compare(20, 90)).isNegative();
    String smoke = PAGE.substring(PAGE.indexOf("id=\"panel-smoke\""));
    assertThat(smoke.substring(smoke.indexOf("<tbody>")))
        .startsWith("<tbody>\n        <tr data-p=\"01\"><td class=\"n soft\">1</td>");
  }

  @Test
  void missingIsHatchedNeverWhiteNeverGreen() {
    assertThat(maps(PAGE).get(0))
        .containsPattern("data-p=\"96\"[^>]* fill=\"url\\(#hatch-smoke\\)\"");
    assertThat(maps(PAGE).get(0)).contains("<pattern id=\"hatch-smoke\"");
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
    assertThat(Headline.of(DATA, ReportPage.TEXTS).vi())
        .isEqualTo(
            "Ngày 22/11/2026: khói xấu nhất tại Hà Nội (212); nước trong ở mọi nơi; "
                + "2 trong 34 tỉnh, thành chưa gửi số liệu.");
  }

  @Test
  void valuesOutOfRangeAreCountedOverTheSectionsAndSayWhen() {
    assertThat(PAGE)
        .contains(
            "khói trên 100 hoặc độ trong từ 50 trở xuống; không đổi so với 21/11/2026",
            "smoke above 100 or clarity of 50 or less; unchanged since 2026-11-21");
  }

  @Test
  void aSourceThatTwoSectionsFollowStandsOnce() {
    assertThat(PAGE.split("Quyết định A", -1)).hasSize(2);
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
    ReportData empty =
        new ReportData(
            DATA.release(),
            new Lead(List.of(), 0, 0, 0, 34, 0, 0),
            null,
            DATA.provinces(),
            List.of(
                SampleNation.smoke(List.of(), List.of(), List.of()),
                SampleNation.clarity(List.of(), List.of())),
            DATA.publishers(),
            List.of(),
            List.of(),
            DATA.method());
    assertThat(ReportPage.render(empty))
        .contains("Khói: không có giá trị", "Chưa có số liệu.")
        .contains("bản phát hành đầu tiên")
        .contains("Không bản ghi nào vi phạm quy tắc");
  }

  @Test
  void aReportWithoutSectionsIsAPageToo() {
    ReportData none =
        new ReportData(
            DATA.release(),
            new Lead(List.of(), 5, 6, 1, 34, 0, 0),
            null,
            DATA.provinces(),
            List.of(),
            DATA.publishers(),
            List.of(),
            List.of(),
            DATA.method());
    assertThat(ReportPage.render(none))
        .contains("Ngày 22/11/2026: 33 trong 34 tỉnh, thành chưa gửi số liệu.")
        .doesNotContain("id=\"map\"", "Giá trị ngoài ngưỡng");
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
  void nothingSharedNamesANationalDataset() throws IOException {
    List<String> national =
        Contracts.bundled().all().stream()
            .filter(contract -> contract.kind() == Kind.NATIONAL)
            .map(Contract::dataset)
            .toList();
    assertThat(national).isNotEmpty();
    for (String file :
        List.of(
            "report.sql", "report.mustache", "report-texts.yaml", "sources.yaml", "report.js")) {
      try (InputStream in = ReportPage.class.getResourceAsStream(file)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .as(file)
            .doesNotContain(national.toArray(String[]::new))
            .doesNotContain("aqi", "AQI", "wqi", "WQI");
      }
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

  private static ReportData withStation(String name) {
    return new ReportData(
        DATA.release(),
        DATA.lead(),
        DATA.previousLead(),
        DATA.provinces(),
        List.of(
            SampleNation.smoke(
                List.of(),
                List.of(new Place("01", name, Words.same("01KK001"), 212, Html.EMPTY)),
                List.of())),
        List.of(new ReportData.Publisher("x", Words.same(name), null, List.of(), 1, 1, 1, 0, 0, 0)),
        DATA.rules(),
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
