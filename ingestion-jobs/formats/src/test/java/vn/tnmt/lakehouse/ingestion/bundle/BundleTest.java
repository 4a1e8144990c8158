package vn.tnmt.lakehouse.ingestion.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.PublisherFeeds;
import vn.tnmt.lakehouse.ingestion.gate.ColumnProfile;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.source.SourceFiles;

class BundleTest {
  private static final Map<String, String> EXPORTS = Map.of("exports", "/secret/place");

  @TempDir Path dir;
  private SigningKey key;

  @BeforeEach
  void key() {
    key = SigningKey.create(dir.resolve("bundle.key"));
  }

  private static Bundle.Sources sources(Set<String> publishers) {
    TreeMap<String, String> texts = new TreeMap<>();
    texts.putAll(SourceFiles.bundled(Contracts.class, "contracts", ".yaml"));
    texts.putAll(SourceFiles.bundled(CodeLists.class, "code-lists", ".csv"));
    texts.putAll(
        PublisherFeeds.texts(
            Path.of("../feeds"), EXPORTS, CodeLists.bundled(), publishers::contains));
    return new Bundle.Sources(texts, Map.of("monitoring.station.station_code", Set.of("B", "A")));
  }

  private byte[] bundle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(sources(Set.of("snnmt-ha_noi", "cuc-ddbd")), "0.1.0", key, out);
    return out.toByteArray();
  }

  private static Bundle.Signed read(byte[] bytes) throws IOException {
    return Bundle.read(new ByteArrayInputStream(bytes), "b.zip");
  }

  @Test
  void holdsWhatTheValidatorNeedsOfThePublishersAskedFor() throws IOException {
    Bundle.Signed signed = read(bundle());
    Bundle bundle = signed.bundle();
    assertThat(signed.key()).isEqualTo(key.publicKey());
    assertThat(bundle.publishers()).containsExactly("cuc-ddbd", "snnmt-ha_noi");
    assertThat(bundle.contracts().all()).hasSameSizeAs(Contracts.bundled().all());
    assertThat(bundle.lists().rows("provinces_34")).hasSize(34);
    assertThat(bundle.texts().text("REC-11").titleVi()).isEqualTo("Giá trị không phải là số");
    assertThat(bundle.references())
        .containsEntry("monitoring.station.station_code", Set.of("A", "B"));
    assertThat(FeedCheck.check(bundle.feeds(), bundle.contracts(), bundle.lists())).isEmpty();
  }

  /** Records compare by value: but for places and transports nothing may be lost on the way. */
  @Test
  void feedsInTheBundleSayWhatTheFilesSay() throws IOException {
    Map<FeedId, Feed> original = new LinkedHashMap<>();
    Feeds.load(Path.of("../feeds"), EXPORTS).forEach(feed -> original.put(feed.id(), feed));
    assertThat(read(bundle()).bundle().feeds())
        .hasSize(3 + 2)
        .allSatisfy(
            feed ->
                assertThat(feed)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(
                        ".*place", "transport\\.(location|lookbackDays|pattern\\.compiled)")
                    .isEqualTo(original.get(feed.id())));
  }

  @Test
  void nothingOfTheTransportButNamesLeavesThePlatform() throws IOException {
    assertThat(entries(bundle()).get("feeds/snnmt-ha_noi.yaml"))
        .asString(StandardCharsets.UTF_8)
        .contains("{station}/{yyyy}/{MM}/{dd}/")
        .doesNotContain("secret", "forEach", "${");
  }

  /**
   * A register of land users: a code, a sensitive code, a phone number, a column nobody asked for.
   */
  @Test
  void fingerprintsTellNothingOfPersons() throws IOException {
    TreeMap<String, String> texts = new TreeMap<>(sources(Set.of()).texts());
    String contract =
        Files.readString(Path.of("../../table-definitions/contracts/monitoring/station.yaml"));
    // The station's name becomes sensitive, its longitude personal: classes as any contract has.
    texts.put(
        "contracts/monitoring/station.yaml",
        classified(classified(contract, "name", "P2"), "lon", "P1"));
    texts.put(
        "feeds/x.yaml",
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: x, nameVi: X, nameEn: X}
        feeds:
          - id: station
            dataset: monitoring.station
            transport: {type: directory, root: x, pattern: "s.csv"}
            format: {type: csv}
            mapping:
              station_code: ma
              name: {from: benh, codes: {a: HIV, b: "-"}}
              province_code: {const: "01"}
              station_type: {from: loai, codes: {"4": ambient_air}}
              lon: dien_thoai
              lat: vi_do
        """);
    List<ColumnProfile> columns =
        List.of(
            new ColumnProfile(
                "benh", 50, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, 3, List.of("HIV", "lao")),
            new ColumnProfile(
                "loai", 50, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, 1, List.of("a", "b")),
            new ColumnProfile(
                "dien_thoai", 50, 0, 1, 0, 912345678, 934567890, 987654321, 9, List.of()),
            new ColumnProfile("vi_do", 50, 0, 1, 0, 20.5, 21, 21.5, 4, List.of()),
            new ColumnProfile(
                "cccd", 50, 0, 1, 0, 1234567890, 1234567891, 1234567892, 12, List.of()));
    Learnt learnt = new Learnt(LocalDate.of(2026, 3, 2), new Fingerprint(columns, 5000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(
        new Bundle.Sources(
            texts, Map.of(), Map.of("x/station", List.of(learnt), "y/z", List.of(learnt))),
        "0.1.0",
        key,
        out);
    assertThat(entries(out.toByteArray())).containsKey("fingerprints/x/station.json");
    assertThat(entries(out.toByteArray()).keySet()).noneMatch(name -> name.contains("y/z"));
    assertThat(
            new String(
                entries(out.toByteArray()).get("fingerprints/x/station.json"),
                StandardCharsets.UTF_8))
        .doesNotContain("HIV", "912345678", "987654321", "1234567891");
    Learnt told = read(out.toByteArray()).bundle().learnt().get("x/station").get(0);
    assertThat(told.businessDate()).isEqualTo(learnt.businessDate());
    assertThat(told.fingerprint().bytes()).isEqualTo(5000);
    assertThat(told.fingerprint().columns().get(1)).isEqualTo(columns.get(1));
    assertThat(told.fingerprint().columns().get(3)).as("public").isEqualTo(columns.get(3));
    assertThat(told.fingerprint().columns().get(2).number()).as("shares stay").isEqualTo(1);
    assertThat(told.fingerprint().columns().get(0).codes()).isEmpty();
  }

  private static String classified(String contract, String column, String privacy) {
    int at = contract.indexOf("- name: " + column + "\n");
    int classification = contract.indexOf("classification: P0", at);
    assertThat(at).isPositive();
    return contract.substring(0, classification)
        + "classification: "
        + privacy
        + contract.substring(classification + "classification: P0".length());
  }

  @Test
  void aChangedFingerprintIsRefused() throws IOException {
    Learnt learnt = new Learnt(LocalDate.of(2026, 3, 2), new Fingerprint(List.of(), 5000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(
        new Bundle.Sources(
            sources(Set.of("cuc-ddbd")).texts(),
            Map.of(),
            Map.of("cuc-ddbd/province", List.of(learnt))),
        "0.1.0",
        key,
        out);
    assertThat(read(out.toByteArray()).bundle().learnt()).containsOnlyKeys("cuc-ddbd/province");
    assertThatThrownBy(
            () ->
                read(
                    changed(
                        out.toByteArray(),
                        files ->
                            files.put(
                                "fingerprints/cuc-ddbd/province.json", new byte[] {'[', ']'}))))
        .hasMessageStartingWith("TNMT-2008");
    assertThat(read(bundle()).bundle().learnt()).as("nothing changes without").isEmpty();
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    assertThat(bundle()).isEqualTo(bundle());
  }

  @Test
  void aChangedBundleIsRefused() throws IOException {
    byte[] good = bundle();
    assertThatThrownBy(
            () ->
                read(
                    changed(
                        good,
                        files ->
                            files.computeIfPresent(
                                "code-lists/parameters.csv",
                                (name, bytes) ->
                                    new String(bytes, StandardCharsets.UTF_8)
                                        .replace("PM2.5", "PM2.6")
                                        .getBytes(StandardCharsets.UTF_8)))))
        .hasMessageStartingWith("TNMT-2008");
    assertThatThrownBy(
            () -> read(changed(good, files -> files.put("contracts/x.yaml", new byte[] {1}))))
        .as("one file more")
        .hasMessageStartingWith("TNMT-2008");
    assertThatThrownBy(() -> read(changed(good, files -> files.remove("rule-texts.json"))))
        .as("one file less")
        .hasMessageStartingWith("TNMT-2008");
    assertThatThrownBy(
            () -> read(changed(good, files -> files.put("manifest.sha256", new byte[0]))))
        .hasMessageStartingWith("TNMT-2008");
    assertThatThrownBy(() -> read(changed(good, files -> files.put("../x", new byte[0]))))
        .hasMessageStartingWith("TNMT-2008");
  }

  @Test
  void aBundleSignedByAnotherKeyIsNotTrusted() throws IOException {
    byte[] good = bundle();
    TrustedKeys trusted = new TrustedKeys(dir.resolve("home/trusted-keys"));
    Bundle.Signed signed = read(good);
    assertThatThrownBy(() -> trusted.require(signed.key(), "b.zip"))
        .hasMessageStartingWith("TNMT-2010")
        .hasMessageContaining("--trust " + key.publicKey().fingerprint());
    assertThatThrownBy(() -> trusted.trust(signed.key(), "0000-0000"))
        .hasMessageStartingWith("TNMT-2010");
    trusted.trust(signed.key(), key.publicKey().fingerprint().replace("-", " "));
    trusted.require(signed.key(), "b.zip");

    SigningKey other = SigningKey.create(dir.resolve("other.key"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Bundle.write(sources(Set.of("cuc-ddbd")), "0.1.0", other, out);
    assertThatThrownBy(() -> trusted.require(read(out.toByteArray()).key(), "b.zip"))
        .hasMessageStartingWith("TNMT-2010");
  }

  @Test
  void anUnsignedBundleAndWhatIsNoneAreRefused() throws IOException {
    byte[] good = bundle();
    assertThatThrownBy(() -> read(changed(good, files -> files.remove("signature.txt"))))
        .hasMessageStartingWith("TNMT-2009");
    assertThatThrownBy(() -> read("not a zip".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("TNMT-2008");
    assertThatThrownBy(() -> read(new byte[0])).hasMessageStartingWith("TNMT-2008");
    byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
    assertThatThrownBy(() -> read(cut)).isInstanceOf(Exception.class);
  }

  @Test
  void theKeyIsForItsOwnerOnlyAndIsNeverOverwritten() throws IOException {
    Path file = dir.resolve("bundle.key");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(SigningKey.read(file).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.publicKey().fingerprint()).matches("([0-9a-f]{4}-){15}[0-9a-f]{4}");
    assertThatThrownBy(() -> SigningKey.create(file)).hasMessageStartingWith("TNMT-5004");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageStartingWith("TNMT-5002");
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] changed(byte[] zip, Consumer<Map<String, byte[]>> change)
      throws IOException {
    Map<String, byte[]> files = entries(zip);
    change.accept(files);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream written = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        written.putNextEntry(new ZipEntry(file.getKey()));
        written.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  @Test
  void theReferencesOfTheTestAreReal() {
    assertThat(Contracts.bundled().contract("monitoring.observation").references())
        .extracting(r -> r.dataset() + "." + r.targetColumn())
        .isEqualTo(List.of("monitoring.station.station_code"));
  }
}
