package vn.tnmt.lakehouse.ingestion.collect.https;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A web server of the JDK on the loopback interface that does what a test tells it. */
final class FaultyServer implements AutoCloseable {
  /** What becomes of one request. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** A request that arrived. */
  record Request(String target, Map<String, List<String>> headers) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  FaultyServer() throws IOException {
    this(HttpServer.create(address(), 0), "http", ignored -> {});
  }

  FaultyServer(HttpServer server, String scheme, Consumer<HttpServer> adjust) {
    this.server = server;
    this.scheme = scheme;
    adjust.accept(server);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) {
    String target = exchange.getRequestURI().toString();
    requests.add(new Request(target, Map.copyOf(exchange.getRequestHeaders())));
    try (exchange) {
      answers.getOrDefault(target, status(404)).to(exchange);
    } catch (IOException e) {
      // The answer was cut off, by the test or by the client.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void on(String target, Answer answer) {
    answers.put(target, answer);
  }

  String url(String target) {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + target;
  }

  long asked(String target) {
    return requests.stream().filter(request -> request.target().equals(target)).count();
  }

  Request last(String target) {
    return requests.stream()
        .filter(request -> request.target().equals(target))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** A whole answer with headers, name and value in turn. */
  static Answer ok(byte[] body, String... headers) {
    return exchange -> {
      headers(exchange, headers);
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    };
  }

  static Answer status(int status, String... headers) {
    return exchange -> {
      headers(exchange, headers);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Promises more bytes than it sends, then closes the connection. */
  static Answer cut(byte[] body, int sent, String... headers) {
    return exchange -> {
      headers(exchange, headers);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, sent);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends without end. */
  static Answer endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      byte[] block = new byte[1 << 16];
      while (true) {
        out.write(block);
      }
    };
  }

  /** One answer after the other; the last one stays. */
  static Answer inTurn(Answer... answers) {
    int[] turn = {0};
    return exchange -> {
      Answer answer;
      synchronized (turn) {
        answer = answers[Math.min(turn[0]++, answers.length - 1)];
      }
      answer.to(exchange);
    };
  }

  static void headers(HttpExchange exchange, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
