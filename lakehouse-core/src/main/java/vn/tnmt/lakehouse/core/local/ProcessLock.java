package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one part of one process holds at a time. The operating system gives it back when the
 * process ends, however it ends.
 *
 * <p>A process loses its lock on a file when it closes any channel to that file, so one that holds
 * the lock opens no second channel.
 */
public final class ProcessLock implements AutoCloseable {
  private static final Set<Path> MINE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock; empty when somebody has it. The file is made when missing. */
  public static Optional<ProcessLock> tryTake(Path path) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    if (!MINE.add(file)) {
      return Optional.empty();
    }
    boolean taken = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      taken = channel.tryLock() != null;
      return taken ? Optional.of(new ProcessLock(file, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        MINE.remove(file);
      }
    }
  }

  /** Whether somebody has the lock, this process included. */
  public static boolean isHeld(Path path) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    if (MINE.contains(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        // Shared, so that two that ask at once do not take each other for the holder.
        FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return probe == null;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      MINE.remove(file);
    }
  }
}
