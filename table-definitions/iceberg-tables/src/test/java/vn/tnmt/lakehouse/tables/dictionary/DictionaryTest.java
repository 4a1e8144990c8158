package vn.tnmt.lakehouse.tables.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

class DictionaryTest {
  private static final Path COMMITTED = Path.of("..", "..", "docs", "dictionary");

  private final Map<String, String> pages = Dictionary.pages(Contracts.bundled());

  /** On failure: see "After a change" in table-definitions/README.md. */
  @Test
  void theCommittedDictionaryIsWhatTheContractsSay() throws IOException {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(COMMITTED)) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(committed).isEqualTo(pages);
  }

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
        .contains("| `value` | double |  | có / yes | P0 | **Giá trị.**")
        .contains("[parameters](../../table-definitions/code-lists/parameters.csv)")
        .contains("[monitoring.station](monitoring.station.md)")
        .contains("**Thời điểm đo ở tương lai.**");
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
