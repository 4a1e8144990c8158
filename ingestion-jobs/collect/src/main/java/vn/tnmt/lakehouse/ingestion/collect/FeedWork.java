package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.local.ProcessLock;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

/** A feed's folder for temporary files, held by the one who collects the feed. */
final class FeedWork implements AutoCloseable {
  private final Path path;
  private final ProcessLock lock;

  private FeedWork(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the folder and removes what a killed run has left in it.
   *
   * @throws TnmtException {@code TNMT-5003} when somebody else has it
   */
  static FeedWork take(Path work, FeedId feed) {
    Path path = work.resolve(feed.toString());
    try {
      Files.createDirectories(path);
      ProcessLock lock =
          ProcessLock.tryTake(path.resolve("lock"))
              .orElseThrow(
                  () ->
                      TnmtException.of(
                          ErrorCode.HOME_IN_USE,
                          "nguồn cấp đang được thu nhận / the feed is being collected by another process",
                          feed.toString(),
                          "chờ lệnh kia xong / wait until it has finished"));
      clear(path);
      return new FeedWork(path, lock);
    } catch (IOException | UncheckedIOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không ghi được thư mục tạm / the work folder cannot be written",
          path.toString(),
          "make it writable",
          e);
    }
  }

  private static void clear(Path path) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(path, "sort-*.tsv")) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
