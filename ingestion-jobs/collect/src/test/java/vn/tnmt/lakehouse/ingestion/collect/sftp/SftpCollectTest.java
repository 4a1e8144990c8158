package vn.tnmt.lakehouse.ingestion.collect.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Counts;
import vn.tnmt.lakehouse.ingestion.collect.remote.FaultyLink;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderTesting;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** Against an Apache MINA SSHD server. */
@Tag("slow")
class SftpCollectTest extends RemoteFolderTesting {
  private SftpLogin login;
  private Set<String> hostKeys = Set.of(SftpServer.ED25519);
  private String knownHosts = "";

  SftpCollectTest() {
    super(500);
  }

  @BeforeEach
  void login() throws IOException {
    login = new SftpLogin.Password(secret("password", SftpServer.PASSWORD));
  }

  @Test
  void filesArriveByteForByteAndOnlyOnce() throws IOException {
    byte[] large = new byte[9_000_000];
    new Random(1).nextBytes(large);
    write("Hà Nội/trạm 1.csv", "số liệu");
    write(Normalizer.normalize("Đắk Lắk/điểm đo.csv", Normalizer.Form.NFD), "nfd");
    write("empty.csv", "");
    write("large.csv", large);
    try (SftpServer server = new SftpServer(source, "ed25519", "ecdsa", "rsa")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(result.failure()).isEmpty();
      assertThat(result.counts()).isEqualTo(new Counts(4, 9_000_014, 0, 0, 0, 0, 0));
      assertThat(result.notes()).isEmpty();
      Manifest delivery = result.delivery().orElseThrow();
      assertThat(paths(result))
          .containsExactly("Hà Nội/trạm 1.csv", "empty.csv", "large.csv", "Đắk Lắk/điểm đo.csv");
      assertThat(restore(delivery, "large.csv")).isEqualTo(large);
      assertThat(new String(restore(delivery, "Hà Nội/trạm 1.csv"), StandardCharsets.UTF_8))
          .isEqualTo("số liệu");
      assertThat(restore(delivery, "Đắk Lắk/điểm đo.csv")).asString().isEqualTo("nfd");

      server.opened.clear();
      CollectResult again = collect();
      assertThat(again.counts()).isEqualTo(new Counts(0, 0, 0, 4, 0, 0, 0));
      assertThat(again.delivery()).isEmpty();
      assertThat(server.opened).noneMatch(opened -> opened.startsWith("file"));

      write("empty.csv", "no more");
      assertThat(paths(collect())).containsExactly("empty.csv");
    }
  }

  @Test
  void aRootBelowTheUsersOwnFolder() throws IOException {
    write("ra/a.csv", "a");
    write("khac/b.csv", "b");
    root = "ra/";
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      assertThat(paths(collect())).containsExactly("a.csv");
    }
  }

  @ParameterizedTest
  @CsvSource({"user_ed25519,mat khau khoa", "user_rsa_pem,"})
  void aPrivateKeyLogsIn(String key, String passphrase) throws IOException {
    write("a.csv", "a");
    login =
        new SftpLogin.Key(
            new Secret(Secret.Source.FILE, SftpServer.resource(key).toString(), PLACE),
            passphrase == null ? null : secret("passphrase", passphrase));
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      assertThat(paths(collect())).containsExactly("a.csv");
      assertThat(server.logins).as("no password was sent").hasValue(0);
    }
  }

  @Test
  void aKeyThatCannotBeUsedIsToldWithoutItsText() throws IOException {
    port = 1;
    Secret key =
        new Secret(Secret.Source.FILE, SftpServer.resource("user_ed25519").toString(), PLACE);
    login = new SftpLogin.Key(key, secret("passphrase", "wrong-phrase"));
    assertThat(failure()).startsWith("TNMT-5002").contains("keyPassphrase").contains(":7");
    login = new SftpLogin.Key(key, null);
    assertThat(failure()).startsWith("TNMT-5002").contains("keyPassphrase");
    login = new SftpLogin.Key(secret("key", "not a key at all"), null);
    assertThat(failure()).startsWith("TNMT-5002").doesNotContain("not a key at all");
    login = new SftpLogin.Password(new Secret(Secret.Source.FILE, "/none", PLACE));
    assertThat(failure()).startsWith("TNMT-5002").contains("/none");
  }

  @Test
  void aWrongPasswordIsTriedOnceAndStandsInNoMessage() throws IOException {
    login = new SftpLogin.Password(secret("password", "sai-mat-khau"));
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      TnmtException failure = result.failure().orElseThrow();
      assertThat(failure)
          .hasMessageStartingWith("TNMT-1001")
          .hasMessageContaining("refuses the login of user tram_01")
          .hasMessageContaining("password");
      assertThat(trace(failure) + result + feed()).doesNotContain("sai-mat-khau");
      // Once as a password and once in a dialogue.
      assertThat(server.logins.get()).isBetween(1, 2);
    }
  }

  /** Whatever the order in which client and server would choose among the keys. */
  @ParameterizedTest
  @ValueSource(strings = {SftpServer.ED25519, SftpServer.ECDSA, SftpServer.RSA})
  void eachOfAServersKeysMayBePinned(String pinned) throws IOException {
    write("a.csv", "a");
    hostKeys = Set.of(pinned);
    try (SftpServer server = new SftpServer(source, "rsa", "ecdsa", "ed25519")) {
      port = server.port();
      assertThat(paths(collect())).containsExactly("a.csv");
    }
  }

  @Test
  void aServerWithAnotherKeyIsSentNothing() throws IOException {
    write("a.csv", "a");
    try (SftpServer server = new SftpServer(source, "rsa", "ecdsa")) {
      port = server.port();
      assertThat(failure())
          .startsWith("TNMT-1001")
          .contains("impostor")
          .contains("ssh-rsa " + SftpServer.RSA)
          .contains("ecdsa-sha2-nistp256 " + SftpServer.ECDSA)
          .contains("expected " + SftpServer.ED25519)
          .contains("hostKey");
      assertThat(server.logins).hasValue(0);
    }
  }

  @Test
  void knownHostsTellsWhichKeys() throws IOException {
    write("a.csv", "a");
    try (SftpServer server = new SftpServer(source, "ed25519", "ecdsa")) {
      port = server.port();
      hostKeys = Set.of();
      Path file = dir.resolve("known_hosts");
      knownHosts = file.toString();
      String host = "[127.0.0.1]:" + port + " ";
      assertThat(failure()).startsWith("TNMT-5002").contains("known_hosts");

      String other = "other.example,[127.0.0.1]:1 " + SftpServer.line("host_ed25519") + "\n";
      Files.writeString(file, "# nothing about it\n\n" + other);
      assertThat(failure())
          .startsWith("TNMT-1001")
          .contains("not known")
          .contains("ssh-ed25519 " + SftpServer.ED25519)
          .contains("ask the publisher");
      Files.writeString(file, other + host + SftpServer.line("host_rsa") + "\n");
      assertThat(failure()).contains("impostor").contains("expected " + SftpServer.RSA);
      Files.writeString(
          file,
          host
              + SftpServer.line("host_ecdsa")
              + "\n@revoked "
              + host
              + SftpServer.line("host_ecdsa")
              + "\n");
      assertThat(failure()).contains("not known");
      assertThat(server.logins).hasValue(0);

      Files.writeString(file, "a line of nonsense\n" + host + SftpServer.line("host_ecdsa") + "\n");
      assertThat(paths(collect())).containsExactly("a.csv");
    }
  }

  @Test
  void aTransferThatIsCutGoesOnWhereItWasCut() throws IOException {
    byte[] content = new byte[6_000_000];
    new Random(2).nextBytes(content);
    write("a.csv", content);
    write("b.csv", "b");
    try (SftpServer server = new SftpServer(source, "ed25519");
        FaultyLink link = new FaultyLink(server.port(), 2, 2_500_000, false)) {
      port = link.port();
      CollectResult result = collect();
      assertThat(result.failure()).isEmpty();
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(content);
      assertThat(paths(result)).containsExactly("a.csv", "b.csv");
      assertThat(link.connections).hasValue(3);
      // From the beginning it would be 11 MB; what was asked for ahead, 2 MB a time, is lost.
      assertThat(link.bytesDown.get()).isLessThan(10_500_000);
    }
  }

  @Test
  void aFileThatChangedBeforeTheTransferGoesOnIsLeft() throws IOException {
    write("a.csv", new byte[3_000_000]);
    write("b.csv", "b");
    try (SftpServer server = new SftpServer(source, "ed25519");
        FaultyLink link = new FaultyLink(server.port(), 1, 1_000_000, false)) {
      port = link.port();
      Thread meddler =
          new Thread(
              () -> {
                try {
                  while (link.bytesDown.get() < 500_000) {
                    Thread.onSpinWait();
                  }
                  write("a.csv", new byte[3_000_001]);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      meddler.start();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("b.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(1);
      assertThat(paths(collect())).containsExactly("a.csv");
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAndAskedAgain() throws IOException {
    byte[] content = new byte[3_000_000];
    new Random(3).nextBytes(content);
    write("a.csv", content);
    limits = limits(Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMinutes(1), 4);
    try (SftpServer server = new SftpServer(source, "ed25519");
        FaultyLink link = new FaultyLink(server.port(), 1, 1_000_000, true)) {
      port = link.port();
      long start = System.nanoTime();
      CollectResult result = collect();
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(content);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void aServerThatNeverAnswersFailsTheFeed() throws IOException {
    limits = limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1), 1);
    try (SftpServer server = new SftpServer(source, "ed25519");
        FaultyLink link = new FaultyLink(server.port(), 100, 0, true)) {
      port = link.port();
      assertThat(failure()).startsWith("TNMT-1001").contains("does not answer");
      assertThat(link.connections).hasValue(2);
    }
    assertThat(failure()).as("nobody listens").startsWith("TNMT-1001").contains("sftp://tram_01@");
  }

  @Test
  void whatCameBeforeTheServerWentAwayIsADelivery() throws IOException {
    write("a.csv", "a");
    write("b.csv", new byte[3_000_000]);
    write("c/c.csv", "c");
    limits = limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(1), 1);
    try (SftpServer server = new SftpServer(source, "ed25519");
        FaultyLink link = new FaultyLink(server.port(), 1, 500_000, false)) {
      port = link.port();
      link.closeAfterFault();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(2);
      assertThat(result.notes())
          .anyMatch(note -> note.contains("left for the next run: TNMT-1001"));
      port = server.port();
      assertThat(paths(collect())).containsExactly("b.csv", "c/c.csv");
    }
  }

  @Test
  void aMissingFolderIsNoEmptyFolder() throws IOException {
    root = "/không có";
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      assertThat(failure()).startsWith("TNMT-1002").contains("không có").contains("feeds.yaml:1");
    }
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret.csv"), "secret");
    Files.createSymbolicLink(source.resolve("link.csv"), secret);
    Files.createSymbolicLink(source.resolve("self"), source);
    write("a.csv", "a");
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(2);
      assertThat(result.notes()).hasSize(2).allMatch(note -> note.contains("not followed"));
    }
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftForTheNextRun() throws IOException {
    quietSeconds = 60;
    write("a.csv", "a");
    Files.writeString(source.resolve("b.csv"), "being written now");
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(1);
      assertThat(server.opened).noneMatch(opened -> opened.contains("b.csv"));
      Files.setLastModifiedTime(source.resolve("b.csv"), FileTime.from(NOW));
      assertThat(paths(collect())).containsExactly("b.csv");
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsLeftForTheNextRun() throws IOException {
    write("a.csv", "a");
    write("b.csv", "0123456789");
    FolderStore meddling =
        new FolderStore(dir.resolve("store")) {
          @Override
          public java.io.OutputStream create(String key) {
            try {
              Files.writeString(source.resolve("b.csv"), " and more", StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            return super.create(key);
          }
        };
    store = meddling;
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(1);
    }
  }

  @Test
  void aFileLargerThanTheLimitIsLeftWithANote() throws IOException {
    write("a.csv", new byte[(1 << 20) + 1]);
    write("b.csv", new byte[1 << 20]);
    limits =
        new TransferPolicy(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(1), 1, 1 << 20);
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("b.csv");
      assertThat(result.notes()).anyMatch(note -> note.contains("limits.maxFileMB"));
    }
  }

  @Test
  void foldersOutsideTheWindowAreNotOpened() throws IOException {
    write("S1/2025/12/31/a_20251231.csv", "old");
    write("S1/2026/02/01/a_20260201.csv", "old");
    write("S1/2026/03/09/a_20260309.csv", "new");
    pattern = "{station}/{yyyy}/{MM}/{dd}/a_{day:yyyyMMdd}.csv";
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      assertThat(paths(collect())).containsExactly("S1/2026/03/09/a_20260309.csv");
      assertThat(server.opened)
          .noneMatch(opened -> opened.contains("2025") || opened.contains("/02/"));
    }
  }

  @Test
  void aLargeFolderIsSortedThroughFiles() throws IOException {
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(source.resolve("tram" + i + "_20250101.csv"));
    }
    write("tram_20260310.csv", "tonight");
    pattern = "{station}_{day:yyyyMMdd}.csv";
    try (SftpServer server = new SftpServer(source, "ed25519")) {
      port = server.port();
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("tram_20260310.csv");
      assertThat(result.counts().outsideWindow()).isEqualTo(3_000);
    }
  }

  private TransferPolicy limits(Duration connect, Duration idle, Duration deadline, int retries) {
    return new TransferPolicy(
        connect, idle, deadline, retries, TransferPolicy.USUAL.maxFileBytes());
  }

  @Override
  protected Feed feed() {
    return TestFeeds.feed(
        "x/f",
        new Sftp(
            "127.0.0.1",
            port,
            root,
            SftpServer.USER,
            login,
            hostKeys,
            knownHosts,
            FilePattern.parse(pattern),
            30,
            quietSeconds,
            limits));
  }
}
