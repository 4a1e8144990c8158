package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Collects one flat folder of many files, twice, in a process of its own whose heap is smaller than
 * the names and attributes of the files, let alone their content. Prints the counts of both nights.
 */
final class ManyFiles {
  static final int FILES = 20_000;
  static final int BYTES = 2_000;

  private ManyFiles() {}

  /** Arguments: an empty folder to work in. */
  public static void main(String[] args) throws IOException {
    Path dir = Path.of(args[0]);
    Path source = Files.createDirectories(dir.resolve("source"));
    byte[] content = new byte[BYTES];
    for (int i = 0; i < FILES; i++) {
      content[0] = (byte) i;
      Files.write(source.resolve(name(i)), content);
    }
    FolderStore store = new FolderStore(dir.resolve("store"));
    Collector collector =
        new Collector(store, dir.resolve("work"), Clock.systemUTC(), 1, LandingLimits.USUAL, 1_000);
    Feed feed = TestFeeds.feed("x/f", source, "{name}.txt", 30);
    for (int night = 10; night <= 11; night++) {
      CollectResult result = collector.collect(List.of(feed), LocalDate.of(2026, 3, night)).get(0);
      result.failure().ifPresent(Throwable::printStackTrace);
      System.out.println(
          result.counts().taken() + " taken, " + result.counts().alreadyReceived() + " known");
    }
  }

  private static String name(int i) {
    return "station-" + "x".repeat(150) + "-" + (i * 7919L % FILES) + ".txt";
  }
}
