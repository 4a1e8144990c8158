package vn.tnmt.lakehouse.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir private Path dir;

  @Test
  void replacesWhatIsThereAndWhatAKilledProcessLeft() throws IOException {
    Path file = dir.resolve("lake.json");
    Files.writeString(file, "cũ");
    Files.writeString(dir.resolve(".lake.json.partial"), "nửa chừng");
    WholeFile.write(file, "mới", WholeFile.PRIVATE);
    assertThat(file).hasContent("mới");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(dir.toFile().list()).containsExactly("lake.json");
  }

  @Test
  void leavesNothingWhereItFails() throws IOException {
    Path file = Files.createDirectory(dir.resolve("folder"));
    Files.createFile(file.resolve("in the way"));
    assertThatThrownBy(() -> WholeFile.write(file, "mới", WholeFile.READABLE))
        .isInstanceOf(IOException.class);
    assertThat(dir.toFile().list()).containsExactly("folder");
  }
}
