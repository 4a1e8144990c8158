package vn.tnmt.lakehouse.validator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.ingestion.bundle.TrustedKeys;
import vn.tnmt.lakehouse.validator.Fixtures.Fixture;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalPageTest {
  private static final Fixture FIXTURE =
      Fixtures.all().stream()
          .filter(f -> f.toString().equals("so-a/melted-flaws"))
          .findFirst()
          .orElseThrow();
  private static final long MOST_BYTES = 100_000;

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private SigningKey key;
  private LocalPage page;

  @BeforeEach
  void start() throws IOException {
    key = SigningKey.create(dir.resolve("key"));
    Files.createDirectories(dir.resolve("work"));
    page =
        LocalPage.start(
            0,
            MOST_BYTES,
            dir.resolve("work"),
            new TrustedKeys(dir.resolve("trusted")),
            Optional.empty());
  }

  @AfterEach
  void stop() {
    page.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(page.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(page.address() + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private byte[] file() throws IOException {
    return Files.readAllBytes(FIXTURE.files().resolve("mau_20260314.csv"));
  }

  @Test
  void fromAnEmptyPageToTheRejectedRows() throws Exception {
    assertThat(get("").body()).contains("Kiểm tra tệp trước khi gửi").doesNotContain("https://");
    assertThat(get("state").body()).contains("\"bundle\" : \"\"");
    assertThat(post("file?check=abcdefgh&path=mau_20260314.csv", file()).statusCode())
        .isEqualTo(200);
    assertThat(post("check?check=abcdefgh&date=2026-03-14", new byte[0]).body())
        .contains("TNMT-5004");

    byte[] bundle = Fixtures.bundleBytes(FIXTURE, key, Map.of());
    assertThat(post("bundle", bundle).body())
        .contains("\"trusted\" : false", key.publicKey().fingerprint())
        .as("feeds of an untrusted bundle are not shown")
        .doesNotContain("water-sample");
    assertThat(post("check?check=abcdefgh&date=2026-03-14", new byte[0]).body())
        .contains("TNMT-2010");
    assertThat(post("trust?fingerprint=0000", new byte[0]).statusCode()).isEqualTo(422);
    assertThat(post("trust?fingerprint=" + key.publicKey().fingerprint(), new byte[0]).body())
        .contains("\"trusted\" : true", "water-sample");

    assertThat(post("check?check=abcdefgh&date=2026-03-14", new byte[0]).body())
        .contains("\"verdict\" : \"PARTLY\"", "\"quarantined\" : 9");
    assertThat(get("result/abcdefgh/0/receipt.html").body())
        .contains("Kết quả kiểm tra trước khi gửi");
    HttpResponse<String> csv = get("result/abcdefgh/0/rejects.csv");
    assertThat(csv.body()).contains("tnmt_loi", "REC-11");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    assertThat(get("result/abcdefgh/0/rejects.xlsx").statusCode()).isEqualTo(200);

    post("quit", new byte[0]);
    page.awaitQuit();
  }

  @Test
  void nothingWithoutTheTokenAndNothingOutsideTheVerdict() throws Exception {
    String root = page.address().replaceFirst("/[0-9a-f]{32}/$", "/");
    for (String path :
        new String[] {"", "state", "00000000000000000000000000000000/state", "%2e%2e/state"}) {
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(root + path)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(404);
    }
    post("file?check=abcdefgh&path=x", file());
    for (String path :
        new String[] {
          "result/abcdefgh/0/receipt.html",
          "result/abcdefgh/0/../../../trusted",
          "result/abcdefgh/0/..%2f..%2ftrusted",
          "result/x/0/receipt.html"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anotherHostOrOriginIsRefused() throws Exception {
    assertThat(raw("GET", "evil.example:80", "")).startsWith("HTTP/1.1 403");
    assertThat(raw("GET", "127.0.0.1", "")).as("the port belongs to it").startsWith("HTTP/1.1 403");
    assertThat(raw("POST", null, "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw("GET", null, "")).startsWith("HTTP/1.1 200");
  }

  /** A request that no well-behaved client would write. */
  private String raw(String method, String host, String headers) throws IOException {
    URI address = URI.create(page.address());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (method
                  + " "
                  + address.getPath()
                  + "state HTTP/1.1\r\nHost: "
                  + (host == null ? "127.0.0.1:" + address.getPort() : host)
                  + "\r\n"
                  + headers
                  + "Content-Length: 0\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersForbidWhateverThePageDoesNotNeed() throws Exception {
    var headers = get("").headers();
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .contains("connect-src 'self'", "frame-ancestors 'self'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void moreThanTheLimitIsRefusedAndStrangeChecksAreToo() throws Exception {
    assertThat(post("file?check=abcdefgh&path=a.csv", new byte[(int) MOST_BYTES + 1]).body())
        .contains("TNMT-5004");
    assertThat(post("file?check=../../x&path=a.csv", file()).body()).contains("TNMT-5004");
    assertThat(post("bundle", "no zip".getBytes(StandardCharsets.UTF_8)).body())
        .contains("TNMT-2008");
  }

  @Test
  void thePolicyLetsThePagesOwnStylesAndScriptsRunAndNothingElse() throws Exception {
    HttpResponse<String> answer = get("");
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    List<String> hashes =
        Pattern.compile("(?s)<(style|script)>(.*?)</\\1>")
            .matcher(answer.body())
            .results()
            .map(match -> sha256(match.group(2)))
            .toList();
    assertThat(hashes).hasSize(4);
    assertThat(policy).contains(hashes);
    assertThat(answer.body().replaceAll("(?s)<(style|script)>.*?</\\1>", ""))
        .doesNotContainPattern("<[^>]*\\s(?i:style|on[a-z]+)\\s*=");
  }

  private static String sha256(String text) {
    try {
      return "'sha256-"
          + Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(text.getBytes(StandardCharsets.UTF_8)))
          + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFileComesInPieces() throws Exception {
    byte[] whole = file();
    int cut = whole.length / 3;
    String path = "file?check=abcdefgh&path=mau_20260314.csv";
    post("bundle", Fixtures.bundleBytes(FIXTURE, key, Map.of()));
    post("trust?fingerprint=" + key.publicKey().fingerprint(), new byte[0]);
    assertThat(post(path, Arrays.copyOf(whole, cut)).body()).contains("\"file\" : 0");
    assertThat(post(path + "&file=1", new byte[1]).statusCode()).isEqualTo(422);
    assertThat(post(path + "&file=x", new byte[1]).statusCode()).isEqualTo(422);
    assertThat(post(path + "&file=0", Arrays.copyOfRange(whole, cut, whole.length)).body())
        .contains("\"file\" : 0");
    assertThat(post("check?check=abcdefgh&date=2026-03-14", new byte[0]).body())
        .as("as the file in one")
        .contains("\"verdict\" : \"PARTLY\"", "\"quarantined\" : 9");
  }

  @Test
  @Tag("slow")
  void whoNeverFinishesARequestKeepsNobodyWaitingAndIsHungUpOn() throws Exception {
    URI address = URI.create(page.address());
    String host = "Host: 127.0.0.1:" + address.getPort() + "\r\n";
    String path = address.getPath();
    List<String> begun =
        List.of(
            "",
            "G",
            "GET " + path + "state HTTP/1.1\r\n" + host,
            "POST " + path + "bundle HTTP/1.1\r\n" + host + "Content-Length: 1000\r\n\r\nPK",
            "POST "
                + path
                + "file?check=abcdefgh&path=a.csv HTTP/1.1\r\n"
                + host
                + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
    List<Socket> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        halfOpen.add(socket);
        socket
            .getOutputStream()
            .write(begun.get(i % begun.size()).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      long asked = System.nanoTime();
      assertThat(get("state").statusCode()).isEqualTo(200);
      assertThat(post("file?check=abcdefgh&path=b.csv", file()).statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      for (int i = 0; i < halfOpen.size(); i++) {
        halfOpen.get(i).setSoTimeout(30_000);
        assertThat(ended(halfOpen.get(i))).as(begun.get(i % begun.size())).isTrue();
      }
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
    }
    assertThat(get("state").statusCode()).isEqualTo(200);
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }

  @Test
  void onlyTheLastChecksAreKept() throws Exception {
    for (int i = 0; i < 12; i++) {
      post("file?check=abcdefg" + (char) ('a' + i) + "&path=a.csv", file());
    }
    try (var folders = Files.list(dir.resolve("work"))) {
      assertThat(folders).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void aNameOnThePageIsOnlyAName() throws Exception {
    post("file?check=abcdefgh&path=" + "..%2F..%2Fescaped.csv", file());
    assertThat(dir).isDirectoryNotContaining("glob:**/escaped.csv");
  }
}
