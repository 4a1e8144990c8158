package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.RemoteFault;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;

/**
 * Requests of one feed in one night. Redirects are followed here and not by the client, since
 * credentials must not follow them to another origin.
 */
final class WebSession {
  private static final int MAX_REDIRECTS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final HttpClient client;
  private final TransferPolicy policy;
  private final Attempts attempts;
  private final Set<String> trusted;
  private final Map<String, String> credentials;
  private final Set<String> answered = new HashSet<>();

  /**
   * @param trusted origins that are shown the credentials
   * @throws TnmtException {@code TNMT-5002} when a secret or the CA file cannot be read
   */
  WebSession(Http transport, Attempts attempts, Set<String> trusted, String where) {
    this.policy = transport.policy();
    this.attempts = attempts;
    this.trusted = trusted;
    this.credentials = credentials(transport.auth());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(policy.connect());
    if (!transport.caFile().isEmpty()) {
      builder.sslContext(trusting(transport.caFile(), where));
    }
    this.client = builder.build();
  }

  private static Map<String, String> credentials(HttpAuth auth) {
    Map<String, String> headers = new LinkedHashMap<>();
    auth.headers().forEach((name, secret) -> headers.put(name, value(secret)));
    switch (auth.scheme()) {
      case NONE -> {}
      case BASIC -> {
        String pair = auth.user() + ":" + auth.secret().read();
        headers.put(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      case BEARER -> headers.put("Authorization", "Bearer " + value(auth.secret()));
    }
    return headers;
  }

  /** The client would name the value in its complaint. */
  private static String value(Secret secret) {
    String text = secret.read();
    if (!text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "bí mật không viết được trong header HTTP / the secret cannot stand in an HTTP header: "
              + secret.name(),
          secret.place().toString(),
          "one line of ASCII characters");
    }
    return text;
  }

  private static SSLContext trusting(String caFile, String where) {
    try (InputStream pem = new BufferedInputStream(new FileInputStream(caFile))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca" + number++, each);
      }
      if (number == 0) {
        throw new IOException("no certificate in it");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "không đọc được tệp chứng thư / caFile cannot be read: " + caFile,
          where,
          "a file of PEM certificates",
          e);
    }
  }

  /**
   * One try of one request, redirects followed.
   *
   * @param headers beside credentials
   * @return any answer but those that a later try may better
   * @throws RemoteFault when there is none
   * @throws IOException when the server cannot be reached
   */
  WebAnswer get(URI uri, Map<String, String> headers) throws IOException {
    URI at = uri;
    boolean known = true;
    for (int hops = 0; ; hops++) {
      known &= trusted.contains(WebAddress.origin(at));
      WebAnswer answer = send(at, headers, known);
      answered.add(WebAddress.origin(at));
      int status = answer.status();
      boolean redirect =
          status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
      if (!redirect) {
        return usable(answer);
      }
      answer.discard();
      if (hops == MAX_REDIRECTS) {
        throw lasting("chuyển hướng quá nhiều / too many redirects");
      }
      at = next(at, answer.header("Location"));
    }
  }

  private URI next(URI from, String location) throws RemoteFault {
    try {
      URI to = location.isBlank() ? null : WebAddress.resolve(from, location);
      String objection =
          to == null ? "không có Location / no Location" : WebAddress.objection(from, to, trusted);
      if (objection.isEmpty()) {
        return to;
      }
      throw lasting("chuyển hướng / redirect: " + objection);
    } catch (IllegalArgumentException e) {
      throw lasting("chuyển hướng không hiểu được / a redirect that is not understood");
    }
  }

  private WebAnswer send(URI uri, Map<String, String> headers, boolean known) throws IOException {
    String what = WebAddress.told(uri);
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .timeout(shorter(policy.idle(), attempts.left(what)))
              .header("User-Agent", "tnmt-lakehouse")
              .header("Accept-Encoding", "identity");
      headers.forEach(request::setHeader);
      if (known) {
        credentials.forEach(request::setHeader);
      }
      HttpResponse<InputStream> response =
          client.send(
              request.build(),
              info -> new TimedBody(() -> shorter(policy.idle(), attempts.left(what))));
      return new WebAnswer(uri, response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what);
    } catch (IllegalArgumentException e) {
      throw lasting("không gửi được yêu cầu / the request cannot be sent to " + what);
    }
  }

  private static WebAnswer usable(WebAnswer answer) throws RemoteFault {
    switch (answer.status()) {
      case 401, 407 -> {
        answer.discard();
        throw new RemoteFault(
            RemoteFault.Kind.DENIED,
            "máy chủ không chấp nhận tài khoản / the server does not accept the credentials (HTTP "
                + answer.status()
                + ")");
      }
      case 408, 425, 429, 500, 502, 503, 504 -> {
        answer.discard();
        throw new RemoteFault(
            RemoteFault.Kind.PASSING,
            "máy chủ đang bận hoặc lỗi / the server is busy or failing (HTTP "
                + answer.status()
                + ")",
            after(answer.header("Retry-After").strip()));
      }
      default -> {
        return answer;
      }
    }
  }

  /** {@code Retry-After}: seconds or a date. */
  private static Duration after(String text) {
    if (text.matches("\\d{1,9}")) {
      return shorter(Duration.ofSeconds(Long.parseLong(text)), LONGEST_WAIT);
    }
    long at = WebAnswer.millis(text);
    Duration wait = Duration.between(Instant.now(), Instant.ofEpochMilli(at));
    return at == 0 || wait.isNegative() ? Duration.ZERO : shorter(wait, LONGEST_WAIT);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static RemoteFault lasting(String message) {
    return new RemoteFault(RemoteFault.Kind.LASTING, message);
  }

  /** Whether the server has ever answered anything. */
  boolean hasAnswered(URI uri) {
    return answered.contains(WebAddress.origin(uri));
  }

  Set<String> trusted() {
    return trusted;
  }
}
