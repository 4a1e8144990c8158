package vn.tnmt.lakehouse.ingestion.collect.remote;

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
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Place;

/** What the tests of SFTP and FTP share: the folder that is served, and one night's collection. */
public abstract class RemoteFolderTesting {
  protected static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  public static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");
  public static final Place PLACE = new Place("feeds.yaml", 7);

  @TempDir protected Path dir;
  protected Path source;
  protected FolderStore store;

  /** What the feed under test says. */
  protected int port;

  protected String root = "/";
  protected String pattern = "**/{name}.csv";
  protected int quietSeconds;
  protected TransferPolicy limits = TransferPolicy.USUAL;

  /** Bytes that are read from the server at a time. */
  private final int chunk;

  protected RemoteFolderTesting(int chunk) {
    this.chunk = chunk;
  }

  protected abstract Feed feed();

  @BeforeEach
  protected void makeFolders() throws IOException {
    source = Files.createDirectories(dir.resolve("source"));
    store = new FolderStore(dir.resolve("store"));
  }

  protected Secret secret(String name, String value) throws IOException {
    Path file = dir.resolve("secret-" + name);
    Files.writeString(file, value + "\n");
    return new Secret(Secret.Source.FILE, file.toString(), PLACE);
  }

  protected void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A file that was last modified an hour ago. */
  protected void write(String path, byte[] content) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(3600)));
  }

  protected CollectResult collect() {
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

  protected String failure() {
    return collect().failure().orElseThrow().getMessage();
  }

  protected List<String> paths(CollectResult result) {
    return index(result).stream().map(fields -> fields.get(0)).toList();
  }

  protected List<Long> times(CollectResult result) {
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

  protected byte[] restore(Manifest delivery, String path) {
    return new Deliveries(store).restore(delivery, path);
  }

  /** All that a log would show of a failure. */
  public static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
