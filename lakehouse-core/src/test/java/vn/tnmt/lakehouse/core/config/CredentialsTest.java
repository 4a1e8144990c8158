package vn.tnmt.lakehouse.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
  @TempDir Path dir;

  @Test
  void areMadeOnceForAHomeAndOnlyItsOwnerMayReadThem() throws IOException {
    Settings settings = settings("a");
    Credentials first = Credentials.of(settings, Map.of());
    Credentials again = Credentials.of(settings, Map.of());
    assertThat(again.secretKey()).isEqualTo(first.secretKey()).hasSize(48);
    assertThat(again.token()).isEqualTo(first.token()).isPresent();
    assertThat(Files.getPosixFilePermissions(file("a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(dir.resolve("a")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Credentials.of(settings("b"), Map.of()).secretKey()).isNotEqualTo(first.secretKey());
  }

  @Test
  void aFileThatOthersMayReadIsClosedToThem() throws IOException {
    Credentials.of(settings("a"), Map.of());
    Files.setPosixFilePermissions(file("a"), PosixFilePermissions.fromString("rw-r--r--"));
    Credentials.of(settings("a"), Map.of());
    assertThat(Files.getPosixFilePermissions(file("a")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void severalAtOnceOnANewHomeAgree() {
    List<String> secrets =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> Credentials.of(settings("a"), Map.of()).secretKey())
            .distinct()
            .toList();
    assertThat(secrets).hasSize(1);
  }

  @Test
  void ofARealStoreComeFromTheEnvironmentOrFromAFile() throws IOException {
    Settings settings = settings("a").with("store.kind", "s3").with("catalogue.kind", "rest");
    Credentials fromEnvironment =
        Credentials.of(
            settings,
            Map.of(
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "key",
                "TNMT_CATALOGUE_TOKEN", "t"));
    assertThat(fromEnvironment.accessKey()).isEqualTo("id");
    assertThat(fromEnvironment.token()).contains("t");

    Path file = dir.resolve("store.yaml");
    Files.writeString(file, "store:\n  accessKey: a\n  secretKey: b\n");
    assertThat(
            Credentials.of(settings.with("store.credentials", file.toString()), Map.of())
                .secretKey())
        .isEqualTo("b");
    assertThat(Files.exists(file("a"))).as("nothing is made for a home that needs none").isFalse();
  }

  @Test
  void missingOrMisspeltOnesAreErrors() throws IOException {
    Settings settings = settings("a").with("store.kind", "s3");
    assertThatThrownBy(() -> Credentials.of(settings, Map.of("AWS_ACCESS_KEY_ID", "id")))
        .hasMessageStartingWith("TNMT-5002")
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    Path file = dir.resolve("store.yaml");
    Files.writeString(file, "store:\n  accesKey: a\n  secretKey: b\n");
    assertThatThrownBy(
            () -> Credentials.of(settings.with("store.credentials", file.toString()), Map.of()))
        .hasMessageStartingWith("TNMT-5001")
        .hasMessageContaining("store.yaml:2")
        .hasMessageContaining("store.accessKey");
  }

  @Test
  void sayNothingAboutThemselves() {
    Credentials credentials = Credentials.of(settings("a"), Map.of());
    assertThat(credentials.toString())
        .doesNotContain(credentials.accessKey(), credentials.secretKey());
  }

  private Settings settings(String home) {
    return Settings.load(Home.of(dir.resolve(home)), Optional.empty(), Map.of());
  }

  private Path file(String home) {
    return dir.resolve(home).resolve("credentials.yaml");
  }

  /** Analysts' clients get a file of keys of their own, from which the writers' do not follow. */
  @Test
  void theReadersKeysAreOthersAndCanBeHandedOn() throws IOException {
    Home home = Home.of(dir.resolve("readers"));
    Settings settings = Settings.load(home, Optional.empty());
    Credentials writer = Credentials.of(settings);
    Credentials reader = writer.reader();
    assertThat(reader.secretKey()).hasSize(64).isNotEqualTo(writer.secretKey());
    assertThat(reader.token()).isPresent().isNotEqualTo(writer.token());
    assertThat(Credentials.of(settings).reader().secretKey()).isEqualTo(reader.secretKey());
    Path file = home.resolve("reader.yaml");
    reader.keep(file);
    assertThat(Files.readString(file))
        .contains(reader.accessKey(), reader.secretKey(), reader.token().orElseThrow())
        .doesNotContain(writer.secretKey(), writer.token().orElseThrow());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
