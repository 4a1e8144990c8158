package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Place;
import vn.tnmt.lakehouse.ingestion.feed.Secret;
import vn.tnmt.lakehouse.ingestion.feed.TransferPolicy;

/** What the tests of SFTP and FTP share: the folder that is served, and one night's collection. */
abstract class RemoteFolderTesting {
  static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");
  static final Place PLACE = new Place("feeds.yaml", 7);

  @TempDir Path dir;
  Path source;
  FolderStore store;

  /** What the feed under test says. */
  int port;

  String root = "/";
  String pattern = "**/{name}.csv";
  int quietSeconds;
  TransferPolicy limits = TransferPolicy.USUAL;

  /** Bytes that are read from the server at a time. */
  private final int chunk;

  RemoteFolderTesting(int chunk) {
    this.chunk = chunk;
  }

  abstract Feed feed();

  @BeforeEach
  void makeFolders() throws IOException {
    source = Files.createDirectories(dir.resolve("source"));
    store = new FolderStore(dir.resolve("store"));
  }

  Secret secret(String name, String value) throws IOException {
    Path file = dir.resolve("secret-" + name);
    Files.writeString(file, value + "\n");
    return new Secret(Secret.Source.FILE, file.toString(), PLACE);
  }

  void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A file that was last modified an hour ago. */
  void write(String path, byte[] content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(3600)));
  }

  CollectResult collect() {
    return new Collector(
            store,
            dir.resolve("work"),
            Clock.fixed(NOW, ZoneOffset.UTC),
            1,
            LandingLimits.USUAL,
            chunk)
        .collect(List.of(feed()), NIGHT)
        .get(0);
  }

  String failure() {
    return collect().failure().orElseThrow().getMessage();
  }

  List<String> paths(CollectResult result) {
    return index(result).stream().map(fields -> fields.get(0)).toList();
  }

  List<Long> times(CollectResult result) {
    return index(result).stream().map(fields -> Long.valueOf(fields.get(1))).toList();
  }

  private List<List<String>> index(CollectResult result) {
    result
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    String index = result.delivery().orElseThrow().landing() + "/index.tsv";
    return new String(store.contents().get(index), StandardCharsets.UTF_8)
        .lines()
        .map(IndexEntry::fields)
        .toList();
  }

  byte[] restore(Manifest delivery, String path) {
    return new Deliveries(store).restore(delivery, path);
  }

  /** All that a log would show of a failure. */
  static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
