package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;

/**
 * The services that {@code tnmt up} keeps running for a home, so that other commands need not start
 * their own. The addresses stand in {@code up.address}; they count as long as somebody holds the
 * lock {@code up.lock}, which the operating system takes back when the process ends.
 */
public final class RunningServices implements AutoCloseable {
  /** Where the embedded services of a home answer. */
  public record Address(String store, String catalogue) {}

  private final FileChannel channel;
  private final Path address;

  private RunningServices(FileChannel channel, Path address) {
    this.channel = channel;
    this.address = address;
  }

  /** Tells other commands of the services, until closed. */
  public static RunningServices announce(Home home, Address services) {
    Path dir = home.privateFolder(".");
    try {
      FileChannel channel = open(dir);
      if (lock(channel) == null) {
        channel.close();
        throw TnmtException.of(
            ErrorCode.HOME_IN_USE,
            "thư mục chính đã có tnmt up / another tnmt up serves this home",
            home.toString(),
            "dùng lệnh đang chạy / use the one that runs");
      }
      Path address = dir.resolve("up.address");
      Path partial = Files.createTempFile(dir, "up", ".partial");
      Files.writeString(partial, services.store() + "\n" + services.catalogue() + "\n");
      Files.move(partial, address, StandardCopyOption.ATOMIC_MOVE);
      return new RunningServices(channel, address);
    } catch (IOException e) {
      throw unwritable(home, e);
    }
  }

  /** The services that run for a home now. */
  public static Optional<Address> find(Home home) {
    Path address = home.resolve("up.address");
    if (!Files.exists(address)) {
      return Optional.empty();
    }
    try (FileChannel channel = open(home.dir())) {
      if (lock(channel) != null) { // nobody holds it: what is written there is of a dead process
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(address);
      return Optional.of(new Address(lines.get(0), lines.get(1)));
    } catch (IOException e) {
      throw unwritable(home, e);
    }
  }

  @Override
  public void close() {
    try (FileChannel closing = channel) {
      Files.deleteIfExists(address);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.HOME_INVALID, "not removed", address.toString(), "", e);
    }
  }

  private static FileChannel open(Path dir) throws IOException {
    return FileChannel.open(
        dir.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static TnmtException unwritable(Home home, IOException e) {
    return TnmtException.of(
        ErrorCode.HOME_INVALID,
        "không ghi được thư mục chính / the home cannot be written",
        home.toString(),
        "",
        e);
  }
}
