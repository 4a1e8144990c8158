package vn.tnmt.lakehouse.orchestration.nightly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.core.local.ProcessLock;
import vn.tnmt.lakehouse.transform.report.ReportPage;

/**
 * The reports, a folder for each release: {@code <reports>/<release>/index.html} and whatever else
 * the sections made. A report appears whole or not at all; one that is made again takes the place
 * of the old one.
 *
 * <p>It is written into a hidden folder beside its place and renamed. No rename replaces a folder
 * that holds files, so the old report steps aside first; when the new one cannot take its place, it
 * comes back. A process that is killed in between leaves none, and the next one cleans up.
 */
final class ReportFolder {
  private final Path reports;

  ReportFolder(Path reports) {
    this.reports = reports;
  }

  /** The page of a release's report, when there is one. */
  Optional<Path> page(String release) {
    return Optional.of(place(release).resolve(ReportPage.INDEX)).filter(Files::exists);
  }

  /**
   * Puts a report in its place.
   *
   * @param files path within the report → content
   * @return the path of its page
   */
  Path put(String release, Map<String, String> files) {
    try {
      Files.createDirectories(reports);
      try (ProcessLock lock = lock()) {
        Path made = hidden(release, "new");
        Path old = hidden(release, "old");
        TemporaryFiles.delete(made);
        TemporaryFiles.delete(old);
        try {
          write(TemporaryFiles.hold(made), files);
          exchange(made, place(release), old);
        } finally {
          TemporaryFiles.delete(made);
          TemporaryFiles.delete(old);
        }
      }
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED,
          "không ghi được báo cáo / the report cannot be written",
          place(release).toString(),
          "cho phép ghi vào thư mục / make the folder writable, then run again",
          e);
    }
    return place(release).resolve(ReportPage.INDEX);
  }

  /** {@code tnmt report} needs no lock on the home, so two may make one report at the same time. */
  private ProcessLock lock() throws IOException {
    return ProcessLock.tryTake(reports.resolve(".lock"))
        .orElseThrow(
            () ->
                TnmtException.of(
                    ErrorCode.HOME_IN_USE,
                    "another process is writing a report",
                    reports.toString(),
                    "run it again when that one has ended"));
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException("not within the report: " + file.getKey());
      }
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static void exchange(Path made, Path place, Path old) throws IOException {
    boolean again = Files.exists(place);
    if (again) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (again) {
        Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
  }

  private Path place(String release) {
    return reports.resolve(release);
  }

  private Path hidden(String release, String what) {
    return reports.resolve("." + release + "." + what);
  }
}
