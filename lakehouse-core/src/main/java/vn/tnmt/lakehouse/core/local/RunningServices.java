package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.WholeFile;

/**
 * The services that {@code tnmt up} keeps running for a home, so that other commands need not start
 * their own. The addresses stand in {@code up.address}, a line each; they count as long as somebody
 * holds {@code up.lock}.
 */
public final class RunningServices implements AutoCloseable {
  /**
   * Where the services of a home answer.
   *
   * @param store URL of the object store
   * @param catalogue URL of the catalogue
   * @param commands name of the Unix socket in the home that takes commands; empty: none does
   * @param distribution folder of the distribution that runs them
   * @param configuration settings file that they run with; empty: none
   * @param token what a caller of {@code commands} says first
   */
  public record Address(
      String store,
      String catalogue,
      String commands,
      String distribution,
      String configuration,
      String token) {

    /** Says nothing of the token. */
    @Override
    public String toString() {
      return store + ", " + catalogue;
    }
  }

  private final ProcessLock lock;
  private final Path address;

  private RunningServices(ProcessLock lock, Path address) {
    this.lock = lock;
    this.address = address;
  }

  /** Tells other commands of the services, until closed. */
  public static RunningServices announce(Home home, Address services) {
    Path dir = home.privateFolder(".");
    try {
      ProcessLock lock =
          ProcessLock.tryTake(dir.resolve("up.lock"))
              .orElseThrow(
                  () ->
                      TnmtException.of(
                          ErrorCode.HOME_IN_USE,
                          "thư mục chính đã có tnmt up / another tnmt up serves this home",
                          home.toString(),
                          "dùng lệnh đang chạy / use the one that runs"));
      Path address = dir.resolve("up.address");
      WholeFile.write(
          address,
          String.join(
              "\n",
              services.store(),
              services.catalogue(),
              services.commands(),
              services.distribution(),
              services.configuration(),
              services.token(),
              ""),
          WholeFile.PRIVATE);
      return new RunningServices(lock, address);
    } catch (IOException e) {
      throw unusable(home, e);
    }
  }

  /** The services that run for a home now. */
  public static Optional<Address> find(Home home) {
    Path address = home.resolve("up.address");
    try {
      if (!Files.exists(address) || !ProcessLock.isHeld(home.resolve("up.lock"))) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(address);
      return Optional.of(
          new Address(
              lines.get(0), lines.get(1), lines.get(2), lines.get(3), lines.get(4), lines.get(5)));
    } catch (IOException e) {
      throw unusable(home, e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      Files.deleteIfExists(address);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.HOME_INVALID, "not removed", address.toString(), "", e);
    }
  }

  private static TnmtException unusable(Home home, IOException e) {
    return TnmtException.of(
        ErrorCode.HOME_INVALID,
        "không dùng được thư mục chính / the home cannot be used",
        home.toString(),
        "",
        e);
  }
}
