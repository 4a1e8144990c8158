package vn.tnmt.lakehouse.orchestration.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
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
  private static final String HOST = "127.0.0.1";
  private static final String ALIAS = "portal";
  private static final int KEYTOOL_SECONDS = 60;

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
   */
  public static PortalServer start(Path exports, Path dir) throws IOException {
    Files.createDirectories(dir);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    String token = random();
    Files.writeString(dir.resolve("token"), token + "\n");
    HttpsServer https =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    try {
      https.setHttpsConfigurator(new HttpsConfigurator(context(dir)));
    } catch (GeneralSecurityException e) {
      https.stop(0);
      throw new IOException("the portal's certificate cannot be used", e);
    }
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
        "https://" + HOST + ":" + server.getAddress().getPort(),
        "portal.dir",
        dir.toString());
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A self-signed certificate of this machine for a few days; its key stays in memory. */
  private static SSLContext context(Path dir) throws IOException, GeneralSecurityException {
    Path file = dir.resolve("portal.p12");
    Files.deleteIfExists(file);
    String password = random();
    keytool(file, password);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password.toCharArray());
    }
    Files.delete(file);
    String encoded =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate(ALIAS).getEncoded());
    Files.writeString(
        dir.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** The JDK has no public API that makes certificates, but this tool. */
  private static void keytool(Path file, String password) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=TNMT demo",
                "-ext",
                "SAN=IP:" + HOST,
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "PORTAL_PASSWORD"));
    builder.environment().put("PORTAL_PASSWORD", password);
    Process process = builder.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroy();
        throw new IOException("keytool makes no certificate: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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
