package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;

/**
 * The right to write to a home: a {@link ProcessLock}, and {@code write.lock.owner} beside it only
 * says who has it.
 */
public final class HomeLock implements AutoCloseable {
  private final ProcessLock lock;
  private final Path owner;

  private HomeLock(ProcessLock lock, Path owner) {
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
      ProcessLock lock = ProcessLock.tryTake(dir.resolve("write.lock")).orElse(null);
      if (lock == null) {
        throw TnmtException.of(
            ErrorCode.HOME_IN_USE,
            "thư mục chính đang được dùng / the home is in use by " + describe(owner),
            home.toString(),
            "chờ lệnh kia xong, hoặc dùng --home khác / wait until it has finished, or use another --home");
      }
      Files.writeString(owner, "process " + ProcessHandle.current().pid() + " (" + command + ")\n");
      return new HomeLock(lock, owner);
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
    try (lock) {
      Files.deleteIfExists(owner);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không mở khoá được thư mục chính / the home cannot be unlocked",
          owner.toString(),
          "",
          e);
    }
  }

  private static String describe(Path owner) throws IOException {
    return Files.exists(owner)
        ? Files.readString(owner).strip()
        : "một tiến trình khác / another process";
  }
}
