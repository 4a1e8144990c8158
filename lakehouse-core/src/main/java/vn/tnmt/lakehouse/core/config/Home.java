package vn.tnmt.lakehouse.core.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The folder that holds everything of one lakehouse on one machine.
 *
 * <pre>
 * credentials.yaml  random secrets of the embedded services, mode 600
 * lake.json         the lake's identity, and the newest release seen
 * reader.yaml       keys that read only, written by tnmt up, mode 600
 * s3/               the embedded object store; a bucket is a folder
 * catalogue.db      the catalogue's SQLite file, mode 600
 * write.lock        held by the one command that writes
 * up.address        where the services of tnmt up answer, while it runs; mode 600
 * up.sock           Unix socket that takes short commands, while tnmt up runs; mode 600
 * cluster/          processes, logs and work folders of tnmt cluster
 * logs/             log files; the console shows progress and results only
 * exports/          what publishers send, when the settings do not point elsewhere
 * outbox/           receipts, by publisher
 * reports/          national reports, a folder for each release
 * </pre>
 */
public final class Home {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNERS_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path dir;

  private Home(Path dir) {
    this.dir = dir;
  }

  /**
   * The home at {@code dir}; nothing is created before it is needed. One that a symbolic link leads
   * to is the same home.
   */
  public static Home of(Path dir) {
    Path absolute = real(dir.toAbsolutePath().normalize());
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "thư mục chính không phải là thư mục / the home is not a folder",
          absolute.toString(),
          "name a folder with --home or TNMT_HOME");
    }
    return new Home(absolute);
  }

  private static Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path;
    } catch (IOException e) {
      return path; // what cannot be followed is told when it is used
    }
  }

  public Path dir() {
    return dir;
  }

  /** A path inside the home; an absolute path stays what it is. */
  public Path resolve(String path) {
    return dir.resolve(path).normalize();
  }

  /** Creates the home and the folder {@code name} in it, readable by the owner only. */
  public Path privateFolder(String name) {
    Path folder = resolve(name);
    try {
      if (Files.isDirectory(folder)) {
        if (POSIX && folder.startsWith(dir)) {
          tighten(folder);
        }
      } else if (POSIX) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
      } else {
        Files.createDirectories(folder);
      }
      return folder;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Fails at once where something of the home that is there cannot be written, rather than in the
   * middle of a night.
   *
   * @param paths in the home, or absolute
   * @throws TnmtException {@code TNMT-5005} that names the first of them
   */
  public void requireWritable(List<String> paths) {
    paths.stream()
        .map(this::resolve)
        .filter(path -> Files.exists(path) && !Files.isWritable(path))
        .findFirst()
        .ifPresent(
            path -> {
              throw TnmtException.of(
                  ErrorCode.HOME_INVALID,
                  "không ghi được / this cannot be written",
                  path.toString(),
                  "cho phép ghi, hoặc gắn lại ổ đĩa cho ghi / make it writable, or mount its disk to"
                      + " be written; then run again");
            });
  }

  /**
   * A folder that somebody made beforehand, with whatever mode, is the owner's alone from now on.
   */
  private static void tighten(Path folder) throws IOException {
    if (!Files.getPosixFilePermissions(folder).equals(OWNER) && ours(folder)) {
      Files.setPosixFilePermissions(folder, OWNER);
    }
  }

  /**
   * Makes the home's own files the owner's alone: those beside the folders (secrets, catalogue,
   * marks, locks) and the logs. What lies deeper, the object store's many files above all, is kept
   * from others by its folder.
   */
  public void tightenFiles() {
    for (Path folder : List.of(privateFolder("."), privateFolder("logs"))) {
      if (!POSIX) {
        continue;
      }
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(
              folder, file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))) {
        for (Path file : files) {
          tightenFile(file);
        }
      } catch (IOException | DirectoryIteratorException e) {
        throw unwritable(folder, e);
      }
    }
  }

  /**
   * A file in the home, empty when it is new, that is the owner's alone before anything is in it.
   */
  public Path privateFile(String name) {
    Path file = privateFolder(".").resolve(name);
    if (!POSIX) {
      return file;
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_FILE));
    } catch (FileAlreadyExistsException e) {
      tightenFile(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    return file;
  }

  private static void tightenFile(Path file) {
    try {
      if (!OWNERS_FILE.containsAll(Files.getPosixFilePermissions(file)) && ours(file)) {
        Files.setPosixFilePermissions(file, OWNERS_FILE);
      }
    } catch (IOException e) {
      // another command's draft, gone meanwhile; or nothing in this home can be changed
    }
  }

  private static boolean ours(Path path) throws IOException {
    return Files.getOwner(path).getName().equals(System.getProperty("user.name"));
  }

  private static TnmtException unwritable(Path path, Exception e) {
    return TnmtException.of(
        ErrorCode.HOME_INVALID,
        "không ghi được vào thư mục chính / the home cannot be written",
        path.toString(),
        "name a folder you may write with --home or TNMT_HOME",
        e);
  }

  @Override
  public String toString() {
    return dir.toString();
  }
}
