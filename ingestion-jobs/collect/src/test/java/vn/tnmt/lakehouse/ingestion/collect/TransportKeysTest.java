package vn.tnmt.lakehouse.ingestion.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.collect.directory.Directory;
import vn.tnmt.lakehouse.ingestion.collect.https.Http;
import vn.tnmt.lakehouse.ingestion.collect.https.HttpAuth;
import vn.tnmt.lakehouse.ingestion.collect.s3.S3;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.feed.Transport;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Keys of the transports directory, https and s3. */
class TransportKeysTest {
  private static final String DIRECTORY =
      "{type: directory, root: \"/data/x\", pattern: \"s_{day:yyyyMMdd}.csv\", lookbackDays: 7}";

  @TempDir Path dir;

  @Test
  void everyKeyOfADirectoryArrives() throws Exception {
    Directory usual = (Directory) transport(DIRECTORY);
    assertThat(usual)
        .isEqualTo(new Directory("/data/x", FilePattern.parse("s_{day:yyyyMMdd}.csv"), 7));
    assertThat(usual.quietSeconds()).isZero();
    Directory given =
        (Directory) transport(DIRECTORY.replace(", lookback", ", quietSeconds: 90, lookback"));
    assertThat(given.quietSeconds()).isEqualTo(90);
  }

  @Test
  void everyKeyOfHttpsArrives() throws Exception {
    Http http =
        (Http)
            transport(
                """
                {type: https, index: "https://h.vn/data/", pattern: "**/{n}.csv", lookbackDays: 5,
                   auth: {basic: {user: lan, password: {env: X_PASSWORD}}, headers: {X-Api-Key: {file: /run/key}}},
                   caFile: /etc/ca.pem, limits: {retries: 1, maxFileMB: 7, idleSeconds: 3}}
                """);
    assertThat(http.kind()).isEqualTo(Http.Kind.INDEX);
    assertThat(http.location()).isEqualTo("https://h.vn/data");
    assertThat(http.lookbackDays()).isEqualTo(5);
    assertThat(http.pattern()).hasToString("**/{n}.csv");
    assertThat(http.caFile()).isEqualTo("/etc/ca.pem");
    assertThat(http.auth().scheme()).isEqualTo(HttpAuth.Scheme.BASIC);
    assertThat(http.auth().user()).isEqualTo("lan");
    assertThat(http.auth().secret().name()).isEqualTo("X_PASSWORD");
    assertThat(http.auth().headers().get("X-Api-Key").source()).isEqualTo(Secret.Source.FILE);
    assertThat(http.policy().retries()).isEqualTo(1);
    assertThat(http.policy().maxFileBytes()).isEqualTo(7 << 20);
    assertThat(http.policy().idle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(serialised(http)).isEqualTo(http);
    Http bearer =
        (Http)
            transport(
                "{type: https, manifest: \"https://h.vn/m.json\", pattern: x, auth: {bearer: {env: T}}}");
    assertThat(bearer.kind()).isEqualTo(Http.Kind.MANIFEST);
    assertThat(bearer.auth().scheme()).isEqualTo(HttpAuth.Scheme.BEARER);
    assertThat(bearer.policy()).isEqualTo(TransferPolicy.USUAL);
  }

  @Test
  void aUrlNamesItsFileAndItsPattern() throws Exception {
    Http one = (Http) transport("{type: http, url: \"http://h.vn/a/T%E1%BB%87p%201.csv?x=1\"}");
    assertThat(one.urls()).extracting(n -> n.path().text()).containsExactly("Tệp 1.csv");
    assertThat(one.pattern()).hasToString("Tệp 1.csv");
    assertThat(one.auth()).isEqualTo(HttpAuth.NONE);
    Http daily = (Http) transport("{type: https, url: \"https://h.vn/{yyyy}/m_{d:yyyyMMdd}.csv\"}");
    assertThat(daily.pattern().dated()).isTrue();
    assertThat(daily.urls().get(0).url().on(LocalDate.of(2026, 3, 1)))
        .isEqualTo("https://h.vn/2026/m_20260301.csv");
    Http api =
        (Http)
            transport(
                "{type: https, url: \"https://h.vn/api?d={d:yyyy-MM-dd}\", path: \"m_{d:yyyyMMdd}.csv\"}");
    assertThat(api.pattern()).hasToString("m_{d:yyyyMMdd}.csv");
    Http several =
        (Http)
            transport(
                "{type: https, urls: [\"https://h.vn/a.csv\", {url: \"https://i.vn/a.csv\", path: i/a.csv}],"
                    + " pattern: \"**/{n}.csv\"}");
    assertThat(several.urls()).extracting(n -> n.path().text()).containsExactly("a.csv", "i/a.csv");
    assertThat(several.location()).isEqualTo("https://h.vn/a.csv https://i.vn/a.csv");
  }

  @Test
  void everyKeyOfS3Arrives() throws Exception {
    S3 s3 =
        (S3)
            transport(
                """
                {type: s3, bucket: so-tnmt, prefix: a/b, endpoint: "https://s3.h.vn:9000/", region: vn-1,
                   credentials: {accessKey: {env: A}, secretKey: {file: /run/s}}, pattern: "{n}.csv",
                   lookbackDays: 3, limits: {deadlineMinutes: 5}}
                """);
    assertThat(s3.location()).isEqualTo("https://s3.h.vn:9000/so-tnmt/a/b");
    assertThat(s3.prefix()).isEqualTo("a/b/");
    assertThat(s3.region()).isEqualTo("vn-1");
    assertThat(s3.pathStyle()).isTrue();
    assertThat(s3.accessKey().name()).isEqualTo("A");
    assertThat(s3.secretKey().name()).isEqualTo("/run/s");
    assertThat(s3.policy().deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(serialised(s3)).isEqualTo(s3);
    S3 open = (S3) transport("{type: s3, bucket: open-data, pattern: \"{n}\"}");
    assertThat(open.location()).isEqualTo("s3://open-data");
    assertThat(open.accessKey()).isNull();
    assertThat(open.pathStyle()).isFalse();
  }

  /** What is written, the code, what the message is about. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: https}|TNMT-2005|exactly one",
        "{type: https, url: \"https://h/a\", index: \"https://h/\"}|TNMT-2005|exactly one",
        "{type: https, url: \"http://h/a.csv\"}|TNMT-2005|https://",
        "{type: http, url: \"https://h/a.csv\"}|TNMT-2005|http://",
        "{type: https, url: \"h/a.csv\"}|TNMT-2005|https://",
        "{type: https, url: \"https://h/a b.csv\"}|TNMT-2005|not understood",
        "{type: https, url: \"https://h/\"}|TNMT-2005|path",
        "{type: https, url: \"https://h/a\", path: \"../x\"}|TNMT-2005|path",
        "{type: https, url: \"https://h/a\", path: \"/x\"}|TNMT-2005|path",
        "{type: https, url: \"https://h/{station}.csv\"}|TNMT-2005|{station}",
        "{type: https, url: \"https://h/{t:HHmm}.csv\"}|TNMT-2005|{t:HHmm}",
        "{type: https, url: \"https://h/a?d={d:yyyyMMdd}\"}|TNMT-2005|day",
        "{type: https, url: \"https://h/a.csv\", pattern: \"b.csv\"}|TNMT-2005|pattern",
        "{type: https, urls: [\"https://h/a.csv\", \"https://i/a.csv\"], pattern: \"{n}\"}|TNMT-2005|same file name",
        "{type: https, urls: [], pattern: \"{n}\"}|TNMT-2005|empty",
        "{type: https, urls: [\"https://h/a.csv\", \"https://i/b.csv\"]}|TNMT-2005|pattern",
        "{type: https, index: \"https://h/\"}|TNMT-2005|pattern",
        "{type: https, index: \"https://h/{d:yyyyMMdd}/\", pattern: x}|TNMT-2005|no day",
        "{type: https, index: \"https://h/\", path: x, pattern: x}|TNMT-2005|path",
        "{type: https, url: \"https://h/a\", root: x}|TNMT-2002|root",
        "{type: http, url: \"http://h/a\", caFile: x}|TNMT-2005|caFile",
        "{type: https, url: \"https://h/a\", auth: {basic: {user: \"a:b\", password: {env: X}}}}|TNMT-2005|':'",
        "{type: https, url: \"https://h/a\", auth: {basic: {user: a, password: {env: X}}, bearer: {env: Y}}}|TNMT-2005|not both",
        "{type: https, url: \"https://h/a\", auth: {headers: {Host: {env: X}}}}|TNMT-2005|Host",
        "{type: https, url: \"https://h/a\", auth: {headers: {\"a b\": {env: X}}}}|TNMT-2005|a b",
        "{type: https, url: \"https://h/a\", auth: {token: x}}|TNMT-2002|token",
        "{type: s3, pattern: x}|TNMT-2005|bucket",
        "{type: s3, bucket: \"a/b\", pattern: x}|TNMT-2005|bucket",
        "{type: s3, bucket: abc, prefix: /x, pattern: x}|TNMT-2005|slash",
        "{type: s3, bucket: abc, endpoint: h.vn, pattern: x}|TNMT-2005|https://",
        "{type: s3, bucket: abc, pattern: x, credentials: {accessKey: {env: A}}}|TNMT-2005|secretKey",
        "{type: s3, bucket: abc, pattern: x, pathStyle: maybe}|TNMT-2005|true or false",
        "{type: directory, root: x, pattern: x, quietSeconds: -1}|TNMT-2005|at least 0",
        "{type: directory, root: \"x\\0y\", pattern: x}|TNMT-2005|not understood",
        "{type: directory, root: x, pattern: x, lookback: 7}|TNMT-2002|lookbackDays",
        "{type: directory, root: x, pattern: x, lookbackDays: -1}|TNMT-2005|at least 0",
        "{type: directry, root: x, pattern: x}|TNMT-2005|transport.type",
        "{type: directry, root: x, pattern: x}|TNMT-2005|did you mean 'directory'?",
        "{type: carrier-pigeon, pattern: x}|TNMT-2005|ftp, http, https, jdbc, s3, sftp",
      })
  void whatIsWrongIsNamed(String transport, String code, String about) {
    assertThatThrownBy(() -> transport(transport))
        .hasMessageStartingWith(code)
        .hasMessageContaining("a.yaml:7)")
        .hasMessageContaining(about);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: https, url: \"https://h/a\", auth: {basic: {user: a, password: S3cret}}}",
        "{type: https, url: \"https://h/a\", auth: {bearer: S3cret}}",
        "{type: https, url: \"https://h/a\", auth: {headers: {X-Api-Key: S3cret}}}",
        "{type: https, url: \"https://lan:S3cret@h/a\"}",
        "{type: https, url: \"https://lan:S3cret @h/a\"}",
        "{type: https, urls: [{url: \"https://lan:S3cret@h/a\"}]}",
        "{type: s3, bucket: abc, pattern: x, credentials: {accessKey: {env: A}, secretKey: S3cret}}",
        "{type: s3, bucket: abc, pattern: x, credentials: {accessKey: S3cret, secretKey: {env: A}}}",
      })
  void aSecretInClearIsRefusedAndNotRepeated(String transport) {
    assertThatThrownBy(() -> transport(transport))
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("a.yaml:7)")
        .hasMessageNotContaining("S3cret");
  }

  @Test
  void twoFeedsOfTheSameFilesAreFound() throws IOException {
    String once =
        TransportTesting.feed("{type: https, url: \"https://h.vn/m_{day:yyyyMMdd}.csv\"}");
    String twice =
        once + once.substring(once.indexOf("  - id: sample")).replace("id: sample", "id: other");
    Files.writeString(dir.resolve("a.yaml"), twice);
    assertThat(FeedCheck.check(Feeds.load(dir, Map.of()), Contracts.bundled()))
        .extracting(Problem::toString)
        .anySatisfy(problem -> assertThat(problem).contains("same files", "https://h.vn/m_"));
  }

  @Test
  void theFeedsOfThePlatformAgreeWithItsContracts() {
    for (String folder : List.of("../feeds", "../feeds-examples")) {
      List<Feed> feeds = Feeds.load(Path.of(folder), Map.of("exports", "/exports"));
      assertThat(feeds).allSatisfy(f -> assertThat(f.transport()).isInstanceOf(Directory.class));
      assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    }
  }

  private Transport transport(String yaml) throws IOException {
    return TransportTesting.transport(dir, yaml);
  }

  private static Object serialised(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }
}
