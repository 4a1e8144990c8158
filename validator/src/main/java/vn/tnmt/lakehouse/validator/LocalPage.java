package vn.tnmt.lakehouse.validator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.bundle.TrustedKeys;
import vn.tnmt.lakehouse.transform.page.Json;
import vn.tnmt.lakehouse.transform.receipt.ReceiptPage;

/**
 * The page of the validator, for the person at this computer only: it listens on 127.0.0.1, under a
 * random address that is told to nobody else; a request whose Host or Origin is another name (DNS
 * rebinding, another site) is refused. Nothing is asked of a network.
 *
 * <p>Files are sent one by one, in pieces ({@code POST file?check=…&path=…}, then {@code
 * &file=NUMBER} for more of it), then judged together ({@code POST check}). They and the verdicts
 * are in a folder that goes away with the page; only the last checks are kept.
 *
 * <p>A request that has not come whole within {@value #REQUEST_SECONDS} seconds is hung up on;
 * those who wait for one do not keep others waiting, and there are only so many of either.
 */
final class LocalPage implements AutoCloseable {
  private static final int MOST_BUNDLE = 128 << 20;
  private static final int REQUEST_SECONDS = 15;
  private static final int ANSWER_SECONDS = 2 * 60 * 60;
  private static final int MOST_CONNECTIONS = 500;
  private static final Map<String, String> TYPES =
      Map.of(
          "receipt.html", "text/html; charset=utf-8",
          "receipt.json", "application/json; charset=utf-8",
          "rejects.csv", "text/csv; charset=utf-8",
          "rejects.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  private static final String PAGE_POLICY =
      PageView.policy()
          + "; img-src data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'";
  private static final String RESULT_POLICY = ReceiptPage.policy() + "; frame-ancestors 'self'";

  static {
    // The server of the JDK has no other way to be told; a person's own -D goes first.
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
    limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    limit("sun.net.httpserver.maxReqHeaders", 100);
  }

  private final HttpServer server;

  /** A request that is not whole holds a thread: there is one for every connection. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST_CONNECTIONS, MOST_CONNECTIONS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

  private final CountDownLatch quit = new CountDownLatch(1);
  private final String token;
  private final Set<String> hosts;
  private final PageChecks checks;

  private LocalPage(HttpServer server, PageChecks checks) {
    this.server = server;
    this.checks = checks;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
    threads.allowCoreThreadTimeOut(true);
    int port = server.getAddress().getPort();
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free one
   * @param mostBytes of the files of one check
   * @param work folder for files and verdicts
   */
  static LocalPage start(
      int port, long mostBytes, Path work, TrustedKeys trusted, Optional<Bundle.Signed> bundle)
      throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    LocalPage page = new LocalPage(server, new PageChecks(mostBytes, work, trusted, bundle));
    server.createContext("/", page::handle);
    server.setExecutor(page.threads);
    server.start();
    return page;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/";
  }

  void awaitQuit() throws InterruptedException {
    quit.await();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Security-Policy", PAGE_POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      try {
        answer(exchange);
      } catch (Refused e) {
        send(exchange, e.status, "text/plain; charset=utf-8", e.getMessage());
      } catch (TnmtException e) {
        json(exchange, 422, Map.of("error", e.getMessage()));
      }
    }
  }

  /** A request that is not answered. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String why) {
      super(why, null, false, false);
      this.status = status;
    }
  }

  private void answer(HttpExchange exchange) throws IOException, Refused {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new Refused(403, "wrong Host");
    }
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null && !hosts.contains(origin.replaceFirst("^http://", ""))) {
      throw new Refused(403, "wrong Origin");
    }
    String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
    if (path.length < 3 || !MessageDigest.isEqual(ascii(path[1]), ascii(token))) {
      throw new Refused(404, "not found");
    }
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    switch (exchange.getRequestMethod() + " " + path[2]) {
      case "GET " -> send(exchange, 200, "text/html; charset=utf-8", PageView.render());
      case "GET state" -> json(exchange, 200, checks.state());
      case "POST bundle" -> {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BUNDLE + 1);
        if (body.length > MOST_BUNDLE) {
          throw new Refused(413, "too large");
        }
        json(
            exchange,
            200,
            checks.bundle(Bundle.read(new ByteArrayInputStream(body), "tnmt-bundle.zip")));
      }
      case "POST trust" -> json(exchange, 200, checks.trust(query.getOrDefault("fingerprint", "")));
      case "POST file" -> {
        try (InputStream body = exchange.getRequestBody()) {
          json(
              exchange,
              200,
              checks.file(
                  query.getOrDefault("check", ""),
                  query.getOrDefault("path", ""),
                  query.get("file"),
                  body));
        }
      }
      case "POST check" ->
          json(
              exchange,
              200,
              checks.check(
                  query.getOrDefault("check", ""),
                  query.getOrDefault("feed", ""),
                  query.getOrDefault("date", "")));
      case "GET result" -> result(exchange, path);
      case "POST quit" -> {
        json(exchange, 200, Map.of());
        quit.countDown();
      }
      default -> throw new Refused(404, "not found");
    }
  }

  /** {@code /token/result/<check>/<number>/<file>}. */
  private void result(HttpExchange exchange, String[] path) throws IOException, Refused {
    if (path.length != 6 || !TYPES.containsKey(path[5])) {
      throw new Refused(404, "not found");
    }
    Path file = checks.result(path[3], path[4]).map(folder -> folder.resolve(path[5])).orElse(null);
    if (file == null || !Files.exists(file)) {
      throw new Refused(404, "not found");
    }
    if (path[5].endsWith(".html")) {
      exchange.getResponseHeaders().set("Content-Security-Policy", RESULT_POLICY);
    } else {
      exchange
          .getResponseHeaders()
          .set("Content-Disposition", "attachment; filename=\"" + path[5] + "\"");
    }
    exchange.getResponseHeaders().set("Content-Type", TYPES.get(path[5]));
    exchange.sendResponseHeaders(200, Math.max(Files.size(file), 1));
    try (OutputStream out = exchange.getResponseBody();
        InputStream in = Files.newInputStream(file)) {
      in.transferTo(out);
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? List.<String>of() : List.of(raw.split("&"))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, int status, Object value) throws IOException {
    send(exchange, status, "application/json; charset=utf-8", Json.write(value));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
