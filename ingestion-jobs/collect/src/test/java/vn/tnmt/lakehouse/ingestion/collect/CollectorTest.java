package vn.tnmt.lakehouse.ingestion.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Ended;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.collect.landing.SplitReader;
import vn.tnmt.lakehouse.ingestion.collect.offer.Counts;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

class CollectorTest {
  private static final String STATION =
      "{station}/{yyyy}/{MM}/{dd}/{name}_{time:yyyyMMddHHmmss}.txt";
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);

  /** 01:30 in Vietnam of the day after the business date. */
  private static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");

  @TempDir Path dir;
  private Path source;
  private FolderStore store;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectories(dir.resolve("source"));
    store = new FolderStore(dir.resolve("store"));
  }

  @Test
  void manySmallFilesBecomeOneObjectWithAnIndex() throws IOException {
    write("b.csv", "bb");
    write("a.csv", "a");
    write("a/x.csv", "");
    write("a-b.csv", "ccc");
    CollectResult result = collect(feed("**/{name}.csv"));
    Manifest delivery = result.delivery().orElseThrow();
    assertThat(store.contents().keySet())
        .containsExactly(
            "landing-open/x/f/2026-03-10/01",
            "landing/x/f/2026-03-10/01/files-00000.bin",
            "landing/x/f/2026-03-10/01/index.tsv",
            "landing/x/f/2026-03-10/01/manifest.json");
    assertThat(text("landing/x/f/2026-03-10/01/files-00000.bin")).isEqualTo("cccabb");
    // Expected digests by sha256sum.
    assertThat(
            text("landing/x/f/2026-03-10/01/index.tsv").lines().map(line -> line.split("\t", -1)))
        .extracting(fields -> fields[0] + " " + fields[2] + " " + fields[3] + " " + fields[5])
        .containsExactly(
            "a-b.csv 3 64daa44ad493ff28a96effab6e77f1732a3d97d83241581b37dbd70a7a4900fe 0",
            "a.csv 1 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 3",
            "a/x.csv 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 4",
            "b.csv 2 3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf 4");
    assertThat(delivery.files()).isEqualTo(4);
    assertThat(delivery.bytes()).isEqualTo(6);
    assertThat(delivery.publisher()).isEqualTo("x");
    assertThat(delivery.feed()).isEqualTo("f");
    assertThat(delivery.receivedAt()).isEqualTo(NOW);
    assertThat(delivery.deliveryId()).matches("[0-9a-f]{20}");
    assertThat(delivery.splits())
        .containsExactly(
            new Manifest.Split("files-00000.bin", 0, 6, 0, delivery.indexBytes(), 4)
                .indexed(Sha256.hex(store.contents().get(delivery.landing() + "/index.tsv"))));
    assertThat(new Deliveries(store).read(delivery.landing())).isEqualTo(delivery);
    assertThat(result.counts()).isEqualTo(new Counts(4, 6, 0, 0, 0, 0, 0));
    assertThat(result.notes()).isEmpty();
    assertThat(result.failure()).isEmpty();
  }

  @Test
  void whatWasReceivedIsNotTakenAgain() throws IOException {
    write("a.csv", "a");
    write("b.csv", "b");
    collect(feed("{name}.csv"));
    CollectResult again = collect(feed("{name}.csv"));
    assertThat(again.delivery()).isEmpty();
    assertThat(again.counts().alreadyReceived()).isEqualTo(2);

    Files.setLastModifiedTime(source.resolve("a.csv"), FileTime.from(NOW.minusSeconds(60)));
    assertThat(collect(feed("{name}.csv")).counts().alreadyReceived()).isEqualTo(2);

    Files.move(source.resolve("b.csv"), source.resolve("c.csv"));
    CollectResult renamed = collect(feed("{name}.csv"));
    assertThat(renamed.counts().taken()).isEqualTo(1);
    assertThat(renamed.delivery().orElseThrow().landing()).endsWith("/2026-03-10/02");
    assertThat(store.contents()).as("each with its mark").hasSize(8);
  }

  @Test
  void aFileChangedBackIsADeliveryOfItsOwn() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String content : List.of("one", "two", "one", "two")) {
      write("a.csv", content);
      Files.setLastModifiedTime(
          source.resolve("a.csv"), FileTime.from(NOW.plusSeconds(ids.size())));
      ids.add(collect(feed("{name}.csv")).delivery().orElseThrow().deliveryId());
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(collect(feed("{name}.csv")).delivery()).isEmpty();
  }

  @Test
  void theIdFollowsFromFeedAndContentAlone() throws IOException {
    write("a.csv", "a");
    Manifest first = collect(feed("{name}.csv")).delivery().orElseThrow();
    store = new FolderStore(dir.resolve("other"));
    Files.setLastModifiedTime(source.resolve("a.csv"), FileTime.from(NOW.minusSeconds(60)));
    Manifest second =
        collect(feed("{name}.csv"), NIGHT.plusDays(1), NOW.plusSeconds(86400))
            .delivery()
            .orElseThrow();
    assertThat(second.deliveryId()).isEqualTo(first.deliveryId());
    assertThat(second.contentSha256()).isEqualTo(first.contentSha256());
    Manifest otherFeed =
        collect(TestFeeds.feed("x/g", source, "{name}.csv", 30), NIGHT, NOW)
            .delivery()
            .orElseThrow();
    assertThat(otherFeed.deliveryId()).isNotEqualTo(first.deliveryId());
    assertThat(otherFeed.contentSha256()).isEqualTo(first.contentSha256());
  }

  @Test
  void theFileOfMidnightIsOfTheNightThatEndsThen() throws IOException {
    write("S1/2026/03/11/a_20260311000000.txt", "24:00 of tonight");
    write("S1/2026/03/11/a_20260311000001.txt", "next night");
    assertThat(collect(feed(STATION)).counts().taken()).isEqualTo(1);
  }

  @Test
  void filesOfAnotherNightAreLeftAndFilesOfTheFutureAreTaken() throws IOException {
    write("S1/2026/03/10/a_20260310235500.txt", "tonight");
    write("S1/2026/03/11/a_20260311000500.txt", "next night");
    write("S1/2026/03/11/a_20260311013500.txt", "after now");
    write("S1/2099/01/01/a_20990101000500.txt", "far future");
    CollectResult result = collect(feed(STATION));
    assertThat(result.counts().taken()).isEqualTo(3);
    assertThat(result.counts().leftForLater()).isEqualTo(1);
    CollectResult next = collect(feed(STATION), NIGHT.plusDays(1), NOW.plusSeconds(86400));
    assertThat(next.counts().taken()).isEqualTo(1);
    assertThat(next.counts().alreadyReceived()).isEqualTo(3);
  }

  @Test
  void filesOlderThanTheLookbackAreNotLookedAt() throws IOException {
    write("S1/2026/02/06/a_20260206000500.txt", "folder not opened");
    write("S1/2026/02/09/a_20260207000500.txt", "old name in a newer folder");
    write("S1/2026/02/08/a_20260208000500.txt", "just in");
    write("S1/2025/02/08/stray.tmp", "old stray: its folder is not opened");
    write("S1/old-stray.txt", "old by its time");
    Files.setLastModifiedTime(
        source.resolve("S1/old-stray.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    CollectResult result = collect(feed(STATION));
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(result.counts().outsideWindow()).isEqualTo(2);
  }

  @Test
  void withoutADateInThePatternEveryEarlierDeliveryCounts() throws IOException {
    write("provinces.geojson", "{}");
    Feed feed = TestFeeds.feed("x/f", source, "provinces.geojson", 30);
    assertThat(collect(feed, NIGHT, NOW).counts().taken()).isEqualTo(1);
    CollectResult later = collect(feed, NIGHT.plusYears(2), NOW.plusSeconds(2 * 366 * 86400));
    assertThat(later.delivery()).isEmpty();
    assertThat(later.counts().alreadyReceived()).isEqualTo(1);
  }

  @Test
  void namesThatAreNotInThePatternAreTakenAndCounted() throws IOException {
    write("S1/2026/03/10/a_20260310235500.txt", "x");
    write("S1/2026/03/10/ghi chu.txt", "x");
    write("S1/2026/03/10/a_20261310235500.txt", "month 13");
    write("readme\twith\ttabs\\and\nlines", "x");
    CollectResult result = collect(feed(STATION));
    assertThat(result.counts().taken()).isEqualTo(4);
    assertThat(result.counts().unrecognised()).isEqualTo(3);
    assertThat(
            new Deliveries(store)
                .restore(result.delivery().orElseThrow(), "readme\twith\ttabs\\and\nlines"))
        .isEqualTo("x".getBytes(StandardCharsets.UTF_8));
    assertThat(collect(feed(STATION)).counts().alreadyReceived()).isEqualTo(4);
  }

  @Test
  void feedsThatShareAFolderDoNotTakeEachOthersFiles() throws IOException {
    write("tinh_20260310.geojson", "p");
    write("xa_20260310.csv", "c");
    write("stray.doc", "s");
    write("deeper/n_20260310.csv", "d");
    write("deeper/stray.doc", "s");
    List<CollectResult> results =
        collector(NOW)
            .collect(
                List.of(
                    TestFeeds.feed("x/tinh", source, "tinh_{day:yyyyMMdd}.geojson", 30),
                    TestFeeds.feed("x/xa", source, "xa_{day:yyyyMMdd}.csv", 30),
                    TestFeeds.feed("x/n", source.resolve("deeper"), "n_{day:yyyyMMdd}.csv", 30)),
                NIGHT);
    assertThat(results).extracting(r -> r.feed().name()).containsExactly("tinh", "xa", "n");
    assertThat(results)
        .extracting(r -> paths(r))
        .containsExactly(
            List.of("stray.doc", "tinh_20260310.geojson"),
            List.of("xa_20260310.csv"),
            List.of("n_20260310.csv", "stray.doc"));
  }

  @Test
  void aMissingFolderFailsItsOwnFeedOnly() throws IOException {
    write("a.csv", "a");
    Path file = Files.writeString(dir.resolve("file"), "not a folder");
    List<CollectResult> results =
        collector(NOW)
            .collect(
                List.of(
                    TestFeeds.feed("x/missing", dir.resolve("missing"), "{name}.csv", 30),
                    TestFeeds.feed("x/file", file, "{name}.csv", 30),
                    TestFeeds.feed("x/good", source, "{name}.csv", 30)),
                NIGHT);
    assertThat(results.get(0).failure().orElseThrow())
        .hasMessageStartingWith("TNMT-1002")
        .hasMessageContaining("missing")
        .hasMessageContaining("feeds.yaml:1");
    assertThat(results.get(1).failure().orElseThrow()).hasMessageStartingWith("TNMT-1002");
    assertThat(results.get(2).delivery()).isPresent();
  }

  @Test
  void nightsBeforeTheWindowAreNotLookedInto() throws IOException {
    write("a.csv", "a");
    Feed feed = TestFeeds.feed("x/f", source, "{day:yyyyMMdd}.csv", 2);
    String leftover = "landing/x/f/%s/01/part-0";
    for (LocalDate night : List.of(NIGHT.minusDays(3), NIGHT.minusDays(2))) {
      try (var out = store.create(leftover.formatted(night))) {
        out.write(1);
      }
    }
    collect(feed);
    assertThat(store.contents().keySet())
        .as("what is swept was looked at")
        .contains(leftover.formatted(NIGHT.minusDays(3)))
        .doesNotContain(leftover.formatted(NIGHT.minusDays(2)));
  }

  @Test
  void oneFeedIsCollectedByOneProcess() throws IOException {
    write("a.csv", "a");
    Path work = dir.resolve("work");
    try (FeedWork held = FeedWork.take(work, new FeedId("x", "f"))) {
      assertThat(collector(NOW).collect(List.of(feed("{name}.csv")), NIGHT).get(0).failure())
          .get()
          .asString()
          .contains("TNMT-5003")
          .contains("x/f");
    }
    assertThat(paths(collect(feed("{name}.csv")))).containsExactly("a.csv");
    assertThat(new Deliveries(store).has(new FeedId("x", "f"), NIGHT)).isTrue();
    assertThat(new Deliveries(store).has(new FeedId("x", "f"), NIGHT.plusDays(1))).isFalse();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret.csv"), "secret");
    Files.createSymbolicLink(source.resolve("link.csv"), secret);
    Files.createSymbolicLink(source.resolve("self"), source);
    write("a.csv", "a");
    CollectResult result = collect(feed("**/{name}.csv"));
    assertThat(paths(result)).containsExactly("a.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(2);
    assertThat(result.notes()).hasSize(2);
  }

  @Test
  void aFileThatVanishesOrGrowsWhileItIsReadIsLeftForNextTime() throws IOException {
    write("a.csv", "a");
    write("b.csv", "b");
    write("c.csv", "0123456789");
    write("d.csv", "d");
    // Small limits: the object of a.csv is created, then the others are still to be read.
    FolderStore meddling =
        new FolderStore(dir.resolve("store")) {
          @Override
          public java.io.OutputStream create(String key) {
            try {
              Files.deleteIfExists(source.resolve("b.csv"));
              Files.writeString(source.resolve("c.csv"), "0123456789 and more");
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            return super.create(key);
          }
        };
    Collector collector =
        new Collector(
            meddling, dir.resolve("work"), clock(NOW), 1, new LandingLimits(64, 8, 8, 10), 10);
    CollectResult result = collector.collect(List.of(feed("{name}.csv")), NIGHT).get(0);
    assertThat(paths(result)).containsExactly("a.csv", "d.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(2);
    assertThat(result.notes()).hasSize(2).first().asString().startsWith("b.csv");
    assertThat(store.contents().keySet()).noneMatch(key -> key.contains("large"));
    CollectResult next = collect(feed("{name}.csv"));
    assertThat(paths(next)).containsExactly("c.csv");
    assertThat(
            new String(
                new Deliveries(store).restore(next.delivery().orElseThrow(), "c.csv"),
                StandardCharsets.UTF_8))
        .isEqualTo("0123456789 and more");
  }

  @Test
  void aResentLargeFileIsNotStoredAgain() throws IOException {
    write("big.csv", "x".repeat(100));
    Collector collector = small(NOW);
    Feed feed = feed("{name}.csv");
    collector.collect(List.of(feed), NIGHT);
    Files.setLastModifiedTime(source.resolve("big.csv"), FileTime.from(NOW.minusSeconds(60)));
    CollectResult again = collector.collect(List.of(feed), NIGHT).get(0);
    assertThat(again.delivery()).isEmpty();
    assertThat(again.counts().alreadyReceived()).isEqualTo(1);
    assertThat(store.contents()).as("with its mark").hasSize(4);
  }

  @Test
  void everyFileComesBackByteForByte() throws IOException {
    Random random = new Random(20260310);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(90)];
      random.nextBytes(bytes);
      String path =
          "d" + random.nextInt(4) + "/" + (random.nextBoolean() ? "Trạm " : "é/") + i + ".bin";
      files.put(path, bytes);
      Path file = source.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
    Manifest delivery =
        small(NOW).collect(List.of(feed("**/{name}.bin")), NIGHT).get(0).delivery().orElseThrow();
    Deliveries deliveries = new Deliveries(store);
    assertThat(delivery.files()).isEqualTo(300);
    assertThat(store.contents().keySet()).anyMatch(key -> key.endsWith("large-00000.bin"));
    assertThat(store.contents().keySet()).anyMatch(key -> key.endsWith("files-00003.bin"));
    files.forEach((path, bytes) -> assertThat(deliveries.restore(delivery, path)).isEqualTo(bytes));

    List<String> read = new ArrayList<>();
    for (Manifest.Split split : delivery.splits()) {
      assertThat(split.files()).isLessThanOrEqualTo(10);
      try (SplitReader reader = deliveries.open(delivery, split)) {
        for (IndexEntry entry = reader.next(); entry != null; entry = reader.next()) {
          read.add(entry.path());
          if (random.nextBoolean()) {
            assertThat(reader.content().readAllBytes()).isEqualTo(files.get(entry.path()));
          } else if (random.nextBoolean()) {
            assertThat(reader.content().read())
                .isEqualTo(entry.size() == 0 ? -1 : files.get(entry.path())[0] & 0xFF);
          }
        }
      }
    }
    assertThat(read).containsExactlyElementsOf(files.keySet());
  }

  @Test
  void damageInLandingIsFound() throws IOException {
    write("a.csv", "a,b");
    write("b.csv", "a,c");
    Manifest delivery = collect(feed("{name}.csv")).delivery().orElseThrow();
    Deliveries deliveries = new Deliveries(store);
    assertThatThrownBy(() -> deliveries.restore(delivery, "z.csv"))
        .hasMessageStartingWith("TNMT-1004");
    Path folder = dir.resolve("store").resolve(delivery.landing());
    Files.writeString(folder.resolve("files-00000.bin"), "a,ba,");
    assertThat(deliveries.restore(delivery, "a.csv")).hasSize(3);
    assertThatThrownBy(() -> deliveries.restore(delivery, "b.csv"))
        .hasMessageStartingWith("TNMT-1003");
    try (SplitReader reader = deliveries.open(delivery, delivery.splits().get(0))) {
      reader.next();
      reader.next();
      assertThatThrownBy(() -> reader.content().readAllBytes()).hasMessageContaining("cut off");
    }
    String index = Files.readString(folder.resolve("index.tsv"));
    Files.writeString(folder.resolve("index.tsv"), index.substring(0, index.length() - 5));
    assertThatThrownBy(() -> deliveries.restore(delivery, "b.csv"))
        .hasMessageStartingWith("TNMT-1003");
    Files.writeString(folder.resolve("manifest.json"), "{\"deliveryId\":");
    assertThatThrownBy(() -> deliveries.list(new FeedId("x", "f"), LocalDate.MIN))
        .hasMessageStartingWith("TNMT-1003")
        .hasMessageContaining("manifest.json");
  }

  /** One bit of any object of a delivery, wherever it is, and whatever a reader reads of it. */
  @Test
  void everyFlippedBitIsFoundByWhoReads() throws IOException {
    write("a.csv", "a,b");
    write("b.csv", "");
    write("c.csv", "số liệu");
    Manifest delivery = collect(feed("{name}.csv")).delivery().orElseThrow();
    Path folder = dir.resolve("store").resolve(delivery.landing());
    assertThat(damage(delivery)).isEmpty();
    for (String name : List.of("files-00000.bin", "index.tsv", "manifest.json")) {
      byte[] sound = Files.readAllBytes(folder.resolve(name));
      for (int at = 0; at < sound.length; at++) {
        byte[] flipped = sound.clone();
        flipped[at] ^= 1;
        Files.write(folder.resolve(name), flipped);
        assertThat(damage(delivery)).as(name + " byte " + at).isPresent();
      }
      Files.delete(folder.resolve(name));
      assertThat(damage(delivery)).as("without " + name).isPresent();
      Files.write(folder.resolve(name), sound);
    }
    assertThat(damage(delivery)).isEmpty();
  }

  private Optional<String> damage(Manifest delivery) throws IOException {
    Deliveries deliveries = new Deliveries(store);
    Optional<String> damage = Optional.empty();
    try {
      for (Manifest.Split split : deliveries.read(delivery.landing()).splits()) {
        SplitReader reader = deliveries.open(delivery, split);
        try (reader) {
          IndexEntry entry = reader.next();
          while (entry != null && reader.damage().isEmpty()) {
            reader.content().read();
            entry = reader.next();
          }
        } catch (IOException | TnmtException e) {
          assertThat(reader.damage()).as(e.toString()).isPresent();
        }
        damage = damage.or(reader::damage);
      }
    } catch (TnmtException e) {
      assertThat(e.code()).isIn(ErrorCode.DELIVERY_DAMAGED, ErrorCode.OBJECT_MISSING);
      return Optional.of(e.getMessage());
    }
    return damage;
  }

  /** The clock goes back by a day between the first and the second version. */
  @Test
  void neitherOrderNorIdsFollowTheClock() throws IOException {
    write("a.csv", "one");
    Manifest first = collect(feed("{name}.csv")).delivery().orElseThrow();
    write("a.csv", "two");
    Files.setLastModifiedTime(source.resolve("a.csv"), FileTime.from(NOW.plusSeconds(5)));
    Manifest second =
        collect(feed("{name}.csv"), NIGHT, NOW.minusSeconds(86400)).delivery().orElseThrow();
    assertThat(new Deliveries(store).list(new FeedId("x", "f"), LocalDate.MIN))
        .extracting(Manifest::deliveryId)
        .containsExactly(first.deliveryId(), second.deliveryId());
    assertThat(second.receivedAt()).isBefore(first.receivedAt());
    Files.setLastModifiedTime(source.resolve("a.csv"), FileTime.from(NOW.plusSeconds(9)));
    assertThat(collect(feed("{name}.csv")).delivery()).as("what is newest is known").isEmpty();
    assertThat(second.turn().number()).isEqualTo(first.turn().number() + 1);
  }

  @Test
  void killedAnywhereAndRunAgainItEndsTheSame() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("f" + i + ".csv", "x".repeat(i));
    }
    Feed feed = feed("{name}.csv");
    small(NOW).collect(List.of(feed), NIGHT);
    Map<String, byte[]> expected = store.contents();
    long calls = store.calls();
    assertThat(calls).isGreaterThan(10);
    for (int n = 1; n <= calls; n++) {
      store = new FolderStore(dir.resolve("store-" + n));
      store.failAt(n);
      CollectResult killed = small(NOW).collect(List.of(feed), NIGHT).get(0);
      assertThat(killed.failure()).isPresent();
      assertThat(new HashMap<>(store.contents()))
          .doesNotContainKey("landing/x/f/2026-03-10/01/manifest.json");
      // It may be killed again while it cleans up.
      store.failAt(3);
      small(NOW).collect(List.of(feed), NIGHT);
      store.heal();
      assertThat(small(NOW).collect(List.of(feed), NIGHT).get(0).failure()).isEmpty();
      Map<String, byte[]> contents = store.contents();
      assertThat(contents.keySet()).isEqualTo(expected.keySet());
      contents.forEach((key, bytes) -> assertThat(bytes).isEqualTo(expected.get(key)));
    }
  }

  @Test
  void whatIsNotYetTakenIsFoundByItsMark() throws IOException {
    Deliveries deliveries = new Deliveries(store);
    Feed feed = feed("{name}.csv");
    write("a.csv", "1");
    small(NOW).collect(List.of(feed), NIGHT);
    write("b.csv", "2");
    small(NOW).collect(List.of(feed), NIGHT);
    assertThat(deliveries.marked())
        .extracting(Deliveries.Marked::folder)
        .containsExactly("landing/x/f/2026-03-10/01", "landing/x/f/2026-03-10/02");
    assertThat(deliveries.find("landing/x/f/2026-03-10/02")).isPresent();
    assertThat(deliveries.before(deliveries.read("landing/x/f/2026-03-10/02"), 0, 5))
        .extracting(Manifest::landing)
        .containsExactly("landing/x/f/2026-03-10/01");

    deliveries.unmark(deliveries.marked().get(0).folder());
    assertThat(deliveries.marked())
        .extracting(Deliveries.Marked::folder)
        .containsExactly("landing/x/f/2026-03-10/02");
    assertThat(deliveries.markAll()).isEqualTo(1);
    assertThat(deliveries.marked()).hasSize(2);

    store.create("landing-open/x/f/2026-03-11/01").close();
    store.create("landing-open/x/f/2026-13-45/01").close(); // somebody else's
    assertThat(deliveries.marked()).hasSize(3);
    assertThat(deliveries.find(deliveries.marked().get(2).folder()))
        .as("killed before it was complete")
        .isEmpty();
  }

  @Test
  void bytesThatEndAreSaidToAndTheFileIsStillKnown() throws IOException {
    Deliveries deliveries = new Deliveries(store);
    Feed feed = feed("{name}.csv");
    write("a.csv", "a");
    String folder = collect(feed).delivery().orElseThrow().landing();
    Map<String, byte[]> before = store.contents();
    Ended fact = new Ended(NOW, Ended.By.RETENTION, "landing.keepDays 8");
    store.heal();
    deliveries.end(folder, fact);
    long calls = store.calls();
    assertThat(calls).isGreaterThan(3);

    for (int n = 1; n <= calls; n++) {
      store = new FolderStore(dir.resolve("store-" + n));
      for (Map.Entry<String, byte[]> object : before.entrySet()) {
        try (OutputStream out = store.create(object.getKey())) {
          out.write(object.getValue());
        }
      }
      Deliveries killed = new Deliveries(store);
      store.failAt(n);
      assertThatThrownBy(() -> killed.end(folder, fact)).isNotNull();
      store.heal();
      assertThat(killed.ended(folder).isPresent() || !killed.bytes(folder).isEmpty())
          .as("killed at %d: no bytes go before it is said", n)
          .isTrue();
      killed.end(folder, new Ended(NOW.plusSeconds(86_400), Ended.By.ERASURE, "later"));
      killed.end(folder, new Ended(NOW.plusSeconds(99_999), Ended.By.ERASURE, "again"));
      assertThat(killed.bytes(folder)).isEmpty();
      assertThat(store.contents().keySet())
          .contains(folder + "/manifest.json", folder + "/index.tsv", folder + "/ended.json");
      Manifest manifest = killed.read(folder);
      assertThatThrownBy(() -> killed.restore(manifest, "a.csv"))
          .isInstanceOf(TnmtException.class)
          .hasMessageMatching(
              "TNMT-1005 .*ngày 2026-03-1[12] / the delivered bytes ended on 2026-03-1[12] by .*")
          .hasMessageContaining(folder)
          .hasMessageNotContaining("TNMT-1003");
      Files.setLastModifiedTime(source.resolve("a.csv"), FileTime.from(NOW.minusSeconds(60)));
      CollectResult again = collect(feed);
      assertThat(again.delivery()).isEmpty();
      assertThat(again.counts().alreadyReceived()).isEqualTo(1);
      killed.unmark(folder);
      assertThat(killed.markAll()).as("it cannot be taken again").isZero();
    }
  }

  @Test
  void aNameThatIsNotUtf8IsTakenToo() throws IOException {
    // "Trạm" in TCVN3; a path with these bytes can only be made from a URI.
    for (int i = 0; i < 5; i++) {
      Files.writeString(Path.of(URI.create(source.toUri() + "Tr%B9m-" + i + ".csv")), "a" + i);
    }
    for (int chunk : List.of(2, 100)) {
      Collector collector =
          new Collector(
              new FolderStore(dir.resolve("store-" + chunk)),
              dir.resolve("work"),
              clock(NOW),
              1,
              LandingLimits.USUAL,
              chunk);
      CollectResult result = collector.collect(List.of(feed("{name}.csv")), NIGHT).get(0);
      assertThat(result.counts()).isEqualTo(new Counts(5, 10, 0, 0, 0, 0, 0));
      assertThat(collector.collect(List.of(feed("{name}.csv")), NIGHT).get(0).counts())
          .isEqualTo(new Counts(0, 0, 0, 5, 0, 0, 0));
    }
  }

  @Test
  void namesThatDifferOnlyInUnicodeFormAreNotMixedUp() throws IOException {
    write("Hà Nội.csv", "composed");
    write(Normalizer.normalize("Hà Nội.csv", Normalizer.Form.NFD), "decomposed");
    CollectResult result = collect(feed("{name}.csv"));
    assertThat(paths(result)).containsExactly("Hà Nội.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(1);
  }

  @Test
  void aFlatFolderLargerThanMemoryIsSortedThroughFiles() throws IOException {
    for (int i = 0; i < 500; i++) {
      write("f" + (i * 7919 % 500) + ".csv", "" + i);
      write("g" + i % 20 + "/f" + i + ".csv", "" + i);
    }
    Collector collector =
        new Collector(store, dir.resolve("work"), clock(NOW), 2, LandingLimits.USUAL, 30);
    CollectResult result = collector.collect(List.of(feed("**/{name}.csv")), NIGHT).get(0);
    assertThat(result.counts().taken()).isEqualTo(1000);
    assertThat(paths(result)).isSorted();
    assertThat(collector.collect(List.of(feed("**/{name}.csv")), NIGHT).get(0).counts())
        .isEqualTo(new Counts(0, 0, 0, 1000, 0, 0, 0));
    try (var work = Files.list(dir.resolve("work/x/f"))) {
      assertThat(work).containsExactly(dir.resolve("work/x/f/lock"));
    }
  }

  private void write(String path, String content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(3600)));
  }

  private String text(String key) {
    return new String(store.contents().get(key), StandardCharsets.UTF_8);
  }

  private List<String> paths(CollectResult result) {
    return text(result.delivery().orElseThrow().landing() + "/index.tsv")
        .lines()
        .map(line -> line.split("\t", -1)[0])
        .toList();
  }

  private Feed feed(String pattern) {
    return TestFeeds.feed("x/f", source, pattern, 30);
  }

  private CollectResult collect(Feed feed) {
    return collect(feed, NIGHT, NOW);
  }

  private CollectResult collect(Feed feed, LocalDate night, Instant now) {
    CollectResult result = collector(now).collect(List.of(feed), night).get(0);
    result.failure().ifPresent(CollectorTest::fail);
    return result;
  }

  private static void fail(TnmtException failure) {
    throw failure;
  }

  private Collector collector(Instant now) {
    return new Collector(store, dir.resolve("work"), clock(now), 2);
  }

  /** Objects of a few bytes, so that there are several of each kind. */
  private Collector small(Instant now) {
    return new Collector(
        store, dir.resolve("work"), clock(now), 1, new LandingLimits(256, 64, 128, 10), 10);
  }

  private static Clock clock(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
