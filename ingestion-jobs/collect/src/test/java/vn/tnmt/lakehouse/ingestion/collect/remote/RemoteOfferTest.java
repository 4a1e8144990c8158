package vn.tnmt.lakehouse.ingestion.collect.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.SourceFolder;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/** Against a server that is out of its mind: what real ones do not do on request. */
class RemoteOfferTest {
  private static final long MARCH = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();

  @TempDir Path dir;
  private final Tally tally = new Tally();
  private final List<String> calls = new ArrayList<>();

  @Test
  void namesThatLeadOutOfTheFolderAreNotFollowed() throws IOException {
    Wild files = new Wild();
    for (String name : List.of("..", ".", "", "a/b", "../x", "a\rb", "a\nDELE b", "a\0")) {
      files.add("", name, RemoteFiles.Kind.FILE, 1);
      files.add("", name, RemoteFiles.Kind.FOLDER, 1);
    }
    files.add("", "good", RemoteFiles.Kind.FILE, 1);
    assertThat(paths(files)).containsExactly("good");
    assertThat(tally.leftUnstable).isEqualTo(16);
    assertThat(calls).containsExactly("list ");
  }

  @Test
  void aNameInNoKnownEncodingIsFoundAgainByItsBytes() throws IOException {
    Wild files = new Wild();
    // "Trạm" in TCVN3.
    files.add("", "Tr\u00B9m", RemoteFiles.Kind.FOLDER, 0);
    files.add("Tr\u00B9m", "\u00B9", RemoteFiles.Kind.FILE, 1);
    // "é" in UTF-8, decomposed and composed.
    files.add("", "e\u00CC\u0081", RemoteFiles.Kind.FILE, 1);
    files.add("", "\u00C3\u00A9", RemoteFiles.Kind.FILE, 1);
    List<Offered> offered = new ArrayList<>();
    try (RemoteOffer offer = open(files, TransferPolicy.USUAL)) {
      for (Offered file = offer.next(null); file != null; file = offer.next(null)) {
        offered.add(file);
      }
    }
    assertThat(offered).extracting(Offered::path).containsExactly("Tr\uFFFDm/\uFFFD", "é");
    assertThat(offered.get(0).source()).isEqualTo("Tr\u00B9m/\u00B9");
    assertThat(tally.notes()).singleElement().asString().contains("Unicode");
  }

  @Test
  void aFolderThatHoldsItselfIsOpenedOnlySoDeep() throws IOException {
    Wild files =
        new Wild() {
          @Override
          public boolean list(String folder, Entries to) throws IOException {
            to.accept(new Entry("again", Kind.FOLDER, 0, 0));
            to.accept(new Entry("file", Kind.FILE, 0, 1));
            return true;
          }
        };
    assertThat(paths(files)).hasSize(101);
    assertThat(tally.notes()).singleElement().asString().contains("too deep");
  }

  @Test
  void aListingWithoutEndEnds() throws IOException {
    Wild files =
        new Wild() {
          @Override
          public boolean list(String folder, Entries to) throws IOException {
            for (int i = 0; i < 5_000; i++) {
              to.accept(new Entry("f" + i, Kind.FILE, 0, 1));
            }
            return true;
          }
        };
    RemoteCalls wild = calls(files, TransferPolicy.USUAL);
    Tally odd = new Tally();
    int listed = 0;
    try (SourceFolder<String> folder =
        new SourceFolder<>(new RemoteListing(files, wild, 1_200), "", dir, 500, odd)) {
      for (; folder.hasNext(); folder.next()) {
        listed++;
      }
    }
    assertThat(listed).isEqualTo(1_200);
    assertThat(odd.notes()).singleElement().asString().contains("too many files");
  }

  @Test
  void aListingThatBreaksOffBeginsAnewWithoutDoubles() throws IOException {
    Wild files =
        new Wild() {
          private int times;

          @Override
          public boolean list(String folder, Entries to) throws IOException {
            for (int i = 0; i < 1_000; i++) {
              to.accept(new Entry("f" + i, Kind.FILE, 0, 1));
            }
            to.accept(new Entry("link", Kind.OTHER, 0, 1));
            if (times++ < 2) {
              if (times == 1) {
                throw new IOException("cut");
              }
              throw new IllegalArgumentException("an answer that is none");
            }
            return true;
          }
        };
    assertThat(paths(files)).hasSize(1_000);
    assertThat(tally.leftUnstable).isEqualTo(1);
    assertThat(calls).containsExactly("drop", "drop");
  }

  @Test
  void anEndlessFileGivesOneByteMoreThanListed() throws IOException {
    Wild files =
        new Wild() {
          @Override
          public Optional<InputStream> open(String path, long offset, long size) {
            return Optional.of(
                new InputStream() {
                  @Override
                  public int read() {
                    return 'x';
                  }
                });
          }
        };
    files.add("", "endless", RemoteFiles.Kind.FILE, 1_000);
    files.add("", "unknown", RemoteFiles.Kind.FILE, -1);
    try (RemoteOffer offer = open(files, TransferPolicy.USUAL)) {
      Offered file = offer.next(null);
      try (InputStream in = offer.open(file)) {
        assertThat(in.readAllBytes()).hasSize(1_001);
      }
      assertThat(offer.unchanged(file, 1_001)).isFalse();
      Offered unknown = offer.next(null);
      try (InputStream in = offer.open(unknown)) {
        assertThat(in.readAllBytes()).isEmpty();
      }
      assertThat(offer.unchanged(unknown, 0)).isFalse();
      assertThat(tally.notes()).singleElement().asString().contains("does not tell its size");
    }
  }

  @Test
  void afterTheDeadlineTheRestIsLeft() throws IOException {
    Wild files =
        new Wild() {
          @Override
          public Optional<InputStream> open(String path, long offset, long size) {
            return Optional.of(
                path.equals("a")
                    ? new ByteArrayInputStream(new byte[1])
                    : new InputStream() {
                      @Override
                      public int read() {
                        return 0;
                      }

                      @Override
                      public int read(byte[] buffer, int from, int length) throws IOException {
                        try {
                          Thread.sleep(10);
                        } catch (InterruptedException e) {
                          throw new IOException(e);
                        }
                        return 1;
                      }
                    });
          }
        };
    files.add("", "a", RemoteFiles.Kind.FILE, 1);
    for (String name : List.of("b", "c", "d", "e", "f")) {
      files.add("", name, RemoteFiles.Kind.FILE, Long.MAX_VALUE - 1);
    }
    TransferPolicy hasty =
        new TransferPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3), 1, Long.MAX_VALUE);
    List<String> whole = new ArrayList<>();
    int offered = 0;
    try (RemoteOffer offer = open(files, hasty)) {
      for (Offered file = offer.next(null); file != null; file = offer.next(null)) {
        offered++;
        try (InputStream in = offer.open(file)) {
          long read = in.transferTo(java.io.OutputStream.nullOutputStream());
          if (offer.unchanged(file, read)) {
            whole.add(file.path());
          }
        }
      }
    }
    assertThat(whole).containsExactly("a");
    assertThat(offered).as("three that fail are enough").isEqualTo(4);
    assertThat(tally.notes()).last().asString().contains("deadline");
  }

  @Test
  void aServerThatIsGoneBeforeAnythingCameIsAFailure() {
    Wild files =
        new Wild() {
          @Override
          public boolean list(String folder, Entries to) throws IOException {
            throw new IOException("no route");
          }
        };
    assertThatThrownBy(() -> open(files, TransferPolicy.USUAL))
        .hasMessageStartingWith("TNMT-1001")
        .hasMessageContaining("no route");
    assertThat(calls).endsWith("close").filteredOn("drop"::equals).hasSize(5);
  }

  /** A server in memory; what it is asked stands in {@code calls}. */
  private class Wild implements RemoteFiles {
    final Map<String, List<Entry>> folders = new TreeMap<>();

    void add(String folder, String name, Kind kind, long size) {
      folders
          .computeIfAbsent(folder, none -> new ArrayList<>())
          .add(new Entry(name, kind, size, MARCH * 1_000_000_000L));
    }

    @Override
    public boolean list(String folder, Entries to) throws IOException {
      calls.add("list " + folder);
      for (Entry entry : folders.getOrDefault(folder, List.of())) {
        to.accept(entry);
      }
      return folders.containsKey(folder);
    }

    @Override
    public Optional<Entry> find(String path) {
      return folders.get("").stream().filter(entry -> entry.name().equals(path)).findFirst();
    }

    @Override
    public Optional<InputStream> open(String path, long offset, long size) {
      return Optional.empty();
    }

    @Override
    public boolean listsRoughTimes() {
      return false;
    }

    @Override
    public String decode(String name) {
      return RemoteNames.decode(name, StandardCharsets.UTF_8);
    }

    @Override
    public void drop() {
      calls.add("drop");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private List<String> paths(RemoteFiles files) throws IOException {
    List<String> paths = new ArrayList<>();
    try (RemoteOffer offer = open(files, TransferPolicy.USUAL)) {
      for (Offered file = offer.next(null); file != null; file = offer.next(null)) {
        paths.add(file.path());
      }
    }
    calls.remove("close");
    return paths;
  }

  private RemoteOffer open(RemoteFiles files, TransferPolicy limits) {
    Feed feed = TestFeeds.feed("x/f", dir, "{name}.csv", 30);
    Attempts attempts = new Attempts(limits, millis -> {});
    return RemoteOffer.open(
        files,
        limits,
        attempts,
        10,
        new OfferRequest(feed, LocalDate.EPOCH, LocalDate.MIN, dir, 300, tally));
  }

  private static RemoteCalls calls(RemoteFiles files, TransferPolicy limits) {
    return new RemoteCalls(files, new Attempts(limits, millis -> {}), "sftp://x@y:22");
  }
}
