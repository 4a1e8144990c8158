package vn.tnmt.lakehouse.orchestration.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * The portal of one publisher of the demo: an HTTPS server on a free loopback port over a folder,
 * with a certificate that is made anew at each start, and a token that it asks for. Feeds find both
 * by {@link #variables}.
 *
 * <p>It answers GET and HEAD of files with their ETag, 304 to whoever has that version, 401 without
 * the token, 404 for all else.
 */
public final class PortalServer implements AutoCloseable {
  private final Path folder;
  private final Path dir;
  private final HttpsServer server;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "demo-portal");
            thread.setDaemon(true);
            return thread;
          });
  private final byte[] expected;

  private PortalServer(Path folder, Path dir, HttpsServer server, String token) {
    this.folder = folder;
    this.dir = dir;
    this.server = server;
    this.expected = ("Bearer " + token).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Starts the server.
   *
   * @param exports folder with what publishers send
   * @param dir folder for the token ({@code token}) and the certificate ({@code ca.pem}); made, and
   *     readable by its owner only
   * @throws IOException when there is no certificate or no port; nothing runs then
   */
  public static PortalServer start(Path exports, Path dir) throws IOException {
    Files.createDirectories(dir);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    String token = PortalCertificate.random();
    Files.writeString(dir.resolve("token"), token + "\n");
    SSLContext context = PortalCertificate.ofThisJdk().make(dir);
    HttpsServer https =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    PortalServer portal =
        new PortalServer(exports.resolve(PortalSamples.FOLDER).normalize(), dir, https, token);
    https.createContext("/", portal::answer);
    https.setExecutor(portal.workers);
    https.start();
    return portal;
  }

  /** What the demo's feeds say with {@code ${portal.url}} and {@code ${portal.dir}}. */
  public Map<String, String> variables() {
    return Map.of(
        "portal.url",
        "https://" + PortalCertificate.HOST + ":" + server.getAddress().getPort(),
        "portal.dir",
        dir.toString());
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String auth = call.getRequestHeaders().getFirst("Authorization");
      if (auth == null
          || !MessageDigest.isEqual(expected, auth.getBytes(StandardCharsets.ISO_8859_1))) {
        call.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        call.sendResponseHeaders(401, -1);
        return;
      }
      Path file = folder.resolve("." + call.getRequestURI().getPath()).normalize();
      boolean asked = List.of("GET", "HEAD").contains(call.getRequestMethod());
      if (!asked || !file.startsWith(folder) || !Files.isRegularFile(file)) {
        call.sendResponseHeaders(404, -1);
        return;
      }
      byte[] content = Files.readAllBytes(file);
      String etag = '"' + HexFormat.of().formatHex(sha256(content), 0, 16) + '"';
      call.getResponseHeaders().set("ETag", etag);
      call.getResponseHeaders().set("Content-Type", "text/csv; charset=utf-8");
      if (etag.equals(call.getRequestHeaders().getFirst("If-None-Match"))) {
        call.sendResponseHeaders(304, -1);
      } else if (call.getRequestMethod().equals("HEAD")) {
        call.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        call.sendResponseHeaders(200, -1);
      } else {
        call.sendResponseHeaders(200, content.length);
        call.getResponseBody().write(content);
      }
    }
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
