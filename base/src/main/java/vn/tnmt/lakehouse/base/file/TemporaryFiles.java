package vn.tnmt.lakehouse.base.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Temporary files and folders, which go when they are {@linkplain #delete deleted} or when the
 * process ends, whichever comes first: also where Ctrl-C or SIGTERM ends it in the middle of its
 * work. Readable by their owner only, where the system knows such a thing.
 */
public final class TemporaryFiles {
  private static final int TRIES = 20;
  private static final Set<Path> HELD = new HashSet<>();
  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFiles::end, "tnmt-temporary-files"));
  }

  private TemporaryFiles() {}

  /** A new file in the system's folder for such files. */
  public static Path file(String prefix, String suffix) throws IOException {
    synchronized (HELD) {
      requireGoingOn();
      return hold(Files.createTempFile(prefix, suffix));
    }
  }

  /** A new file in {@code folder}. */
  public static Path file(Path folder, String prefix, String suffix) throws IOException {
    synchronized (HELD) {
      requireGoingOn();
      return hold(Files.createTempFile(folder, prefix, suffix));
    }
  }

  /** A new folder in the system's folder for such files. */
  public static Path folder(String prefix) throws IOException {
    synchronized (HELD) {
      requireGoingOn();
      return hold(Files.createTempDirectory(prefix));
    }
  }

  /**
   * Takes a path for a temporary one that somebody is about to write to.
   *
   * @throws IOException when the process is ending: nothing would take the file away any more
   */
  public static Path hold(Path path) throws IOException {
    synchronized (HELD) {
      requireGoingOn();
      HELD.add(path);
      return path;
    }
  }

  /** Asked before anything is made: the process may be gone before it could be taken away again. */
  private static void requireGoingOn() throws IOException {
    if (ending) {
      throw new IOException("the process is ending");
    }
  }

  /** The path is none of ours any more: what is there, if anything, stays. */
  public static void release(Path path) {
    synchronized (HELD) {
      HELD.remove(path);
    }
  }

  /** Deletes a file, or a folder with all that is in it; one that is not there is no fault. */
  public static void delete(Path path) throws IOException {
    clear(path);
    release(path);
  }

  private static void clear(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          clear(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  /** Threads go on while a process ends: what they put into a folder meanwhile is met again. */
  private static void end() {
    synchronized (HELD) {
      ending = true;
      for (Path path : HELD) {
        for (int i = 0; i < TRIES; i++) {
          try {
            clear(path);
            break;
          } catch (IOException | RuntimeException e) {
            // something new in it, or still open where that forbids it: again
          }
        }
      }
    }
  }
}
