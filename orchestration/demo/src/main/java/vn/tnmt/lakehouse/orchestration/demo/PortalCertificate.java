package vn.tnmt.lakehouse.orchestration.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate of this machine for a few days, made by the JDK's keytool: the JDK has
 * no public API that makes certificates.
 *
 * <p>While it is made, its key lies in a file under a password that is drawn for it; the file is
 * gone afterwards, also when no certificate came of it.
 */
final class PortalCertificate {
  static final String HOST = "127.0.0.1";
  private static final String ALIAS = "portal";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path keytool;
  private final Duration limit;

  /**
   * @param keytool the program
   * @param limit how long it may take
   */
  PortalCertificate(Path keytool, Duration limit) {
    this.keytool = keytool;
    this.limit = limit;
  }

  static PortalCertificate ofThisJdk() {
    return new PortalCertificate(Path.of(System.getProperty("java.home"), "bin", "keytool"), LIMIT);
  }

  static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Makes a certificate.
   *
   * @param dir folder that only its owner reads; afterwards it has the certificate as {@code
   *     ca.pem}
   * @return a context of servers that have it
   */
  SSLContext make(Path dir) throws IOException {
    Path keys = dir.resolve("portal.p12");
    Path said = dir.resolve("keytool.txt");
    try {
      Files.deleteIfExists(keys);
      String password = random();
      run(keys, password, said);
      return context(keys, password.toCharArray(), dir.resolve("ca.pem"));
    } catch (GeneralSecurityException e) {
      throw new IOException("the portal's certificate cannot be used", e);
    } finally {
      Files.deleteIfExists(keys);
      Files.deleteIfExists(said);
    }
  }

  private static SSLContext context(Path file, char[] password, Path pem)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password);
    }
    String encoded =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate(ALIAS).getEncoded());
    Files.writeString(
        pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** What keytool says goes into a file: to wait for the end of a pipe has no limit. */
  private void run(Path keys, String password, Path said) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
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
                    keys.toString(),
                    "-storepass:env",
                    "PORTAL_PASSWORD"))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("PORTAL_PASSWORD", password);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("keytool has made no certificate in " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "keytool makes no certificate: "
                + new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      end(process);
    }
  }

  /** It must write no file after those that it wrote were deleted. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process
          .destroyForcibly()
          .onExit()
          .orTimeout(5, TimeUnit.SECONDS)
          .exceptionally(e -> null)
          .join();
    }
  }
}
