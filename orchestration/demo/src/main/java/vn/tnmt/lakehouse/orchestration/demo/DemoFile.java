package vn.tnmt.lakehouse.orchestration.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One file as a publisher would leave it for collection.
 *
 * @param publisher who sends it
 * @param feed which of the publisher's feeds it belongs to
 * @param night the night whose run takes it
 * @param path below the exports folder
 * @param modified the file's time stamp
 * @param content its bytes
 * @param fates one for each record that a reader must find in it, in order; empty when the platform
 *     has this path with these bytes already
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DemoFile(
    String publisher,
    String feed,
    int night,
    String path,
    Instant modified,
    byte[] content,
    List<Fate> fates) {

  boolean isNew() {
    return !fates.isEmpty();
  }

  /** Writes the files of independent sources, each source on one thread. */
  static WrittenNight writeAll(
      Path exports, LocalDate date, Collection<Supplier<Stream<DemoFile>>> sources)
      throws IOException {
    LongAdder files = new LongAdder();
    LongAdder bytes = new LongAdder();
    Set<Path> folders = ConcurrentHashMap.newKeySet();
    try {
      sources.parallelStream()
          .flatMap(Supplier::get)
          .forEach(
              file -> {
                file.write(exports.resolve(file.path()), folders);
                files.increment();
                bytes.add(file.content().length);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new WrittenNight(date, files.sum(), bytes.sum());
  }

  private void write(Path target, Set<Path> folders) {
    try {
      if (folders.add(target.getParent())) {
        Files.createDirectories(target.getParent());
      }
      // a correction that is there already is not undone when the demo is run again
      if (Files.exists(target) && Files.getLastModifiedTime(target).toInstant().isAfter(modified)) {
        return;
      }
      Files.write(target, content);
      Files.setLastModifiedTime(target, FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
