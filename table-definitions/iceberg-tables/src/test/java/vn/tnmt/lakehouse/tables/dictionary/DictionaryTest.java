package vn.tnmt.lakehouse.tables.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

class DictionaryTest {
  private final Map<String, String> pages =
      Dictionary.pages(
          Contracts.bundled(),
          Map.of(
              "national.air_quality_hourly",
              new Computation(
                  List.of("monitoring.observation", "monitoring.station"),
                  List.of(
                      new Computation.Policy(
                          new Setting(
                              "national.air_quality_hourly.minutesPerHour",
                              Setting.Type.number(0, 1),
                              "0.75",
                              "Share of minutes.",
                              List.of()),
                          "Trung bình giờ",
                          "Hourly mean",
                          "Quy ước nội bộ",
                          "House policy"))),
              "national.station",
              new Computation(List.of("monitoring.station"), List.of())));

  @Test
  void everyColumnAndRuleOfADatasetIsOnItsPage() {
    for (Contract contract : Contracts.bundled().all()) {
      String page = pages.get(contract.dataset() + ".md");
      assertThat(contract.columns())
          .extracting(Column::name)
          .allSatisfy(name -> assertThat(page).contains("\n| `" + name + "` |"));
      assertThat(contract.rules())
          .extracting(RuleSpec::code)
          .allSatisfy(code -> assertThat(page).contains("\n| `" + code + "` |"));
      assertThat(pages.get("README.md")).contains("](" + contract.dataset() + ".md)");
    }
  }

  @Test
  void aPageReadsVietnameseFirst() {
    assertThat(pages.get("monitoring.observation.md"))
        .contains("# Số liệu quan trắc tự động, liên tục (`monitoring.observation`)")
        .contains("| Khóa / Key | `station_code`, `parameter`, `measured_at` |")
        .contains("| `value` | double |  |  | P0 | **Giá trị.**")
        .contains("[parameters](../../table-definitions/code-lists/parameters.csv)")
        .contains("[monitoring.station](monitoring.station.md)")
        .contains("**Thời điểm đo ở tương lai.**");
  }

  @Test
  void aPageSaysWhatADatasetIsComputedFromAndWhatFromIt() {
    assertThat(pages.get("national.air_quality_hourly.md"))
        .contains(
            "| Tính từ / Computed from | [monitoring.observation](monitoring.observation.md)"
                + "<br>[monitoring.station](monitoring.station.md) |\n")
        .contains(
            "| `national.air_quality_hourly.minutesPerHour` | number 0–1 | `0.75`"
                + " | **Trung bình giờ.**<br>*Hourly mean. Share of minutes.*"
                + " | Quy ước nội bộ<br>*House policy* |\n");
    assertThat(pages.get("monitoring.station.md"))
        .contains(
            "| Dùng để tính / Used to compute"
                + " | [national.air_quality_hourly](national.air_quality_hourly.md)"
                + "<br>[national.station](national.station.md) |\n");
    assertThat(pages.get("land.parcel.md")).doesNotContain("Tính từ", "Dùng để tính", "Policies");
    assertThat(pages.get("national.station.md")).doesNotContain("Policies");
  }

  @Test
  void barsDoNotBreakTables() {
    assertThat(Markdown.row("a|b", "c\nd")).isEqualTo("| a\\|b | c d |\n");
  }

  @Test
  void pagesOfDatasetsThatAreGoneAreRemoved(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("old.md"), "");
    Dictionary.write(folder, Map.of("new.md", "x"));
    assertThat(folder).isDirectoryNotContaining("glob:**old.md");
    assertThat(folder.resolve("new.md")).hasContent("x");
  }
}
