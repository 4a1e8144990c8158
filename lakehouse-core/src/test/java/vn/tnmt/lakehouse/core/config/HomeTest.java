package vn.tnmt.lakehouse.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir Path dir;

  @Test
  void whatSomebodyMadeBeforehandIsTheOwnersAlone() throws IOException {
    for (String name : new String[] {"credentials.yaml", "catalogue.db", "lake.json", "odd"}) {
      put(name, "rw-rw-rw-");
    }
    put("logs/tnmt-2026-03-14.log", "rw-r--r--");
    put("catalogue.lock", "rw-------");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Home.of(dir).tightenFiles();
    assertThat(mode("")).isEqualTo("rwx------");
    assertThat(mode("logs")).isEqualTo("rwx------");
    for (String name :
        new String[] {
          "credentials.yaml",
          "catalogue.db",
          "lake.json",
          "odd",
          "catalogue.lock",
          "logs/tnmt-2026-03-14.log"
        }) {
      assertThat(mode(name)).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void whatIsReadOnlyStaysSoAndWhatALinkLeadsToStaysAsItIs(@TempDir Path elsewhere)
      throws IOException {
    put("credentials.yaml", "r--------");
    Path other = Files.createFile(elsewhere.resolve("other"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createSymbolicLink(dir.resolve("link"), other);
    Home.of(dir).tightenFiles();
    assertThat(mode("credentials.yaml")).isEqualTo("r--------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void theObjectStoresFilesAreNotWalked() throws IOException {
    put("s3/tnmt/object", "rw-r--r--");
    Home home = Home.of(dir);
    home.tightenFiles();
    home.privateFolder("s3");
    assertThat(mode("s3/tnmt/object")).isEqualTo("rw-r--r--");
    assertThat(mode("s3")).as("nobody else comes past the folder").isEqualTo("rwx------");
  }

  @Test
  void aFileIsTheOwnersBeforeAnythingIsInIt() throws IOException {
    Home home = Home.of(dir.resolve("new"));
    assertThat(home.privateFile("catalogue.db")).isEmptyFile();
    assertThat(mode("new/catalogue.db")).isEqualTo("rw-------");
    Files.writeString(dir.resolve("new/catalogue.db"), "kept");
    assertThat(home.privateFile("catalogue.db")).hasContent("kept");
  }

  @Test
  void whatCannotBeWrittenIsNamedBeforeAnythingIsDone() throws IOException {
    Path outbox = Files.createDirectory(dir.resolve("outbox"));
    Files.setPosixFilePermissions(outbox, PosixFilePermissions.fromString("r-x------"));
    assumeThat(Files.isWritable(outbox)).as("root may write everything").isFalse();
    assertThatThrownBy(() -> Home.of(dir).requireWritable(List.of("s3", "outbox")))
        .hasMessageStartingWith("TNMT-5005 ")
        .hasMessageContaining("(" + outbox.toRealPath() + ")");
  }

  @Test
  void whatIsNotThereYetDoesNotMatter() {
    assertThatCode(() -> Home.of(dir).requireWritable(List.of("s3", dir + "/x")))
        .doesNotThrowAnyException();
  }

  private void put(String name, String mode) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name)));
  }
}
