package vn.tnmt.lakehouse.ingestion.collect.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.collect.https.FaultyServer.cut;
import static vn.tnmt.lakehouse.ingestion.collect.https.FaultyServer.inTurn;
import static vn.tnmt.lakehouse.ingestion.collect.https.FaultyServer.ok;
import static vn.tnmt.lakehouse.ingestion.collect.https.FaultyServer.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexReader;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Counts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Place;
import vn.tnmt.lakehouse.ingestion.feed.Transport;

/** Against a real server on the loopback interface, with its faults. */
@Tag("slow")
class HttpOfferTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");
  private static final String MARCH_1 = "Sun, 01 Mar 2026 08:00:00 GMT";
  private static final TransferPolicy POLICY =
      new TransferPolicy(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60), 2, 4 << 20);
  private static final byte[] BYTES = bytes(300_000);

  @TempDir Path dir;
  private FolderStore store;
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    store = new FolderStore(dir.resolve("store"));
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatHasAnEtagIsAskedForByItAndNotSentAgain() {
    server.on("/a.csv", withEtag("one".getBytes(UTF_8), "\"v1\""));
    Feed feed = url("/a.csv");
    CollectResult first = collect(feed);
    assertThat(content(first, "a.csv")).isEqualTo("one".getBytes(UTF_8));
    assertThat(server.last("/a.csv").header("If-none-match")).isEmpty();
    assertThat(server.last("/a.csv").header("Accept-encoding")).isEqualTo("identity");

    CollectResult second = collect(feed);
    assertThat(server.last("/a.csv").header("If-none-match")).isEqualTo("\"v1\"");
    assertThat(second.delivery()).isEmpty();
    assertThat(second.counts().alreadyReceived()).isEqualTo(1);

    server.on("/a.csv", withEtag("two".getBytes(UTF_8), "\"v2\""));
    assertThat(content(collect(feed), "a.csv")).isEqualTo("two".getBytes(UTF_8));
    assertThat(collect(feed).counts().alreadyReceived()).isEqualTo(1);
    assertThat(server.last("/a.csv").header("If-none-match")).isEqualTo("\"v2\"");
  }

  @Test
  void whatHasATimeIsAskedForByItAndWhatHasNothingIsComparedByContent() {
    server.on(
        "/a.csv",
        exchange -> {
          boolean same = MARCH_1.equals(exchange.getRequestHeaders().getFirst("If-modified-since"));
          (same ? status(304) : ok(BYTES, "Last-Modified", MARCH_1)).to(exchange);
        });
    server.on("/b.csv", ok(BYTES));
    for (String target : List.of("/a.csv", "/b.csv")) {
      Feed feed = url(target);
      store = new FolderStore(dir.resolve("store" + target));
      assertThat(collect(feed).counts().taken()).isEqualTo(1);
      CollectResult second = collect(feed);
      assertThat(second.delivery()).isEmpty();
      assertThat(second.counts().alreadyReceived()).isEqualTo(1);
    }
    assertThat(server.last("/a.csv").header("If-modified-since")).isEqualTo(MARCH_1);
  }

  @Test
  void aCutTransferGoesOnWhereItWasCut() {
    server.on(
        "/a.csv",
        inTurn(
            cut(BYTES, 200_000, "ETag", "\"v1\""),
            exchange -> {
              String range = exchange.getRequestHeaders().getFirst("Range");
              int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
              FaultyServer.headers(
                  exchange,
                  "ETag",
                  "\"v1\"",
                  "Content-Range",
                  "bytes %d-%d/%d".formatted(from, BYTES.length - 1, BYTES.length));
              exchange.sendResponseHeaders(206, BYTES.length - from);
              exchange.getResponseBody().write(BYTES, from, BYTES.length - from);
            }));
    CollectResult result = collect(url("/a.csv"));
    assertThat(content(result, "a.csv")).isEqualTo(BYTES);
    assertThat(result.notes()).isEmpty();
    assertThat(server.last("/a.csv").header("If-range")).isEqualTo("\"v1\"");
    assertThat(server.last("/a.csv").header("Range")).matches("bytes=[1-9]\\d*-");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aServerThatCannotGoOnBeginsAnewAndMustSendTheSame() {
    server.on("/a.csv", inTurn(cut(BYTES, 200_000), ok(BYTES)));
    assertThat(content(collect(url("/a.csv")), "a.csv")).isEqualTo(BYTES);

    byte[] other = BYTES.clone();
    other[5]++;
    server.on("/b.csv", inTurn(cut(BYTES, 200_000), ok(other)));
    CollectResult changed = collect(url("/b.csv"));
    assertThat(changed.delivery()).isEmpty();
    assertThat(changed.counts().leftUnstable()).isEqualTo(1);
    assertThat(changed.notes()).singleElement().asString().contains("b.csv", "changed");
    assertThat(content(collect(url("/b.csv")), "b.csv")).isEqualTo(other);
  }

  @Test
  void aVersionThatIsReplacedMeanwhileIsNotMixed() {
    byte[] other = bytes(300_001);
    server.on("/a.csv", inTurn(cut(BYTES, 200_000, "ETag", "\"v1\""), ok(other, "ETag", "\"v2\"")));
    CollectResult result = collect(url("/a.csv"));
    assertThat(result.delivery()).isEmpty();
    assertThat(result.notes()).singleElement().asString().contains("changed");
    assertThat(content(collect(url("/a.csv")), "a.csv")).isEqualTo(other);
  }

  @Test
  void aLengthThatIsNotKeptLeavesTheFile() {
    server.on("/a.csv", cut(BYTES, 1_000));
    CollectResult result = collect(url("/a.csv"));
    assertThat(result.delivery()).isEmpty();
    assertThat(result.counts().leftUnstable()).isEqualTo(1);
    assertThat(result.notes()).singleElement().asString().startsWith("a.csv").contains("cut off");
    assertThat(server.requests).hasSize(3);
    assertThat(store.contents()).isEmpty();
    server.on("/a.csv", ok(BYTES));
    assertThat(content(collect(url("/a.csv")), "a.csv")).isEqualTo(BYTES);
  }

  @Test
  void aBusyServerIsGivenTheTimeItAsksFor() {
    server.on("/a.csv", inTurn(status(429, "Retry-After", "1"), ok(BYTES)));
    long begin = System.nanoTime();
    assertThat(content(collect(url("/a.csv")), "a.csv")).isEqualTo(BYTES);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(990));
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aServerThatAsksForMoreTimeThanThereIsIsNotWaitedFor() {
    server.on("/a.csv", status(429, "Retry-After", "3600"));
    CollectResult result = collect(url("/a.csv"));
    assertThat(failure(result)).startsWith("TNMT-1001").contains("429", "deadline");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aServerThatComesBackIsTriedAgainAndOneThatDoesNotFails() {
    server.on("/a.csv", inTurn(status(503), ok(BYTES)));
    assertThat(content(collect(url("/a.csv")), "a.csv")).isEqualTo(BYTES);
    server.on("/b.csv", status(503));
    assertThat(failure(collect(url("/b.csv")))).startsWith("TNMT-1001").contains("503", "b.csv");
    assertThat(server.asked("/b.csv")).isEqualTo(3);
    server.on("/b.csv", ok(BYTES));
    assertThat(content(collect(url("/b.csv")), "b.csv")).isEqualTo(BYTES);
  }

  @Test
  void anAnswerWithoutEndIsLeft() {
    server.on("/a.csv", FaultyServer.endless());
    server.on("/b.csv", ok(new byte[(4 << 20) + 1]));
    for (String target : List.of("/a.csv", "/b.csv")) {
      CollectResult result = collect(url(target));
      assertThat(result.delivery()).isEmpty();
      assertThat(store.contents()).isEmpty();
      assertThat(result.notes().toString() + result.failure()).contains("maxFileMB", "4 MB");
    }
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    server.on(
        "/a.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          Thread.sleep(20_000);
        });
    TransferPolicy impatient =
        new TransferPolicy(
            POLICY.connect(), Duration.ofSeconds(1), POLICY.deadline(), 0, POLICY.maxFileBytes());
    Feed feed = feed(Http.Kind.URLS, "/a.csv", "a.csv", "a.csv", HttpAuth.NONE, impatient);
    CollectResult result = collect(feed);
    assertThat(result.delivery()).isEmpty();
    assertThat(result.notes()).singleElement().asString().contains("no byte for 1 s");
    server.on("/a.csv", exchange -> Thread.sleep(20_000));
    assertThat(failure(collect(feed))).startsWith("TNMT-1001").contains("HttpTimeoutException");
  }

  @Test
  void afterTheDeadlineTheRestIsLeftAndTheNextRunGoesOn() {
    server.on("/list", ok("a.csv\nb.csv\nc.csv\n".getBytes(UTF_8)));
    server.on("/a.csv", ok(BYTES));
    server.on(
        "/b.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 100; i++) {
            out.write(i);
            out.flush();
            Thread.sleep(100);
          }
        });
    server.on("/c.csv", ok(BYTES));
    TransferPolicy threeSeconds =
        new TransferPolicy(
            POLICY.connect(), POLICY.idle(), Duration.ofSeconds(3), 2, POLICY.maxFileBytes());
    Feed feed = feed(Http.Kind.MANIFEST, "/list", "", "{name}.csv", HttpAuth.NONE, threeSeconds);
    CollectResult result = collect(feed);
    assertThat(result.failure()).isEmpty();
    assertThat(paths(result)).containsExactly("a.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(2);
    assertThat(result.notes()).hasSize(2).last().asString().contains("deadline");
    server.on("/b.csv", ok(BYTES));
    assertThat(paths(collect(feed))).containsExactly("b.csv", "c.csv");
  }

  @Test
  void aPasswordIsShownToItsOriginOnly() throws IOException {
    try (FaultyServer other = new FaultyServer()) {
      other.on("/there.csv", ok(BYTES));
      server.on("/a.csv", status(302, "Location", "/b.csv"));
      server.on("/b.csv", status(307, "Location", other.url("/there.csv")));
      CollectResult result = collect(url("/a.csv", auth()));
      assertThat(content(result, "a.csv")).isEqualTo(BYTES);
      for (String target : List.of("/a.csv", "/b.csv")) {
        assertThat(server.last(target).header("Authorization"))
            .isEqualTo(
                "Basic " + Base64.getEncoder().encodeToString("lan:mật khẩu:1".getBytes(UTF_8)));
        assertThat(server.last(target).header("X-api-key")).isEqualTo("k-123");
      }
      assertThat(other.last("/there.csv").headers())
          .doesNotContainKeys("Authorization", "X-api-key");
    }
  }

  @Test
  void aPasswordThatWasSentAwayDoesNotComeBack() throws IOException {
    try (FaultyServer other = new FaultyServer()) {
      server.on("/a.csv", status(302, "Location", other.url("/x")));
      other.on("/x", status(302, "Location", server.url("/private")));
      server.on("/private", ok(BYTES));
      collect(url("/a.csv", auth()));
      assertThat(server.last("/private").headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void aWrongPasswordIsTriedOnceAndTold() {
    server.on("/list", ok("a.csv\nb.csv\n".getBytes(UTF_8)));
    for (String target : List.of("/a.csv", "/b.csv")) {
      server.on(target, status(401, "WWW-Authenticate", "Basic realm=\"x\""));
    }
    HttpAuth auth = auth();
    assertThat(auth.toString()).doesNotContain("mật khẩu", "k-123");
    CollectResult result = collect(url("/a.csv", auth));
    assertThat(failure(result))
        .startsWith("TNMT-1001")
        .contains("credentials", "feeds.yaml:1")
        .doesNotContain("mật khẩu", "k-123");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void redirectsEnd() {
    server.on("/a.csv", status(302, "Location", "/b.csv"));
    server.on("/b.csv", status(302, "Location", "/a.csv"));
    assertThat(failure(collect(url("/a.csv")))).startsWith("TNMT-1001").contains("redirects");
    assertThat(server.requests).hasSize(6);
    for (String location : List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "")) {
      server.on("/a.csv", status(302, "Location", location));
      assertThat(failure(collect(url("/a.csv")))).startsWith("TNMT-1001").contains("redirect");
    }
  }

  @Test
  void whatIsMissingOrUnreachableIsTold() throws IOException {
    assertThat(failure(collect(url("/none.csv")))).startsWith("TNMT-1002").contains("none.csv");
    server.on("/a.csv", status(403));
    assertThat(failure(collect(url("/a.csv")))).startsWith("TNMT-1001").contains("403");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Http.Named named =
        new Http.Named(
            new DayTemplate("http://127.0.0.1:" + port + "/a.csv?token=abc"),
            new DayTemplate("a.csv"));
    CollectResult result =
        collect(feed(Http.Kind.URLS, List.of(named), "a.csv", HttpAuth.NONE, retries(1)));
    assertThat(failure(result)).startsWith("TNMT-1001").doesNotContain("abc");
  }

  @Test
  void aServerThatNeverAnswersIsNotTriedForEveryFile() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server.on("/ok.csv", ok(BYTES));
    List<Http.Named> urls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      urls.add(named("http://127.0.0.1:" + port + "/" + i + ".csv", i + ".csv"));
    }
    urls.add(named(server.url("/ok.csv"), "ok.csv"));
    CollectResult result =
        collect(feed(Http.Kind.URLS, urls, "{name}.csv", HttpAuth.NONE, retries(1)));
    assertThat(result.failure()).isEmpty();
    assertThat(paths(result)).containsExactly("ok.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(30);
  }

  @Test
  void packedAnswersAreNotTakenForTheFile() {
    server.on("/a.csv", ok(BYTES, "Content-Encoding", "gzip"));
    assertThat(failureOrNotes(collect(url("/a.csv")))).contains("Content-Encoding");
    server.on("/a.csv.gz", ok(BYTES, "Content-Encoding", "gzip"));
    assertThat(content(collect(url("/a.csv.gz")), "a.csv.gz")).isEqualTo(BYTES);
  }

  @Test
  void aUrlWithADayIsAskedForEachDayOfTheLookback() {
    server.on("/api?d=2026-03-08", ok("8".getBytes(UTF_8)));
    server.on("/api?d=2026-03-10", ok("10".getBytes(UTF_8)));
    List<Http.Named> urls =
        List.of(named(server.url("/api?d={d:yyyy-MM-dd}"), "s_{day:yyyyMMdd}.csv"));
    Feed feed = feed(Http.Kind.URLS, urls, "s_{day:yyyyMMdd}.csv", HttpAuth.NONE, POLICY);
    CollectResult result = collect(feed);
    assertThat(paths(result)).containsExactly("s_20260308.csv", "s_20260310.csv");
    assertThat(result.counts()).isEqualTo(new Counts(2, 3, 0, 0, 0, 0, 0));
    assertThat(result.notes()).isEmpty();
    assertThat(server.requests)
        .extracting(FaultyServer.Request::target)
        .containsExactly(
            "/api?d=2026-03-07", "/api?d=2026-03-08", "/api?d=2026-03-09", "/api?d=2026-03-10");
  }

  @Test
  void theManifestsPromisesAreKept() throws IOException {
    byte[] a = "a".getBytes(UTF_8);
    // By sha256sum.
    String sha = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    server.on(
        "/d/list.json",
        ok(
            """
            {"generated": {"by": ["x"]}, "files": [
              {"path": "Tệp số 1.csv", "sha256": "%1$s", "size": 1, "modified": "2026-03-01T08:00:00Z"},
              {"path": "wrong-sum.csv", "sha256": "%2$s"},
              {"path": "wrong-size.csv", "size": 7},
              {"path": "chunked.csv", "size": 7},
              {"path": "moved.csv", "url": "../else/where.csv"},
              {"path": "../../etc/passwd"}, {"path": "/etc/passwd"}, {"path": "a\\u0000b"}, {"size": 3},
              "plain.csv", 7, {"path": "sum.csv", "sha256": "abc"}, {"path": "a\\\\b.csv"}
            ]}
            """
                .formatted(sha.toUpperCase(Locale.ROOT), "0".repeat(64))
                .getBytes(UTF_8)));
    for (String target :
        List.of(
            "/d/T%E1%BB%87p%20s%E1%BB%91%201.csv",
            "/d/wrong-sum.csv", "/d/wrong-size.csv", "/else/where.csv", "/d/plain.csv")) {
      server.on(target, ok(a));
    }
    server.on(
        "/d/chunked.csv",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(a);
        });
    Feed feed = feed(Http.Kind.MANIFEST, "/d/list.json", "", "{name}.csv", HttpAuth.NONE, POLICY);
    CollectResult result = collect(feed);
    assertThat(paths(result)).containsExactly("Tệp số 1.csv", "moved.csv", "plain.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(10);
    assertThat(result.notes())
        .filteredOn(note -> note.contains("SHA-256"))
        .extracting(note -> note.substring(0, note.indexOf(':')))
        .containsExactly("chunked.csv", "wrong-size.csv", "wrong-sum.csv");
    assertThat(result.notes()).filteredOn(note -> note.contains("unusable")).hasSize(7);

    server.requests.clear();
    assertThat(collect(feed).counts().alreadyReceived()).isEqualTo(3);
    assertThat(server.asked("/d/T%E1%BB%87p%20s%E1%BB%91%201.csv"))
        .as("the manifest says that it is the same")
        .isZero();
  }

  @Test
  void aManifestMayBeTextAndMustBeAList() throws IOException {
    try (FaultyServer other = new FaultyServer()) {
      other.on("/x/c.csv?sig=1", ok(BYTES));
      server.on("/d/a.csv", ok("a".getBytes(UTF_8)));
      server.on("/d/sub/b.csv", ok("b".getBytes(UTF_8)));
      server.on(
          "/d/list.txt",
          ok(
              ("\uFEFF# danh sách\r\n\r\n./a.csv\r\n"
                      + "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d *sub/b.csv\n"
                      + other.url("/x/c.csv?sig=1")
                      + "\nfile:///etc/passwd\n../up.csv\n")
                  .getBytes(UTF_8)));
      Feed feed = feed(Http.Kind.MANIFEST, "/d/list.txt", "", "**/{name}.csv", auth(), POLICY);
      CollectResult result = collect(feed);
      assertThat(paths(result)).containsExactly("a.csv", "c.csv", "sub/b.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(2);
      assertThat(server.last("/d/a.csv").headers()).containsKey("Authorization");
      assertThat(other.last("/x/c.csv?sig=1").headers()).doesNotContainKey("Authorization");
      for (String body : List.of("<html>login</html>", "{\"a\": 1}", "[{\"path\": ", "[1 2]")) {
        server.on("/d/list.txt", ok(body.getBytes(UTF_8)));
        assertThat(failure(collect(feed))).startsWith("TNMT-1001").contains("manifest");
      }
    }
    server.on("/d/list.txt", status(404));
    assertThat(
            failure(
                collect(feed(Http.Kind.MANIFEST, "/d/list.txt", "", "{n}", HttpAuth.NONE, POLICY))))
        .startsWith("TNMT-1002");
  }

  @Test
  void anIndexIsFollowedDownwardsOnlyAndNotIntoHistory() {
    index(
        "/data/",
        "../",
        "?C=N;O=D",
        "/",
        "/other/x.csv",
        "http://198.51.100.1/data/x.csv",
        "mailto:a@b",
        "#top",
        "a.csv",
        "a.csv?v=2",
        "2025/",
        "2026/",
        "%2e%2e/secret.csv",
        "x%2f..%2fy.csv",
        "/data/Tr%C3%A2%CC%A3m.csv",
        "bad%ff.csv");
    index("/data/2026/", "/data/", "/data/2026/03/");
    index("/data/2026/03/", "n_20260310.csv", "n_20260311.csv", "n_20260201.csv", "../../b.csv");
    for (String target :
        List.of(
            "/data/a.csv",
            "/data/b.csv",
            "/data/Tr%C3%A2%CC%A3m.csv",
            "/data/2026/03/n_20260310.csv")) {
      server.on(target, ok(target.getBytes(UTF_8), "Last-Modified", MARCH_1));
    }
    Feed feed =
        feed(
            Http.Kind.INDEX,
            "/data/",
            "",
            "{yyyy}/{MM}/n_{day:yyyyMMdd}.csv",
            HttpAuth.NONE,
            POLICY);
    CollectResult result = collect(feed);
    assertThat(paths(result)).containsExactly("2026/03/n_20260310.csv");
    assertThat(server.requests)
        .extracting(FaultyServer.Request::target)
        .doesNotContain(
            "/data/2025/", "/other/x.csv", "/secret.csv", "/data/2026/03/n_20260201.csv")
        .doesNotContain("/data/2026/03/n_20260311.csv");
    assertThat(result.counts().leftForLater()).isEqualTo(1);
    assertThat(result.counts().outsideWindow()).as("strays of 1 March").isEqualTo(4);
    assertThat(result.counts().leftUnstable()).isEqualTo(3);

    CollectResult all =
        collect(
            feed(Http.Kind.INDEX, "/data/", "", "**/{name}.csv", HttpAuth.NONE, POLICY, "x/all"));
    // The name in NFC.
    assertThat(paths(all)).contains("Tr\u1EADm.csv", "a.csv", "b.csv", "2026/03/n_20260310.csv");
  }

  @Test
  void aFolderOfAnIndexThatFailsCostsItsOwnFilesOnly() {
    index("/data/", "bad/", "cut/", "good/");
    server.on("/data/bad/", status(403));
    server.on("/data/cut/", cut(BYTES, 10));
    index("/data/good/", "a.csv");
    server.on("/data/good/a.csv", ok(BYTES));
    CollectResult result =
        collect(feed(Http.Kind.INDEX, "/data/", "", "**/{n}.csv", HttpAuth.NONE, retries(0)));
    assertThat(paths(result)).containsExactly("good/a.csv");
    assertThat(result.counts().leftUnstable()).isEqualTo(2);
    server.on("/data/", status(403));
    assertThat(
            failure(collect(feed(Http.Kind.INDEX, "/data/", "", "{n}", HttpAuth.NONE, retries(0)))))
        .startsWith("TNMT-1001");
  }

  @Test
  void anIndexThatIsALoginPageIsTold() {
    server.on("/data/", ok("<form><input name=user></form>".getBytes(UTF_8)));
    CollectResult result =
        collect(feed(Http.Kind.INDEX, "/data/", "", "{n}.csv", HttpAuth.NONE, POLICY));
    assertThat(result.notes()).singleElement().asString().contains("no link below");
  }

  @Test
  void killedAnywhereAndRunAgainItEndsTheSame() {
    index("/data/", "a.csv", "b.csv", "c.csv");
    for (String target : List.of("/data/a.csv", "/data/b.csv", "/data/c.csv")) {
      server.on(target, withEtag(bytes(target.charAt(6)), "\"" + target + "\""));
    }
    Feed feed = feed(Http.Kind.INDEX, "/data/", "", "{n}.csv", HttpAuth.NONE, POLICY);
    collect(feed);
    Map<String, byte[]> expected = store.contents();
    long calls = store.calls();
    for (int n = 1; n <= calls; n++) {
      store = new FolderStore(dir.resolve("killed-" + n));
      store.failAt(n);
      assertThat(collect(feed).failure()).isPresent();
      store.heal();
      collect(feed);
      assertThat(store.contents()).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void tlsTrustsTheGivenAuthorityAndNeverGoesBackToPlainHttp() throws Exception {
    Path keys = dir.resolve("keys.p12");
    Path pem = dir.resolve("ca.pem");
    keytool(
        "-genkeypair",
        "-keystore",
        keys.toString(),
        "-storepass",
        "changeit",
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys.toString(),
        "-storepass",
        "changeit",
        "-alias",
        "s",
        "-file",
        pem.toString());
    try (FaultyServer https = https(keys)) {
      https.on("/a.csv", ok(BYTES));
      https.on("/down.csv", status(302, "Location", server.url("/a.csv")));
      server.on("/a.csv", ok(BYTES));
      CollectResult trusted = collect(tls(https.url("/a.csv"), pem.toString()));
      assertThat(content(trusted, "a.csv")).isEqualTo(BYTES);
      store = new FolderStore(dir.resolve("other"));
      assertThat(failure(collect(tls(https.url("/a.csv"), ""))))
          .startsWith("TNMT-1001")
          .contains("TLS");
      assertThat(failure(collect(tls(https.url("/down.csv"), pem.toString()))))
          .startsWith("TNMT-1001")
          .contains("https to http");
      assertThat(server.requests).isEmpty();
      assertThat(failure(collect(tls(https.url("/a.csv"), dir.resolve("none").toString()))))
          .startsWith("TNMT-5002")
          .contains("caFile");
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static FaultyServer https(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(FaultyServer.address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new FaultyServer(server, "https", ignored -> {});
  }

  private static Feed tls(String url, String caFile) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    return TestFeeds.feed(
        "x/f",
        new Http(
            Http.Kind.URLS,
            List.of(named(url, name)),
            FilePattern.parse(name),
            3,
            HttpAuth.NONE,
            caFile,
            POLICY));
  }

  private void index(String target, String... links) {
    StringBuilder html = new StringBuilder("<html><body><pre>");
    Arrays.stream(links)
        .forEach(link -> html.append("<a href=\"").append(link).append("\">x</a>\n"));
    server.on(target, ok(html.toString().getBytes(UTF_8), "Content-Type", "text/html"));
  }

  private static FaultyServer.Answer withEtag(byte[] body, String etag) {
    return exchange -> {
      boolean same = etag.equals(first(exchange, "If-none-match"));
      (same ? status(304, "ETag", etag) : ok(body, "ETag", etag)).to(exchange);
    };
  }

  private static String first(HttpExchange exchange, String header) {
    return exchange.getRequestHeaders().getFirst(header);
  }

  private HttpAuth auth() {
    return new HttpAuth(
        HttpAuth.Scheme.BASIC,
        "lan",
        secret("password", "mật khẩu:1\n"),
        Map.of("X-Api-Key", secret("key", "k-123")));
  }

  private Secret secret(String name, String value) {
    try {
      return new Secret(
          Secret.Source.FILE,
          Files.writeString(dir.resolve(name), value).toString(),
          new Place("feeds.yaml", 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TransferPolicy retries(int retries) {
    return new TransferPolicy(
        POLICY.connect(), POLICY.idle(), POLICY.deadline(), retries, POLICY.maxFileBytes());
  }

  private static Http.Named named(String url, String path) {
    return new Http.Named(new DayTemplate(url), new DayTemplate(path));
  }

  private Feed url(String target) {
    return url(target, HttpAuth.NONE);
  }

  private Feed url(String target, HttpAuth auth) {
    String name = target.substring(1);
    return feed(Http.Kind.URLS, target, name, name, auth, POLICY);
  }

  private Feed feed(
      Http.Kind kind,
      String target,
      String path,
      String pattern,
      HttpAuth auth,
      TransferPolicy policy) {
    return feed(kind, target, path, pattern, auth, policy, "x/f");
  }

  private Feed feed(
      Http.Kind kind,
      String target,
      String path,
      String pattern,
      HttpAuth auth,
      TransferPolicy policy,
      String id) {
    Transport transport =
        new Http(
            kind,
            List.of(named(server.url(target), path)),
            FilePattern.parse(pattern),
            3,
            auth,
            "",
            policy);
    return TestFeeds.feed(id, transport);
  }

  private static Feed feed(
      Http.Kind kind, List<Http.Named> urls, String pattern, HttpAuth auth, TransferPolicy policy) {
    return TestFeeds.feed(
        "x/f", new Http(kind, urls, FilePattern.parse(pattern), 3, auth, "", policy));
  }

  private CollectResult collect(Feed feed) {
    return new Collector(store, dir.resolve("work"), Clock.fixed(NOW, ZoneOffset.UTC), 1)
        .collect(List.of(feed), NIGHT)
        .get(0);
  }

  private byte[] content(CollectResult result, String path) {
    assertThat(result.failure()).isEmpty();
    assertThat(result.notes()).isEmpty();
    return new Deliveries(store).restore(result.delivery().orElseThrow(), path);
  }

  private List<String> paths(CollectResult result) {
    assertThat(result.failure()).isEmpty();
    List<String> paths = new ArrayList<>();
    Manifest delivery = result.delivery().orElseThrow();
    IndexReader index =
        new IndexReader(store, delivery.landing() + "/" + Manifest.INDEX, 0, delivery.indexBytes());
    for (IndexEntry entry = index.next(); entry != null; entry = index.next()) {
      paths.add(entry.path());
    }
    return paths;
  }

  private String failure(CollectResult result) {
    assertThat(result.delivery()).isEmpty();
    return result.failure().orElseThrow().getMessage();
  }

  private static String failureOrNotes(CollectResult result) {
    assertThat(result.delivery()).isEmpty();
    return result.failure().map(Throwable::getMessage).orElse("") + result.notes();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
