package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.SplitReader;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderTesting;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Melt;
import vn.tnmt.lakehouse.ingestion.feed.Place;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.feed.Schedule;
import vn.tnmt.lakehouse.ingestion.feed.Symbols;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;

/** Collects tables of a database into a folder, and reads what was landed. */
final class JdbcTesting {
  static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  static final TransferPolicy POLICY =
      new TransferPolicy(
          Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(2), 3, 1L << 30);

  private final Path dir;
  private final Path secret;
  final FolderStore store;

  JdbcTesting(Path dir) throws IOException {
    this.dir = dir;
    this.secret = dir.resolve("secret");
    this.store = new FolderStore(dir.resolve("store"));
    Files.writeString(secret, DatabaseServer.PASSWORD + "\n");
  }

  /** A transport to be varied. */
  static final class Wanted {
    private String url;
    private String user;
    private List<String> table = List.of();
    private String query = "";
    private String name = "rows";
    private List<String> key = List.of("id");
    private String increment = "";
    private Jdbc.Partition partition = Jdbc.Partition.NONE;
    private String geometry = "";
    private int fetchSize = 500;
    private Duration statement = Duration.ofSeconds(20);
    private TransferPolicy policy = POLICY;

    static Wanted table(DatabaseServer server, String... table) {
      Wanted wanted = new Wanted();
      wanted.url = server.url();
      wanted.user = server.user();
      wanted.table = List.of(table);
      return wanted;
    }

    static Wanted query(DatabaseServer server, String query) {
      Wanted wanted = table(server);
      wanted.query = query;
      return wanted;
    }

    Wanted url(String other) {
      url = other;
      return this;
    }

    Wanted key(String... columns) {
      key = List.of(columns);
      return this;
    }

    Wanted above(String column) {
      increment = column;
      return this;
    }

    Wanted parts(String column, int parts) {
      partition = new Jdbc.Partition(column, parts);
      return this;
    }

    Wanted geometry(String column) {
      geometry = column;
      return this;
    }

    Wanted fetch(int rows) {
      fetchSize = rows;
      return this;
    }

    Wanted statement(Duration most) {
      statement = most;
      return this;
    }

    Wanted policy(TransferPolicy other) {
      policy = other;
      return this;
    }
  }

  Feed feed(Wanted wanted) {
    return new Feed(
        new FeedId("x", "f"),
        new Publisher("x", "Đơn vị", "Publisher", ""),
        "water.sample",
        new Jdbc(
            wanted.url,
            wanted.user,
            new Secret(Secret.Source.FILE, secret.toString(), new Place("feeds.yaml", 2)),
            wanted.table,
            wanted.query,
            wanted.name,
            wanted.key,
            wanted.increment,
            wanted.partition,
            wanted.geometry,
            wanted.fetchSize,
            wanted.statement,
            wanted.policy),
        new Csv(',', '"', 1),
        new Conventions(ZoneId.of("Asia/Ho_Chi_Minh"), '.', List.of(), "UTF-8", Set.of()),
        Melt.NONE,
        Measure.NONE,
        Map.of(),
        Symbols.NONE,
        new Schedule(1, 0),
        new Place("feeds.yaml", 1));
  }

  /** All that a log would show of a failure. */
  static String trace(Throwable failure) {
    return RemoteFolderTesting.trace(failure);
  }

  void password(String other) throws IOException {
    Files.writeString(secret, other);
  }

  /** One night; throws when it failed. */
  CollectResult collect(Wanted wanted, LocalDate night) {
    CollectResult result = tried(wanted, night);
    result
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return result;
  }

  CollectResult tried(Wanted wanted, LocalDate night) {
    Instant now = night.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return new Collector(store, dir.resolve("work"), Clock.fixed(now, ZoneOffset.UTC), 1)
        .collect(List.of(feed(wanted)), night)
        .get(0);
  }

  TnmtException failure(Wanted wanted) {
    return tried(wanted, NIGHT).failure().orElseThrow();
  }

  /** Path → text of the files of a delivery. */
  Map<String, String> files(Manifest delivery) {
    Deliveries deliveries = new Deliveries(store);
    Map<String, String> files = new TreeMap<>();
    for (Manifest.Split split : delivery.splits()) {
      try (SplitReader reader = deliveries.open(delivery, split)) {
        for (IndexEntry entry = reader.next(); entry != null; entry = reader.next()) {
          files.put(
              entry.path(), new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** All lines of a delivery, file after file. */
  List<String> lines(CollectResult result) {
    List<String> lines = new ArrayList<>();
    files(result.delivery().orElseThrow())
        .values()
        .forEach(text -> text.lines().forEach(lines::add));
    return lines;
  }

  /** Bytes that are being read just now. */
  long spooled() {
    Path work = dir.resolve("work/x/f");
    if (!Files.isDirectory(work)) {
      return 0;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(work, JdbcOffer.SPOOL + "*")) {
      long size = 0;
      for (Path file : files) {
        size += Files.size(file);
      }
      return size;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
