package vn.tnmt.lakehouse.orchestration.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PortalServerTest {
  @TempDir Path dir;

  @Test
  void itAnswersWhoeverTrustsItsCertificateAndLeavesNoKeyBehind() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("exports").resolve(PortalSamples.FOLDER));
    Files.writeString(folder.resolve("a.csv"), "a\n1\n");
    Path own = dir.resolve("portal");
    try (PortalServer portal = PortalServer.start(dir.resolve("exports"), own)) {
      assertThat(files(own)).containsExactly("ca.pem", "token");
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(own)).build();
      HttpRequest.Builder ask =
          HttpRequest.newBuilder(URI.create(portal.variables().get("portal.url") + "/a.csv"));
      HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
      assertThat(client.send(ask.build(), text).statusCode()).isEqualTo(401);
      ask.header("Authorization", "Bearer " + Files.readString(own.resolve("token")).strip());
      assertThat(client.send(ask.build(), text).body()).isEqualTo("a\n1\n");
    }
  }

  @Test
  void aToolThatFailsIsQuotedAndLeavesNothing() throws IOException {
    Path tool = tool("echo key > '" + dir.resolve("portal/portal.p12") + "'; echo no luck; exit 3");
    Path own = Files.createDirectories(dir.resolve("portal"));
    assertThatThrownBy(() -> new PortalCertificate(tool, Duration.ofSeconds(30)).make(own))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no luck");
    assertThat(files(own)).isEmpty();
  }

  @Test
  void aFileThatIsNoKeyStoreIsDeletedToo() throws IOException {
    Path tool = tool("echo key > '" + dir.resolve("portal/portal.p12") + "'");
    Path own = Files.createDirectories(dir.resolve("portal"));
    assertThatThrownBy(() -> new PortalCertificate(tool, Duration.ofSeconds(30)).make(own))
        .isInstanceOf(IOException.class);
    assertThat(files(own)).isEmpty();
  }

  @Test
  @Timeout(20)
  void aToolThatNeverEndsIsEnded() throws IOException {
    Path tool =
        tool("echo key > '" + dir.resolve("portal/portal.p12") + "'; echo begun; exec sleep 60");
    Path own = Files.createDirectories(dir.resolve("portal"));
    assertThatThrownBy(() -> new PortalCertificate(tool, Duration.ofSeconds(1)).make(own))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 s");
    assertThat(files(own)).isEmpty();
  }

  private Path tool(String script) throws IOException {
    Path tool = Files.writeString(dir.resolve("keytool"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static SSLContext trusting(Path own) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(own.resolve("ca.pem"))) {
      trusted.setCertificateEntry(
          "portal", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
