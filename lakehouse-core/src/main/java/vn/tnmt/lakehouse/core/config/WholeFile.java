package vn.tnmt.lakehouse.core.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;

/**
 * A file that appears whole or not at all. Until then it is a hidden one beside it, always of the
 * same name: what a full disk or a signal makes of it is removed, what a killed process leaves is
 * overwritten.
 */
public final class WholeFile {
  /** For the owner alone. */
  public static final String PRIVATE = "rw-------";

  /** For everybody to read. */
  public static final String READABLE = "rw-r--r--";

  private WholeFile() {}

  /** Writes a file in an existing folder; replaces one that is there. */
  public static Path write(Path file, String text, String permissions) throws IOException {
    Path partial = TemporaryFiles.hold(file.resolveSibling("." + file.getFileName() + ".partial"));
    try {
      Files.deleteIfExists(partial);
      Files.createFile(partial);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString(permissions));
      }
      Files.writeString(partial, text, StandardCharsets.UTF_8);
      return Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      TemporaryFiles.delete(partial);
    }
  }
}
