package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Authorization header: made when it is needed, renewed before it expires or when refused. */
final class Credentials {
  /** A token, and when it is to be replaced by one not refused yet. */
  private record Token(String header, long renewAt) {}

  private static final Duration RENEW_BEFORE = Duration.ofSeconds(60);

  private final Auth auth;
  private final Time time;
  private final Function<byte[], JsonNode> grant;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile @Nullable Token token;
  private volatile @Nullable String basic;

  /** {@code grant} sends user and password and returns the answer with the token. */
  Credentials(Auth auth, Time time, Function<byte[], JsonNode> grant) {
    this.auth = auth;
    this.time = time;
    this.grant = grant;
  }

  /** The header for a request; null for none. A token is not fetched for an open endpoint. */
  @Nullable String header(ApiVersion version, boolean isOpen) throws InterruptedException {
    if (auth instanceof Auth.Basic known) {
      return basic(known.user(), known.password());
    }
    if (auth instanceof Auth.Bearer known) {
      return bearer(known);
    }
    if (auth instanceof Auth.Password known && !isOpen) {
      return version == ApiVersion.V1 ? basic(known.user(), known.password()) : token(known);
    }
    return null;
  }

  /** Whether another try with another header makes sense after this one was refused. */
  boolean renew(@Nullable String refused, ApiVersion version) {
    if (auth instanceof Auth.Password && version == ApiVersion.V2) {
      Token current = token;
      if (current != null && current.header().equals(refused)) {
        token = null;
      }
      return refused != null;
    }
    return auth instanceof Auth.Bearer known && !bearer(known).equals(refused);
  }

  /** Without the line break that a token read from a file ends with. */
  private static String bearer(Auth.Bearer known) {
    return "Bearer " + known.token().get().strip();
  }

  /** One thread fetches, the others wait for it. */
  private String token(Auth.Password known) throws InterruptedException {
    Token current = token;
    if (isFresh(current)) {
      return current.header();
    }
    renewing.lockInterruptibly();
    try {
      current = token;
      if (!isFresh(current)) {
        current = fetch(known);
        token = current;
      }
      return current.header();
    } finally {
      renewing.unlock();
    }
  }

  private boolean isFresh(@Nullable Token current) {
    return current != null && time.nanos() - current.renewAt() < 0;
  }

  private Token fetch(Auth.Password known) {
    JsonNode answer = grant.apply(grantBody(known.user(), known.password()));
    String text = answer.path("access_token").asText("");
    if (text.isEmpty()) {
      throw new AirflowException.Malformed(
          AirflowException.Failure.of("POST /auth/token", "an answer without access_token"));
    }
    return new Token("Bearer " + text, time.nanos() + lifetime(text).toNanos());
  }

  /** How long to use a token: until shortly before it expires, or for ever if it does not say. */
  private Duration lifetime(String jwt) {
    try {
      String payload = jwt.split("\\.", -1)[1];
      JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(payload));
      long expires = claims.path("exp").asLong();
      // By the server's own clock where it says when it began: ours may be wrong.
      long begins = claims.path("iat").asLong(time.now().getEpochSecond());
      Duration life = Duration.ofSeconds(expires - begins);
      if (expires > 0 && !life.isNegative()) {
        Duration margin = life.dividedBy(5);
        return life.minus(margin.compareTo(RENEW_BEFORE) < 0 ? margin : RENEW_BEFORE);
      }
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException notJwt) {
      // A token of another kind; a 401 will tell.
    }
    return Duration.ofDays(365);
  }

  private String basic(String user, Supplier<char[]> password) {
    if (basic == null) {
      char[] secret = password.get();
      ByteBuffer bytes =
          StandardCharsets.UTF_8.encode(
              CharBuffer.allocate(user.length() + 1 + secret.length)
                  .put(user)
                  .put(':')
                  .put(secret)
                  .flip());
      Arrays.fill(secret, '\0');
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      basic = "Basic " + Base64.getEncoder().encodeToString(exact);
    }
    return basic;
  }

  private static byte[] grantBody(String user, Supplier<char[]> password) {
    char[] secret = password.get();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.mapper().createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("username", user);
      json.writeFieldName("password");
      json.writeString(secret, 0, secret.length);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Arrays.fill(secret, '\0');
    }
    return body.toByteArray();
  }

  /** What no message may repeat: the header, the token in it, the password in that. */
  static List<String> secrets(@Nullable String header) {
    if (header == null) {
      return List.of();
    }
    String secret = header.substring(header.indexOf(' ') + 1);
    if (!header.startsWith("Basic ")) {
      return List.of(header, secret);
    }
    String pair = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
    return List.of(header, secret, pair, pair.substring(pair.indexOf(':') + 1));
  }
}
