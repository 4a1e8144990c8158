package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP server that answers as told and holds every request against the specification: {@link
 * #close} fails if one was not in it.
 */
public final class FakeAirflow implements AutoCloseable {
  /** What came. */
  public record Request(
      String method,
      String path,
      String rawPath,
      Map<String, List<String>> query,
      Map<String, String> headers,
      String body) {
    public JsonNode json() {
      try {
        return Json.mapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }

    String query(String name) {
      return String.join(" ", query.getOrDefault(name, List.of()));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * What goes back.
   *
   * @param sent how many bytes of the body are sent before the connection breaks or falls silent
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  public record Reply(
      int status, Map<String, String> headers, byte[] body, int sent, boolean isSilentThen) {
    public static Reply json(int status, String body) {
      return of(status, "application/json", body);
    }

    public static Reply of(int status, String type, String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return new Reply(status, Map.of("Content-Type", type), bytes, bytes.length, false);
    }

    Reply with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Reply(status, more, body, sent, isSilentThen);
    }

    /** The connection breaks after so many bytes; −1 for before the head. */
    Reply cutAfter(int bytes) {
      return new Reply(status, headers, body, bytes, false);
    }

    /** Nothing more comes after so many bytes, but the connection stays; −1 for before the head. */
    Reply silentAfter(int bytes) {
      return new Reply(status, headers, body, bytes, true);
    }
  }

  static {
    // Else every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<Request, Reply>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  public FakeAirflow() {
    this(0);
  }

  FakeAirflow(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    on("GET /api/v2/version", Reply.json(200, "{\"version\":\"3.2.1\",\"git_version\":null}"));
  }

  /** A server of 2.x. */
  public static FakeAirflow v1() {
    FakeAirflow fake = new FakeAirflow();
    fake.answers.clear();
    return fake.on("GET /api/v1/version", Reply.json(200, "{\"version\":\"2.11.0\"}"));
  }

  /** These answers one after the other, the last for ever. */
  public FakeAirflow on(String request, Reply... replies) {
    List<Reply> left = new ArrayList<>(List.of(replies));
    return on(
        request,
        any -> {
          synchronized (left) {
            return left.size() > 1 ? left.remove(0) : left.get(0);
          }
        });
  }

  public FakeAirflow on(String request, String json) {
    return on(request, Reply.json(200, json));
  }

  public FakeAirflow on(String request, Function<Request, Reply> answer) {
    answers.put(request, answer);
    return this;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  AirflowClient.Builder client() {
    return AirflowClient.builder(address()).time(new TestTime());
  }

  /** All requests but the one for the version. */
  public List<Request> requests() {
    return requests.stream().filter(request -> !request.path().endsWith("/version")).toList();
  }

  public List<Request> requests(String request) {
    return requests.stream().filter(any -> any.toString().equals(request)).toList();
  }

  public Request only(String request) {
    List<Request> found = requests(request);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " times " + request + " in " + requests);
    }
    return found.get(0);
  }

  /** Breaks all connections, and takes no more. */
  void stop() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public void close() {
    stop();
    if (!violations.isEmpty()) {
      throw new AssertionError("not in the specification: " + violations);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = read(exchange);
    requests.add(request);
    violations.addAll(Contract.violations(request));
    Function<Request, Reply> answer = answers.get(request.toString());
    Reply reply =
        answer == null ? Reply.json(404, "{\"detail\":\"Not Found\"}") : answer.apply(request);
    try (exchange) {
      send(exchange, reply);
    }
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.sent() >= 0) {
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      int length = reply.body().length;
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      OutputStream body = exchange.getResponseBody();
      body.write(reply.body(), 0, reply.sent());
      body.flush();
    }
    if (reply.isSilentThen()) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String parameter : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = parameter.split("=", 2);
      query
          .computeIfAbsent(pair[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        exchange.getRequestURI().getRawPath(),
        query,
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }
}
