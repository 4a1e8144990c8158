package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;

/**
 * The right to write to a home. The operating system holds the lock and gives it back when the
 * process ends, however it ends; {@code write.lock.owner} beside it only says who has it.
 */
public final class HomeLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;
  private final Path owner;

  private HomeLock(FileChannel channel, FileLock lock, Path owner) {
    this.channel = channel;
    this.lock = lock;
    this.owner = owner;
  }

  /**
   * Takes the lock, or fails at once with TNMT-5003 naming who has it.
   *
   * @param command what the lock is for, as a person would know it: {@code tnmt nightly --date …}
   */
  public static HomeLock acquire(Home home, String command) {
    Path dir = home.privateFolder(".");
    Path owner = dir.resolve("write.lock.owner");
    try {
      FileChannel channel =
          FileChannel.open(
              dir.resolve("write.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw TnmtException.of(
            ErrorCode.HOME_IN_USE,
            "thư mục chính đang được dùng / the home is in use by " + describe(owner),
            home.toString(),
            "chờ lệnh kia xong, hoặc dùng --home khác / wait until it has finished, or use another --home");
      }
      Files.writeString(owner, "process " + ProcessHandle.current().pid() + " (" + command + ")\n");
      return new HomeLock(channel, lock, owner);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không khoá được thư mục chính / the home cannot be locked",
          home.toString(),
          "",
          e);
    }
  }

  @Override
  public void close() {
    try (FileChannel closing = channel) {
      Files.deleteIfExists(owner);
      if (lock.isValid() && closing.isOpen()) {
        lock.release();
      }
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không mở khoá được thư mục chính / the home cannot be unlocked",
          owner.toString(),
          "",
          e);
    }
  }

  /** Null when another process, or another part of this one, has the lock. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String describe(Path owner) throws IOException {
    return Files.exists(owner)
        ? Files.readString(owner).strip()
        : "một tiến trình khác / another process";
  }
}
