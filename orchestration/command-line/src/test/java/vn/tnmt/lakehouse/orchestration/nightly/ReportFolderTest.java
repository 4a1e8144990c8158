package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.local.ProcessLock;

/** A report is there whole or not at all, wherever its making ends. */
class ReportFolderTest {
  @TempDir Path dir;
  private Path reports;
  private ReportFolder folder;

  @BeforeEach
  void noReports() {
    reports = dir.resolve("reports");
    folder = new ReportFolder(reports);
  }

  @Test
  void aReportIsAFolderWithItsPage() throws IOException {
    assertThat(folder.page("R1")).isEmpty();
    Path page = folder.put("R1", Map.of("index.html", "một", "air/01.html", "Hà Nội"));
    assertThat(page).isEqualTo(reports.resolve("R1/index.html")).hasContent("một");
    assertThat(reports.resolve("R1/air/01.html")).hasContent("Hà Nội");
    assertThat(folder.page("R1")).contains(page);
    assertThat(shown()).containsExactly("R1");
  }

  @Test
  void aReportThatIsMadeAgainTakesThePlaceOfTheOldOne() throws IOException {
    folder.put("R1", Map.of("index.html", "một", "air/01.html", "Hà Nội"));
    folder.put("R1", Map.of("index.html", "hai"));
    assertThat(reports.resolve("R1/index.html")).hasContent("hai");
    assertThat(reports.resolve("R1/air")).doesNotExist();
    assertThat(shown()).containsExactly("R1");
  }

  @Test
  void aFailureInTheMiddleLeavesTheEarlierReport() throws IOException {
    folder.put("R1", Map.of("index.html", "một"));
    assertFails(() -> folder.put("R1", halfWritten()));
    assertThat(reports.resolve("R1/index.html")).hasContent("một");
    assertThat(reports.resolve("R1")).isDirectoryContaining("glob:**/index.html");
    assertThat(shown()).containsExactly("R1");
  }

  @Test
  void aFailureInTheMiddleLeavesNoneWhereNoneWas() throws IOException {
    assertFails(() -> folder.put("R1", halfWritten()));
    assertThat(folder.page("R1")).isEmpty();
    assertThat(shown()).isEmpty();
  }

  @Test
  void nothingIsWrittenOutsideTheReport() {
    assertFails(() -> folder.put("R1", Map.of("index.html", "x", "../outside.html", "x")));
    assertThat(reports.resolve("outside.html")).doesNotExist();
    assertThat(folder.page("R1")).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsCleanedUp() throws IOException {
    // killed while it wrote, and between the two renames
    Files.createDirectories(reports.resolve(".R1.new"));
    Files.writeString(reports.resolve(".R1.new/half.html"), "<p");
    Files.createDirectories(reports.resolve(".R1.old"));
    Files.writeString(reports.resolve(".R1.old/index.html"), "cũ");
    folder.put("R1", Map.of("index.html", "mới"));
    assertThat(shown()).containsExactly("R1");
    assertThat(reports.resolve("R1/half.html")).doesNotExist();
  }

  @Test
  void twoDoNotWriteAtTheSameTime() throws IOException {
    Files.createDirectories(reports);
    try (ProcessLock other = ProcessLock.tryTake(reports.resolve(".lock")).orElseThrow()) {
      assertThatThrownBy(() -> folder.put("R1", Map.of("index.html", "x")))
          .isInstanceOf(TnmtException.class)
          .hasMessageStartingWith("TNMT-5003 another process is writing a report")
          .hasMessageContaining("run it again when that one has ended");
    }
    folder.put("R1", Map.of("index.html", "x"));
    assertThat(folder.page("R1")).isPresent();
  }

  /** The page can be written; the file after it cannot, since a file stands where a folder must. */
  private static Map<String, String> halfWritten() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("index.html", "hai");
    files.put("index.html/01.html", "ba");
    return files;
  }

  private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable put) {
    assertThatThrownBy(put)
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-3002 không ghi được báo cáo / the report cannot be written")
        .hasMessageContaining("R1");
  }

  private List<String> shown() throws IOException {
    try (Stream<Path> all = Files.list(reports)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }
}
