package vn.tnmt.lakehouse.ingestion.collect.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

/** Against an Apache FtpServer. */
@Tag("slow")
class FtpCollectTest extends RemoteFolderTesting {
  @TempDir static Path certificates;

  private FtpServerFixture.Settings settings;

  private String user = FtpServerFixture.USER;
  private Secret password;
  private Tls tls = Tls.NONE;
  private String caFile = "";
  private boolean passive = true;

  FtpCollectTest() {
    super(10_000);
  }

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    certificate("right", "ip:127.0.0.1,dns:localhost");
    certificate("other", "dns:other.example");
  }

  /** A self-signed certificate, by the JDK's tool. */
  private static void certificate(String name, String names)
      throws IOException, InterruptedException {
    String store = certificates.resolve(name + ".p12").toString();
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "3650",
        "-ext",
        "san=" + names,
        "-storetype",
        "PKCS12",
        "-keystore",
        store);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        store,
        "-file",
        certificates.resolve(name + ".pem").toString());
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @BeforeEach
  void settings() throws IOException {
    settings = new FtpServerFixture.Settings();
    password = secret("password", FtpServerFixture.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({"true,MLSD", "false,MLSD", "true,LIST", "true,neither MDTM nor SIZE"})
  void filesArriveByteForByteAndOnlyOnce(boolean passive, String by) throws IOException {
    byte[] large = new byte[9_000_000];
    new Random(1).nextBytes(large);
    write("Hà Nội/trạm 1.csv", "số liệu");
    write(Normalizer.normalize("Đắk Lắk/điểm đo.csv", Normalizer.Form.NFD), "nfd");
    write("-la.csv", "");
    write("large.csv", large);
    write("readme", "in no pattern");
    this.passive = passive;
    settings.without =
        switch (by) {
          case "MLSD" -> List.of();
          case "LIST" -> List.of("MLSD", "MLST");
          default -> List.of("MLSD", "MLST", "MDTM", "SIZE");
        };
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(result.failure()).isEmpty();
      assertThat(result.notes()).isEmpty();
      assertThat(paths(result))
          .containsExactly(
              "-la.csv", "Hà Nội/trạm 1.csv", "large.csv", "readme", "Đắk Lắk/điểm đo.csv");
      Manifest delivery = result.delivery().orElseThrow();
      assertThat(restore(delivery, "large.csv")).isEqualTo(large);
      assertThat(restore(delivery, "Hà Nội/trạm 1.csv")).asString().isEqualTo("số liệu");
      assertThat(restore(delivery, "Đắk Lắk/điểm đo.csv")).asString().isEqualTo("nfd");
      assertThat(server.commands).contains("TYPE I").doesNotContain("TYPE A");
      assertThat(server.commands.contains("EPSV")).isEqualTo(passive);
      assertThat(server.commands.contains("MLSD")).isEqualTo(by.equals("MLSD"));
      if (!by.startsWith("neither")) {
        assertThat(times(result)).containsOnly(NOW.minusSeconds(3600).toEpochMilli());
      }

      server.reads.clear();
      CollectResult again = collect();
      assertThat(again.delivery()).isEmpty();
      assertThat(again.counts()).isEqualTo(new Counts(0, 0, 0, 5, 0, 0, 0));
      assertThat(server.reads).as("no byte twice").isEmpty();

      write("readme", "in no pattern, changed");
      assertThat(paths(collect())).containsExactly("readme");
    }
  }

  @Test
  void anybodyMayComeWithoutAPassword() throws IOException {
    write("ra/a.csv", "a");
    user = "anonymous";
    password = null;
    root = "ra";
    try (FtpServerFixture server = server()) {
      assertThat(paths(collect())).containsExactly("a.csv");
      assertThat(server.commands).contains("USER anonymous");
    }
  }

  @Test
  void aWrongPasswordIsTriedOnceAndStandsInNoMessage() throws IOException {
    password = secret("password", "sai-mat-khau");
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      TnmtException failure = result.failure().orElseThrow();
      assertThat(failure)
          .hasMessageStartingWith("TNMT-1001")
          .hasMessageContaining("refuses the login of user tram_01 (reply 530)");
      assertThat(trace(failure) + result + feed()).doesNotContain("sai-mat-khau");
      assertThat(server.commands).filteredOn("PASS"::equals).hasSize(1);
    }
    password = secret("password", "two\nlines");
    assertThat(failure()).startsWith("TNMT-5002").contains("feeds.yaml:7").doesNotContain("two");
  }

  @Test
  void aMissingFolderIsNoEmptyFolder() throws IOException {
    root = "/không có";
    for (List<String> without : List.of(List.<String>of(), List.of("MLSD", "MLST"))) {
      settings.without = without;
      try (FtpServerFixture server = server()) {
        assertThat(failure()).startsWith("TNMT-1002").contains("không có");
        assertThat(server.reads).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"EXPLICIT", "IMPLICIT"})
  void withTlsBothConnectionsAreEncrypted(Tls tls) throws IOException {
    byte[] large = new byte[9_000_000];
    new Random(2).nextBytes(large);
    write("a.csv", large);
    write("b/b.csv", "b");
    useTls(tls, "right");
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv", "b/b.csv");
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(large);
      assertThat(server.commands).containsSubsequence("PASS", "PBSZ 0", "PROT P", "MLSD");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"EXPLICIT", "IMPLICIT"})
  void aServerThatNobodyVouchesForIsSentNothing(Tls tls) throws IOException {
    useTls(tls, "right");
    caFile = "";
    assertRefused("not trusted");
    caFile = certificates.resolve("other.pem").toString();
    assertRefused("not trusted");
    // Its certificate is known, but it is another server's.
    useTls(tls, "other");
    assertRefused("not trusted");
    caFile = certificates.resolve("none.pem").toString();
    assertThat(failure()).startsWith("TNMT-5002").contains("none.pem");
    caFile = Files.writeString(dir.resolve("empty.pem"), "").toString();
    assertThat(failure()).startsWith("TNMT-5002").contains("empty.pem");
  }

  private void assertRefused(String why) throws IOException {
    try (FtpServerFixture server = server()) {
      assertThat(failure()).startsWith("TNMT-1001").contains(why).contains("caFile");
      assertThat(server.commands).doesNotContain("PASS").doesNotContain("USER " + user);
    }
  }

  @Test
  void aServerWithoutTlsIsNotTalkedToWithoutIt() throws IOException {
    limits = limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 0);
    tls = Tls.EXPLICIT;
    settings.without = List.of("AUTH");
    try (FtpServerFixture server = server()) {
      assertThat(failure()).startsWith("TNMT-1001");
      assertThat(server.commands).doesNotContain("PASS");
    }
  }

  @Test
  void aTransferThatIsCutGoesOnWhereItWasCut() throws IOException {
    byte[] content = new byte[5_000_000];
    new Random(3).nextBytes(content);
    write("a.csv", content);
    write("b.csv", "b");
    settings.faults = 2;
    settings.faultAfter = 2_000_000;
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv", "b.csv");
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(content);
      assertThat(server.reads).hasSize(4).first().isEqualTo("a.csv@0");
      assertThat(server.reads.get(1)).isNotEqualTo("a.csv@0").startsWith("a.csv@");
      assertThat(server.reads.get(2)).isNotEqualTo("a.csv@0").startsWith("a.csv@");
    }
  }

  @Test
  void aServerThatCannotBeginInTheMiddleIsReadAgainFromTheStart() throws IOException {
    byte[] content = new byte[3_000_000];
    new Random(4).nextBytes(content);
    write("a.csv", content);
    settings.faults = 1;
    settings.faultAfter = 1_000_000;
    settings.without = List.of("REST");
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(content);
      assertThat(server.reads).containsExactly("a.csv@0", "a.csv@0");
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAndAskedAgain() throws IOException {
    byte[] content = new byte[2_000_000];
    new Random(5).nextBytes(content);
    write("a.csv", content);
    settings.faults = 1;
    settings.faultAfter = 500_000;
    settings.silent = true;
    limits = limits(Duration.ofSeconds(20), Duration.ofSeconds(2), 4);
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(restore(result.delivery().orElseThrow(), "a.csv")).isEqualTo(content);
      assertThat(server.reads.size()).isGreaterThan(1);
      assertThat(server.reads.get(1)).startsWith("a.csv@").isNotEqualTo("a.csv@0");
    }
  }

  @Test
  void aServerThatNeverAnswersFailsTheFeed() throws IOException {
    limits = limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
    try (FtpServerFixture server = server();
        FaultyLink link = new FaultyLink(server.port(), 100, 0, true)) {
      port = link.port();
      assertThat(failure()).startsWith("TNMT-1001").contains("does not answer");
      assertThat(link.connections).hasValue(2);
    }
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftForTheNextRun() throws IOException {
    quietSeconds = 60;
    write("a.csv", "a");
    Files.writeString(source.resolve("b.csv"), "being written now");
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(1);
      assertThat(server.reads).containsExactly("a.csv@0");
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsLeftForTheNextRun() throws IOException {
    write("a.csv", "a");
    write("b.csv", "0123456789");
    write("c.csv", "c");
    store =
        new FolderStore(dir.resolve("store")) {
          @Override
          public java.io.OutputStream create(String key) {
            try {
              write("b.csv", "0123456789 and more");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return super.create(key);
          }
        };
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(paths(result)).containsExactly("a.csv", "c.csv");
      assertThat(result.counts().leftUnstable()).isEqualTo(1);
      store = new FolderStore(dir.resolve("store"));
      assertThat(paths(collect())).containsExactly("b.csv");
      assertThat(server.reads).hasSize(4);
    }
  }

  @Test
  void foldersOutsideTheWindowAreNotOpened() throws IOException {
    write("S1/2025/12/31/a_20251231.csv", "old");
    write("S1/2026/03/09/a_20260309.csv", "new");
    pattern = "{station}/{yyyy}/{MM}/{dd}/a_{day:yyyyMMdd}.csv";
    try (FtpServerFixture server = server()) {
      assertThat(paths(collect())).containsExactly("S1/2026/03/09/a_20260309.csv");
      assertThat(server.commands)
          .contains("CWD /S1/2026/03/09")
          .noneMatch(command -> command.contains("2025"));
    }
  }

  @Test
  void aFolderOfSixtyThousandFilesIsListedThroughAFile() throws IOException {
    settings.invented = 60_000;
    pattern = "{station}_{day:yyyyMMdd}.csv";
    try (FtpServerFixture server = server()) {
      CollectResult result = collect();
      assertThat(result.failure()).isEmpty();
      assertThat(result.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0, 60_000));
      assertThat(server.commands).filteredOn("MLSD"::equals).hasSize(1);
    }
  }

  private void useTls(Tls tls, String certificate) {
    this.tls = tls;
    settings.tls = tls;
    settings.keyStore = certificates.resolve(certificate + ".p12").toFile();
    caFile = certificates.resolve(certificate + ".pem").toString();
  }

  private FtpServerFixture server() throws IOException {
    FtpServerFixture server = new FtpServerFixture(source, settings);
    port = server.port();
    return server;
  }

  private static TransferPolicy limits(Duration connect, Duration idle, int retries) {
    return new TransferPolicy(
        connect, idle, Duration.ofMinutes(1), retries, TransferPolicy.USUAL.maxFileBytes());
  }

  @Override
  protected Feed feed() {
    return TestFeeds.feed(
        "x/f",
        new Ftp(
            "127.0.0.1",
            port,
            root,
            user,
            password,
            tls,
            caFile,
            passive,
            "UTF-8",
            FilePattern.parse(pattern),
            30,
            quietSeconds,
            limits));
  }
}
