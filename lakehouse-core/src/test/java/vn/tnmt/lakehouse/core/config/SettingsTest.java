package vn.tnmt.lakehouse.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @TempDir Path dir;
  private Home home;

  @BeforeEach
  void home() {
    home = Home.of(dir.resolve("home"));
  }

  @Test
  void withoutAFileEverythingHasItsDefault() {
    Settings settings = Settings.load(home, Optional.empty(), Map.of());
    assertThat(settings.text("store.kind")).isEqualTo("embedded");
    assertThat(settings.integer("air.completeness.hoursPerDay")).isEqualTo(18);
    assertThat(settings.number("air.completeness.minutesPerHour")).isEqualTo(0.75);
    assertThat(settings.flag("store.pathStyle")).isTrue();
    assertThat(settings.path("exports.root")).isEqualTo(home.dir().resolve("exports"));
    assertThat(settings.optionalPath(SettingKey.FEEDS_DIR)).isEmpty();
  }

  @Test
  void aFileMayNestKeysOrWriteThemWithDots() throws IOException {
    Settings settings =
        load(
            """
            store:
              kind: s3
              endpoint: https://s3.example.vn
            water.weighting: weighted
            feeds.variables:
              cong: {url: "https://cong.vn"}
            spark:
              master: spark://master:7077
              conf:
                spark.executor.memory: 4g
                spark.sql:
                  shuffle.partitions: 64
            """);
    assertThat(settings.text("store.kind")).isEqualTo("s3");
    assertThat(settings.text("store.endpoint")).isEqualTo("https://s3.example.vn");
    assertThat(settings.text("water.weighting")).isEqualTo("weighted");
    assertThat(settings.text("store.region")).isEqualTo("us-east-1");
    assertThat(settings.sparkConf())
        .isEqualTo(Map.of("spark.executor.memory", "4g", "spark.sql.shuffle.partitions", "64"));
    assertThat(settings.feedVariables()).isEqualTo(Map.of("cong.url", "https://cong.vn"));
  }

  @Test
  void theEnvironmentNamesTheFileWhenNoOptionDoes() throws IOException {
    Path file = write("water:\n  weighting: weighted\n");
    Path other = Files.writeString(dir.resolve("other.yaml"), "water.weighting: unweighted\n");
    Map<String, String> environment = Map.of("TNMT_CONF", file.toString());
    assertThat(Settings.load(home, Optional.empty(), environment).text("water.weighting"))
        .isEqualTo("weighted");
    assertThat(Settings.load(home, Optional.of(other), environment).text("water.weighting"))
        .isEqualTo("unweighted");
  }

  @Test
  void aChangeLeavesTheOriginalAlone() {
    Settings settings = Settings.load(home, Optional.empty(), Map.of());
    Settings changed = settings.with("exports.root", dir.resolve("elsewhere").toString());
    assertThat(changed.path("exports.root")).isEqualTo(dir.resolve("elsewhere"));
    assertThat(settings.path("exports.root")).isEqualTo(home.dir().resolve("exports"));
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearestKeyThatExists() {
    assertThatThrownBy(() -> load("store:\n  kind: s3\n  endpont: http://x\n"))
        .hasMessage(
            "TNMT-5001 không có tham số / there is no setting 'store.endpont' (%s:3): did you mean 'store.endpoint'?",
            dir.resolve("tnmt.yaml"));
    assertThatThrownBy(
            () -> Settings.load(home, Optional.empty(), Map.of()).with("water.wieghting", "x"))
        .hasMessageStartingWith("TNMT-5001")
        .hasMessageContaining("water.weighting");
  }

  @Test
  void invalidYamlNamesLineAndColumn() {
    assertThatThrownBy(() -> load("store:\n  kind: s3\n bucket: b\n"))
        .hasMessageStartingWith("TNMT-2001")
        .hasMessageContaining(dir.resolve("tnmt.yaml") + ":3:2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a\n- b\n",
        "just text\n",
        "store:\n  - {kind: s3}\n",
        "? [a, b]\n: c\n",
        "store: {kind: s3}\nstore.kind: embedded\n",
        "store:\n  kind: s3\n  kind: s3\n"
      })
  void yamlOfAnotherShapeIsRefused(String text) {
    assertThatThrownBy(() -> load(text))
        .hasMessageStartingWith("TNMT-2001")
        .hasMessageContaining("tnmt.yaml:");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(dir.resolve("tnmt.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, 0});
    assertThatThrownBy(() -> Settings.load(home, Optional.of(file), Map.of()))
        .hasMessageStartingWith("TNMT-2001");
    Path utf16 =
        Files.write(dir.resolve("utf16.yaml"), "store: x".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Settings.load(home, Optional.of(utf16), Map.of()))
        .hasMessageStartingWith("TNMT-2001");
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    assertThat(load("").text("store.kind")).isEqualTo("embedded");
    assertThat(load("# nothing\n").text("store.kind")).isEqualTo("embedded");
  }

  @Test
  void aMissingFileIsAnError() {
    assertThatThrownBy(
            () -> Settings.load(home, Optional.of(dir.resolve("missing.yaml")), Map.of()))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("missing.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store.kind: cloud",
        "up.s3.port: http",
        "up.s3.port: 1.5",
        "store.pathStyle: maybe",
        "air.completeness.minutesPerHour: most",
        "water.weighting: ''"
      })
  void aValueOfAnotherTypeNamesItsLine(String line) {
    assertThatThrownBy(() -> load("spark.ui: true\n" + line + "\n"))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("tnmt.yaml:2");
  }

  @Test
  void everySettingIsDescribedAndItsDefaultIsValid() {
    assertThat(SettingKey.names()).doesNotHaveDuplicates();
    assertThat(Arrays.asList(SettingKey.values()))
        .allSatisfy(
            setting -> {
              assertThat(setting.description()).as(setting.key()).isNotBlank();
              assertThat(setting.type().complaint(setting.defaultValue()))
                  .as(setting.key())
                  .isEmpty();
            });
  }

  @Test
  void theDocumentationListsThemAll() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "settings.md")))
        .as("write SettingKey.markdown() to docs/settings.md")
        .isEqualTo(SettingKey.markdown());
  }

  @Test
  void theFilesThatComeAlongAreValid() {
    Path conf = Path.of("..", "conf");
    assertThat(
            Settings.load(home, Optional.of(conf.resolve("local.yaml")), Map.of())
                .text("store.kind"))
        .isEqualTo("embedded");
    assertThat(
            Settings.load(home, Optional.of(conf.resolve("production.yaml")), Map.of())
                .text("store.kind"))
        .isEqualTo("s3");
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThatThrownBy(() -> Home.of(file)).hasMessageStartingWith("TNMT-5005");
    assertThatThrownBy(() -> Home.of(file.resolve("below")).privateFolder("s3"))
        .hasMessageStartingWith("TNMT-5005");
  }

  private Settings load(String text) throws IOException {
    return Settings.load(home, Optional.of(write(text)), Map.of());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("tnmt.yaml"), text);
  }
}
