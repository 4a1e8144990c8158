package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingCatalogue;
import vn.tnmt.lakehouse.core.config.Settings;

/** What is generated of the documentation is what contracts, datasets and settings say. */
class DocsTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final String REMEDY = "run ./tnmt docs, and commit what it writes";

  @TempDir Path dir;

  @Test
  void theCommittedDictionaryIsWhatContractsAndDatasetsSay() throws IOException {
    assertThat(files(DOCS.resolve("dictionary"))).as(REMEDY).isEqualTo(DocsCommand.dictionary());
  }

  @Test
  void theCommittedSettingsAreThoseThereAre() {
    assertThat(DOCS.resolve("settings.md"))
        .as(REMEDY)
        .content()
        .isEqualTo(SettingCatalogue.markdown());
  }

  @Test
  void oneCommandWritesBoth() throws IOException {
    assertThat(Tnmt.run(out(), out(), "docs", dir.toString())).isZero();
    assertThat(files(dir.resolve("dictionary"))).isEqualTo(DocsCommand.dictionary());
    assertThat(dir.resolve("settings.md")).content().isEqualTo(SettingCatalogue.markdown());
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() {
    StringWriter err = new StringWriter();
    Path none = dir.resolve("doc");
    assertThat(Tnmt.run(out(), new PrintWriter(err), "docs", none.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("TNMT-5004").contains(none.toString());
    assertThat(none).doesNotExist();
  }

  @Test
  void lineageGoesBothWays() {
    Map<String, String> pages = DocsCommand.dictionary();
    assertThat(pages.get("national.air_quality_daily.md"))
        .contains(
            "| Tính từ / Computed from | [national.air_quality_hourly](national.air_quality_hourly.md) |");
    assertThat(pages.get("water.sample.md"))
        .contains(
            "| Dùng để tính / Used to compute | [national.water_quality](national.water_quality.md) |")
        .doesNotContain("Tính từ");
  }

  @Test
  void theSettingsThatComeAlongAreValid() {
    Home home = Home.of(dir);
    Path conf = ROOT.resolve("conf");
    assertThat(Settings.load(home, Optional.of(conf.resolve("local.yaml"))).text("store.kind"))
        .isEqualTo("embedded");
    assertThat(Settings.load(home, Optional.of(conf.resolve("production.yaml"))).text("store.kind"))
        .isEqualTo("s3");
  }

  private static PrintWriter out() {
    return new PrintWriter(new StringWriter());
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
