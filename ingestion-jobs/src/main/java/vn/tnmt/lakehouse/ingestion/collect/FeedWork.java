package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;

/**
 * A feed's folder for temporary files, held by the one process that collects the feed. The
 * operating system gives the lock back however the process ends.
 */
final class FeedWork implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private FeedWork(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder and removes what a killed run has left in it.
   *
   * @throws TnmtException {@code TNMT-5003} when somebody else has it
   */
  static FeedWork take(Path work, String feed) {
    Path path = work.resolve(feed);
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw TnmtException.of(
            ErrorCode.HOME_IN_USE,
            "nguồn cấp đang được thu nhận / the feed is being collected by another process",
            feed,
            "chờ lệnh kia xong / wait until it has finished");
      }
      clear(path);
      return new FeedWork(path, channel);
    } catch (IOException | UncheckedIOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không ghi được thư mục tạm / the work folder cannot be written",
          path.toString(),
          "make it writable",
          e);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
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
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
