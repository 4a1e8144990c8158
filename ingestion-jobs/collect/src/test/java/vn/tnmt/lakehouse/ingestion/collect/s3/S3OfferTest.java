package vn.tnmt.lakehouse.ingestion.collect.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.local.EmbeddedS3;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Counts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Place;

/**
 * A publisher's bucket on an embedded endpoint of its own, with other credentials than the endpoint
 * of the platform, which holds landing.
 */
@Tag("slow")
class S3OfferTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final Instant NOW = Instant.parse("2026-03-10T18:30:00Z");
  private static final TransferPolicy POLICY =
      new TransferPolicy(
          Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(1), 1, 16 << 20);

  @TempDir static Path root;
  private static Side publisher;
  private static Side platform;

  @TempDir Path dir;
  private LandingStore store;

  /** An endpoint, its bucket and its secrets. */
  private record Side(Home home, Credentials credentials, EmbeddedS3 s3, String bucket) {
    static Side start(String name) {
      Home home = Home.of(root.resolve(name));
      Credentials credentials = Credentials.of(Settings.load(home, Optional.empty()));
      return new Side(home, credentials, EmbeddedS3.start(home, credentials, name, 0), name);
    }

    S3Client client() {
      return S3Client.builder()
          .endpointOverride(s3.endpoint())
          .region(Region.US_EAST_1)
          .forcePathStyle(true)
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
          .build();
    }
  }

  @BeforeAll
  static void start() {
    publisher = Side.start("so-tnmt");
    platform = Side.start("platform");
  }

  @AfterAll
  static void stop() {
    publisher.s3().close();
    platform.s3().close();
  }

  @BeforeEach
  void landing() {
    store = new FolderStore(dir.resolve("store"));
  }

  @Test
  void anotherBucketWithOtherCredentialsIsCollectedIntoThePlatforms() {
    byte[] large = new byte[9 << 20];
    new Random(9).nextBytes(large);
    put("a/out/Trạm 1/m_20260310.csv", "1".getBytes(UTF_8));
    put("a/out/Trạm 1/m_20260309.csv", large);
    put("a/out/Trạm 1/m_20260101.csv", "old".getBytes(UTF_8));
    put("a/other/m_20260310.csv", "not below the prefix".getBytes(UTF_8));
    put("a/outer_20260310.csv", "not below the prefix".getBytes(UTF_8));
    StoreAccess access =
        new StoreAccess(
            platform.s3().endpoint().toString(),
            "us-east-1",
            platform.bucket(),
            true,
            platform.credentials().accessKey(),
            platform.credentials().secretKey());
    try (ObjectStore objects = ObjectStore.open(access)) {
      store = LandingStore.of(objects);
      Feed feed = feed("a/out/", "{station}/m_{day:yyyyMMdd}.csv");
      CollectResult first = collect(feed);
      Manifest delivery = first.delivery().orElseThrow();
      Deliveries deliveries = new Deliveries(store);
      assertThat(deliveries.restore(delivery, "Trạm 1/m_20260309.csv")).isEqualTo(large);
      assertThat(deliveries.restore(delivery, "Trạm 1/m_20260310.csv")).containsExactly('1');
      assertThat(first.counts()).isEqualTo(new Counts(2, large.length + 1, 0, 0, 0, 0, 1));
      assertThat(first.notes()).isEmpty();
      assertThat(deliveries.find(delivery, "Trạm 1/m_20260310.csv").orElseThrow().version())
          .as("md5sum of '1'")
          .isEqualTo("\"c4ca4238a0b923820dcc509a6f75849b\"");

      assertThat(collect(feed).counts().alreadyReceived()).isEqualTo(2);
      // The same bytes with another time are the same version.
      put("a/out/Trạm 1/m_20260310.csv", "1".getBytes(UTF_8));
      assertThat(collect(feed).counts().alreadyReceived()).isEqualTo(2);
      put("a/out/Trạm 1/m_20260310.csv", "2".getBytes(UTF_8));
      CollectResult changed = collect(feed);
      assertThat(changed.counts().taken()).isEqualTo(1);
      assertThat(deliveries.restore(changed.delivery().orElseThrow(), "Trạm 1/m_20260310.csv"))
          .containsExactly('2');
    }
  }

  @Test
  void whatIsReplacedAfterItWasListedIsLeftForTheNextRun() {
    put("race/a.csv", "a".getBytes(UTF_8));
    put("race/b.csv", "b".getBytes(UTF_8));
    boolean[] done = {false};
    // Landing's first object is created when a.csv has been read and b.csv has not.
    store =
        new FolderStore(dir.resolve("store")) {
          @Override
          public OutputStream create(String key) {
            if (!done[0]) {
              done[0] = true;
              put("race/b.csv", "B".getBytes(UTF_8));
            }
            return super.create(key);
          }
        };
    Feed feed = feed("race/", "{name}.csv");
    CollectResult result = collect(feed);
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(result.counts().leftUnstable()).isEqualTo(1);
    assertThat(result.notes()).singleElement().asString().startsWith("b.csv").contains("changed");
    Manifest next = collect(feed).delivery().orElseThrow();
    assertThat(new Deliveries(store).restore(next, "b.csv")).containsExactly('B');
  }

  @Test
  void aLongHistoryIsSkippedAndWhatIsBehindItIsNot() throws IOException {
    // A bucket of the embedded endpoint is a folder: 2,920 requests are saved.
    for (LocalDate day = LocalDate.of(2025, 1, 1); day.getYear() < 2026; day = day.plusDays(1)) {
      Path folder =
          publisher
              .home()
              .privateFolder("s3/" + publisher.bucket())
              .resolve("long/S1/" + day.toString().replace('-', '/'));
      Files.createDirectories(folder);
      for (int i = 0; i < 8; i++) {
        Files.writeString(folder.resolve(i + ".csv"), "old");
      }
    }
    put("long/S1/2026/03/09/x.csv", "1".getBytes(UTF_8));
    put("long/S2/2026/03/10/x.csv", "2".getBytes(UTF_8));
    put("long/ghi chú.txt", "stray".getBytes(UTF_8));
    Feed feed = feed("long/", "{station}/{yyyy}/{MM}/{dd}/{name}.csv");
    CollectResult result = collect(feed);
    assertThat(result.failure()).isEmpty();
    assertThat(result.counts().taken()).isEqualTo(3);
    assertThat(result.counts().unrecognised()).isEqualTo(1);
    // Of the three pages of 2025 only the first was listed.
    assertThat(result.counts().outsideWindow()).isBetween(900L, 1_000L);
  }

  @Test
  void namesThatAreNoPathsAreNotTaken() {
    put("odd/ok.csv", "1".getBytes(UTF_8));
    put("odd/tab\there.csv", "1".getBytes(UTF_8));
    put("odd/back\\slash.csv", "1".getBytes(UTF_8));
    CollectResult result = collect(feed("odd/", "{name}.csv"));
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(result.counts().leftUnstable()).isEqualTo(2);
    assertThat(result.notes()).allSatisfy(note -> assertThat(note).contains("not a usable name"));
  }

  @Test
  void aFileThatIsTooLongIsLeft() {
    put("limit/a.csv", new byte[(1 << 20) + 1]);
    put("limit/b.csv", new byte[1 << 20]);
    S3 usual = (S3) feed("limit/", "{name}.csv").transport();
    TransferPolicy oneMegabyte =
        new TransferPolicy(POLICY.connect(), POLICY.idle(), POLICY.deadline(), 0, 1 << 20);
    CollectResult result = collect(with(usual, usual.bucket(), usual.secretKey(), oneMegabyte));
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(result.notes()).singleElement().asString().startsWith("a.csv").contains("maxFileMB");
  }

  @Test
  void whatMakesTheBucketUnreadableIsToldWithoutTheSecret() throws IOException {
    S3 usual = (S3) feed("x/", "{name}.csv").transport();
    assertThat(failure(with(usual, "no-such-bucket", usual.secretKey(), POLICY)))
        .startsWith("TNMT-1002")
        .contains("no-such-bucket");
    Secret wrong = secret("wrong", "very-wrong-secret");
    assertThat(failure(with(usual, usual.bucket(), wrong, POLICY)))
        .startsWith("TNMT-1001")
        .contains("credentials", "feeds.yaml:1")
        .doesNotContain("very-wrong-secret", publisher.credentials().accessKey());
    assertThat(usual.toString())
        .doesNotContain(publisher.credentials().secretKey(), publisher.credentials().accessKey());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    S3 nowhere =
        new S3(
            usual.bucket(),
            usual.prefix(),
            "http://127.0.0.1:" + port,
            usual.region(),
            true,
            usual.accessKey(),
            usual.secretKey(),
            usual.pattern(),
            30,
            POLICY);
    assertThat(failure(TestFeeds.feed("x/f", nowhere))).startsWith("TNMT-1001");
  }

  private String failure(Feed feed) {
    return collect(feed).failure().orElseThrow().getMessage();
  }

  private static Feed with(S3 usual, String bucket, Secret secretKey, TransferPolicy policy) {
    return TestFeeds.feed(
        "x/f",
        new S3(
            bucket,
            usual.prefix(),
            usual.endpoint(),
            usual.region(),
            true,
            usual.accessKey(),
            secretKey,
            usual.pattern(),
            usual.lookbackDays(),
            policy));
  }

  private Feed feed(String prefix, String pattern) {
    return TestFeeds.feed(
        "x/f",
        new S3(
            publisher.bucket(),
            prefix,
            publisher.s3().endpoint().toString(),
            "us-east-1",
            true,
            secret("access", publisher.credentials().accessKey()),
            secret("secret", publisher.credentials().secretKey()),
            FilePattern.parse(pattern),
            30,
            POLICY));
  }

  private Secret secret(String name, String value) {
    try {
      Path file = Files.writeString(dir.resolve(name), value + "\n");
      return new Secret(Secret.Source.FILE, file.toString(), new Place("feeds.yaml", 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(String key, byte[] content) {
    try {
      putOnce(key, content);
    } catch (UncheckedIOException e) {
      // The JDK's client keeps connections for the process; the endpoint may have closed one.
      putOnce(key, content);
    }
  }

  private static void putOnce(String key, byte[] content) {
    try (S3Client client = publisher.client()) {
      client.putObject(
          request -> request.bucket(publisher.bucket()).key(key), RequestBody.fromBytes(content));
    }
  }

  private CollectResult collect(Feed feed) {
    return new Collector(store, dir.resolve("work"), Clock.fixed(NOW, ZoneOffset.UTC), 1)
        .collect(List.of(feed), NIGHT)
        .get(0);
  }
}
