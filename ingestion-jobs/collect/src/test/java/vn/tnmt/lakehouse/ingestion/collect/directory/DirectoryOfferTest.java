package vn.tnmt.lakehouse.ingestion.collect.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** Files that are still written. */
class DirectoryOfferTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);

  @TempDir Path dir;
  private Path source;
  private FolderStore store;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectories(dir.resolve("source"));
    store = new FolderStore(dir.resolve("store"));
  }

  @Test
  void aFileThatIsWrittenByAnotherThreadIsLeftUntilItIsQuiet() throws Exception {
    Path done = Files.writeString(source.resolve("done.csv"), "x");
    Files.setLastModifiedTime(done, FileTime.from(Instant.now().minusSeconds(60)));
    Path growing = source.resolve("growing.csv");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stop = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(growing)) {
                while (stop.getCount() > 0) {
                  out.write("a line\n".getBytes(UTF_8));
                  begun.countDown();
                  Thread.sleep(20);
                }
                out.write("the end\n".getBytes(UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    writer.start();
    try {
      begun.await();
      CollectResult meanwhile = collect(30);
      assertThat(meanwhile.counts().taken()).isEqualTo(1);
      assertThat(meanwhile.counts().leftUnstable()).isEqualTo(1);
      assertThat(meanwhile.notes())
          .singleElement()
          .asString()
          .startsWith("growing.csv")
          .contains("less than 30 s ago");
    } finally {
      stop.countDown();
      writer.join();
    }
    // Half a minute later, as it were.
    Files.setLastModifiedTime(growing, FileTime.from(Instant.now().minusSeconds(31)));
    Manifest next = collect(30).delivery().orElseThrow();
    assertThat(new Deliveries(store).restore(next, "growing.csv"))
        .isEqualTo(Files.readAllBytes(growing));
    assertThat(Files.readString(growing)).endsWith("the end\n");
    assertThat(collect(30).counts().alreadyReceived()).isEqualTo(2);
  }

  @Test
  void anEmptyFileJustMadeIsLeftAndOneOfAWrongClockIsNot() throws IOException {
    Files.createFile(source.resolve("empty.csv"));
    Path future = Files.writeString(source.resolve("future.csv"), "x");
    Files.setLastModifiedTime(future, FileTime.from(Instant.now().plusSeconds(86_400)));
    CollectResult result = collect(600);
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(result.notes()).singleElement().asString().startsWith("empty.csv");
    assertThat(collect(0).counts().taken()).isEqualTo(1);
  }

  private CollectResult collect(int quietSeconds) {
    Feed feed =
        TestFeeds.feed(
            "x/f",
            new Directory(source.toString(), FilePattern.parse("{name}.csv"), 30, quietSeconds));
    Clock clock = Clock.fixed(Instant.parse("2026-03-10T18:30:00Z"), ZoneOffset.UTC);
    return new Collector(store, dir.resolve("work"), clock, 1).collect(List.of(feed), NIGHT).get(0);
  }
}
