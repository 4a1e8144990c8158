package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.Detail;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.Failure;

/** Sends calls: with credentials, within time limits, again where that is safe. */
final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AirflowClient.class);
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final int LARGEST_REFUSAL = 64 << 10;

  /** A 2xx answer whose body has not been read. */
  record Answer(Call call, HttpHeaders headers, AnswerBody body) {
    boolean isA(String type) {
      return headers.firstValue("Content-Type").map(text -> text.startsWith(type)).orElse(false);
    }
  }

  private interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  private final URI address;
  private final Time time;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration callDeadline;
  private final int attempts;
  private final Credentials credentials;
  private final ReentrantLock detecting = new ReentrantLock();
  private final Set<CompletableFuture<HttpResponse<AnswerBody>>> asked =
      ConcurrentHashMap.newKeySet();
  private final Set<AnswerBody> answering = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ApiVersion version;
  private volatile boolean closed;
  private @Nullable HttpClient http;

  Transport(AirflowClient.Builder settings) {
    address = settings.address;
    time = settings.time;
    connectTimeout = settings.connectTimeout;
    requestTimeout = settings.requestTimeout;
    callDeadline = settings.callDeadline;
    attempts = settings.attempts;
    version = settings.version;
    credentials = new Credentials(settings.auth, time, this::grant);
  }

  Time time() {
    return time;
  }

  int attempts() {
    return attempts;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Deadline callDeadline() {
    return Deadline.in(callDeadline, time);
  }

  /** The server's, found out at the first call. A failure to do so is not remembered. */
  ApiVersion version() {
    ApiVersion known = version;
    if (known != null) {
      return known;
    }
    lock(detecting);
    try {
      if (version == null) {
        version = detect();
      }
      return version;
    } finally {
      detecting.unlock();
    }
  }

  private ApiVersion detect() {
    for (ApiVersion candidate : List.of(ApiVersion.V2, ApiVersion.V1)) {
      Call call = Call.of(Route.VERSION, candidate);
      try {
        ServerVersion server = get(call, ServerVersion.class);
        if (server.version() == null) {
          throw malformed(call, "an answer without a version");
        }
        LOG.debug("{} is Airflow {}, {}", address, server.version(), candidate.prefix());
        return candidate;
      } catch (AirflowException.NotFound | AirflowException.Invalid notThisOne) {
        LOG.debug("{} has no {}", address, candidate.prefix());
      }
    }
    throw new AirflowException.NotFound(
        new Failure("GET " + address, 404, "no Airflow here", Detail.EMPTY, null, null));
  }

  Call call(Route route) {
    return Call.of(route, version());
  }

  /** The answer as a record. */
  <T> T get(Call call, Class<T> type) {
    JsonNode json = json(call);
    try {
      T value = Json.mapper().treeToValue(json, type);
      if (value == null) {
        throw malformed(call, "not a " + type.getSimpleName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(call, "not a " + type.getSimpleName());
    }
  }

  JsonNode json(Call call) {
    return send(call, this::parsed);
  }

  /** For answers without a body. A repeated DELETE that finds nothing has done its work before. */
  void done(Call call) {
    send(call, answer -> answer.body().readNBytes(LARGEST_REFUSAL));
  }

  /** For bodies that are read as they come; the caller closes. */
  Answer open(Call call) {
    return send(call, answer -> answer);
  }

  /** Gives up what a stream holds. */
  void close(Answer answer) {
    answering.remove(answer.body());
    answer.body().close();
  }

  /** Reading a stream failed: what that means for the caller. */
  AirflowException broken(Call call, IOException cause) {
    if (closed || cause instanceof InterruptedIOException) {
      return cancelled(call.toString());
    }
    if (cause instanceof HttpTimeoutException) {
      return new AirflowException.Timeout(
          Failure.of(call.toString(), "the answer stopped before its end").because(cause));
    }
    if (cause instanceof JsonProcessingException) {
      return malformed(call, "not JSON");
    }
    return new AirflowException.Unreachable(
        Failure.of(call.toString(), "the connection broke: " + reason(cause)).because(cause));
  }

  void sleep(Duration pause, String why) {
    if (closed) {
      throw cancelled(why);
    }
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(why);
    }
  }

  @Override
  public void close() {
    closed = true;
    asked.forEach(future -> future.cancel(true));
    answering.forEach(AnswerBody::close);
  }

  private <T> @Nullable T send(Call call, Reader<T> reader) {
    Deadline deadline = call.deadline() == null ? callDeadline() : call.deadline();
    for (int failures = 1; ; failures++) {
      try {
        return once(call, deadline, reader);
      } catch (AirflowException.NotFound e) {
        if (failures > 1 && "DELETE".equals(call.endpoint().method())) {
          return null;
        }
        throw e;
      } catch (AirflowException.RateLimited
          | AirflowException.ServerFault
          | AirflowException.Unreachable
          | AirflowException.Timeout e) {
        if (failures >= Math.min(attempts, call.attempts())) {
          throw e;
        }
        Duration pause = Pauses.afterFailure(failures, e.retryAfter().orElse(null), time);
        if (pause.compareTo(deadline.left()) >= 0) {
          throw e;
        }
        LOG.debug("{}; again in {}", e.getMessage(), pause);
        sleep(pause, call.toString());
      }
    }
  }

  private <T> T once(Call call, Deadline deadline, Reader<T> reader) {
    String header = header(call);
    HttpResponse<AnswerBody> response = exchange(call, deadline, header);
    if (response.statusCode() == 401 && credentials.renew(header, call.version())) {
      release(response.body());
      header = header(call);
      response = exchange(call, deadline, header);
    }
    AnswerBody body = response.body();
    boolean handedOver = false;
    try {
      if (response.statusCode() / 100 != 2) {
        throw refusal(call, response, header);
      }
      T value = reader.read(new Answer(call, response.headers(), body));
      handedOver = value instanceof Answer;
      return value;
    } catch (IOException e) {
      throw broken(call, e);
    } finally {
      if (!handedOver) {
        release(body);
      }
    }
  }

  private AirflowException refusal(Call call, HttpResponse<AnswerBody> response, String header)
      throws IOException {
    List<String> secrets = new ArrayList<>(Credentials.secrets(header));
    secrets.addAll(call.secrets());
    byte[] body = response.body().readNBytes(LARGEST_REFUSAL);
    return Failures.of(
        call.toString(), response.statusCode(), response.headers(), body, secrets, time.now());
  }

  private JsonNode parsed(Answer answer) throws IOException {
    byte[] body = answer.body().readNBytes(LARGEST_ANSWER + 1);
    if (body.length > LARGEST_ANSWER) {
      throw malformed(answer.call(), "an answer of more than 64 MB");
    }
    if (Failures.isPage(answer.headers())) {
      throw malformed(answer.call(), "a web page instead of JSON");
    }
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json == null || json.isMissingNode() || json.isNull()) {
        throw malformed(answer.call(), "an empty answer");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw malformed(answer.call(), "an answer that is not JSON, or half of it");
    }
  }

  /** One request and the head of its answer. */
  @SuppressWarnings("CollectionUndefinedEquality") // by identity
  private HttpResponse<AnswerBody> exchange(Call call, Deadline deadline, String header) {
    Duration limit = deadline.atMost(requestTimeout);
    if (limit.isZero()) {
      throw new AirflowException.Timeout(Failure.of(call.toString(), "no time is left for it"));
    }
    long begin = System.nanoTime();
    LongSupplier left =
        call.silence() == null
            ? () -> limit.toNanos() - (System.nanoTime() - begin)
            : () -> deadline.atMost(call.silence()).toNanos();
    CompletableFuture<HttpResponse<AnswerBody>> future =
        http().sendAsync(request(call, header), info -> new AnswerBody(left));
    asked.add(future);
    try {
      HttpResponse<AnswerBody> response = future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      answering.add(response.body());
      LOG.debug(
          "{}: {} after {} ms",
          call,
          response.statusCode(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      return response;
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new AirflowException.Timeout(Failure.of(call.toString(), "no answer within " + limit));
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw cancelled(call.toString());
    } catch (CancellationException e) {
      throw cancelled(call.toString());
    } catch (ExecutionException e) {
      if (closed) {
        throw cancelled(call.toString());
      }
      throw new AirflowException.Unreachable(
          Failure.of(call.toString(), "no answer from " + address + ": " + reason(e.getCause()))
              .because(e.getCause()));
    } finally {
      asked.remove(future);
    }
  }

  private HttpRequest request(Call call, @Nullable String header) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri(address))
            .header("Accept", call.accept())
            .header("User-Agent", "tnmt-airflow-client");
    if (header != null) {
      authorize(request, header, call);
    }
    if (call.body() == null) {
      return request.method(call.endpoint().method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.endpoint().method(), HttpRequest.BodyPublishers.ofByteArray(call.body()))
        .build();
  }

  private static void authorize(HttpRequest.Builder request, String header, Call call) {
    try {
      request.header("Authorization", header);
    } catch (IllegalArgumentException e) {
      // Its message quotes the header.
      throw new AirflowException.Unauthorized(
          Failure.of(call.toString(), "the token has characters that no header may have"));
    }
  }

  private String header(Call call) {
    try {
      return credentials.header(call.version(), call.endpoint().isOpen());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(call.toString());
    }
  }

  private JsonNode grant(byte[] body) {
    return json(Call.of(Route.TOKEN, ApiVersion.V2).body(body).secret(password(body)));
  }

  private static String password(byte[] grantBody) {
    try {
      return Json.mapper().readTree(grantBody).path("password").asText();
    } catch (IOException e) {
      throw new IllegalStateException("a body of our own", e);
    }
  }

  /** Made at the first use, because that takes longer than all else: it reads the trust store. */
  private synchronized HttpClient http() {
    if (closed) {
      throw cancelled(address.toString());
    }
    if (http == null) {
      // Without HTTP/2 there is no upgrade, which uvicorn warns of. Redirects would take the
      // credentials elsewhere.
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(connectTimeout)
              .build();
    }
    return http;
  }

  private void release(AnswerBody body) {
    answering.remove(body);
    body.close();
  }

  private void lock(ReentrantLock lock) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(address.toString());
    }
  }

  private static AirflowException cancelled(String request) {
    return new AirflowException.Cancelled(Failure.of(request, "cancelled"));
  }

  /** Without the parser's message and cause: they quote the answer, which may hold secrets. */
  static AirflowException malformed(Call call, String what) {
    return new AirflowException.Malformed(Failure.of(call.toString(), what));
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
