package vn.tnmt.lakehouse.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(settings.integer("night.minimumPublishers")).isEqualTo(1);
    assertThat(settings.number("audit.quarantineShare")).isEqualTo(0.2);
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
            catalogue.kind: rest
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
    assertThat(settings.text("catalogue.kind")).isEqualTo("rest");
    assertThat(settings.text("store.region")).isEqualTo("us-east-1");
    assertThat(settings.sparkConf())
        .isEqualTo(Map.of("spark.executor.memory", "4g", "spark.sql.shuffle.partitions", "64"));
    assertThat(settings.feedVariables()).isEqualTo(Map.of("cong.url", "https://cong.vn"));
  }

  @Test
  void theEnvironmentNamesTheFileWhenNoOptionDoes() throws IOException {
    Path file = write("catalogue:\n  kind: rest\n");
    Path other = Files.writeString(dir.resolve("other.yaml"), "catalogue.kind: embedded\n");
    Map<String, String> environment = Map.of("TNMT_CONF", file.toString());
    assertThat(Settings.load(home, Optional.empty(), environment).text("catalogue.kind"))
        .isEqualTo("rest");
    assertThat(Settings.load(home, Optional.of(other), environment).text("catalogue.kind"))
        .isEqualTo("embedded");
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
            () -> Settings.load(home, Optional.empty(), Map.of()).with("catalogue.knid", "x"))
        .hasMessageStartingWith("TNMT-5001")
        .hasMessageContaining("catalogue.kind");
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
        "audit.quarantineShare: most",
        "audit.quarantineShare: 1.5",
        "up.s3.port: 65536",
        "up.s3.port: -1",
        "catalogue.kind: ''"
      })
  void aValueOfAnotherTypeNamesItsLine(String line) {
    assertThatThrownBy(() -> load("spark.ui: true\n" + line + "\n"))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("tnmt.yaml:2");
  }

  @Test
  void aNumberOutsideOfItsRangeIsToldTheRange() {
    assertThatThrownBy(() -> load("audit.quarantineShare: 20\n"))
        .hasMessageContaining("TNMT-5002")
        .hasMessageContaining("must lie between 0 and 1")
        .hasMessageContaining("tnmt.yaml:1");
  }

  @Test
  void aDefaultThatWillNotDoAndOneKeyOfTwoModulesAreRefused() {
    Setting.Type share = Setting.Type.number(0, 1);
    assertThatThrownBy(
            () -> SettingCatalogue.of(List.of(new Setting("a", share, "2", "An a.", List.of()))))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("must lie between 0 and 1");
    assertThatThrownBy(
            () ->
                SettingCatalogue.of(
                    List.of(
                        new Setting("a", share, "1", "An a.", List.of()),
                        new Setting("a", share, "0", "Another a.", List.of()))))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("An a. / Another a.");
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
