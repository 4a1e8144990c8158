package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Letter;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;

/** {@code contracts} and {@code receipts}: neither needs the lakehouse to be running. */
class ContractsAndReceiptsTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int tnmt(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", dir.resolve("home").toString()));
    return Tnmt.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  @Test
  void aKeyAndABundleOfOnePublisher() throws IOException {
    String key = dir.resolve("bundle.key").toString();
    Path zip = dir.resolve("tnmt-bundle.zip");
    assertThat(tnmt("contracts", "key", "--out", key)).isZero();
    assertThat(out.toString()).contains("fingerprint ");
    String fingerprint = out.toString().replaceAll("(?s).*fingerprint (\\S+).*", "$1");
    String[] bundle = {
      "contracts",
      "bundle",
      "--feeds",
      "../../ingestion-jobs/feeds",
      "--key",
      key,
      "--publisher",
      "snnmt-ha_noi",
      "--out",
      zip.toString()
    };
    assertThat(tnmt(bundle)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("signed by " + fingerprint);
    Bundle.Signed signed = Bundle.read(zip);
    assertThat(signed.key().fingerprint()).isEqualTo(fingerprint);
    assertThat(signed.bundle().publishers()).containsExactly("snnmt-ha_noi");

    byte[] first = Files.readAllBytes(zip);
    assertThat(tnmt(bundle)).isZero();
    assertThat(Files.readAllBytes(zip)).as("the same content, the same bytes").isEqualTo(first);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(tnmt("contracts", "bundle", "--out", dir.resolve("b.zip").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("TNMT-5004", "bundle.signingKey");
    String key = dir.resolve("k").toString();
    tnmt("contracts", "key", "--out", key);
    assertThat(
            tnmt(
                "contracts",
                "bundle",
                "--feeds",
                "../../ingestion-jobs/feeds",
                "--key",
                key,
                "--publisher",
                "snnmt-hanoi",
                "--out",
                dir.resolve("b.zip").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("snnmt-ha_noi");
    assertThat(tnmt("contracts", "key", "--out", key)).as("it exists").isEqualTo(2);
  }

  @BeforeEach
  void receiptsInTheOutbox() throws IOException {
    write("snnmt-ha_noi", "2026-03-14", "aaaa1111", new FeedId("snnmt-ha_noi", "observation"));
    write("snnmt-lai_chau", "2026-03-15", "bbbb2222", new FeedId("snnmt-lai_chau", "station"));
    Files.writeString(
        dir.resolve("home/outbox/snnmt-ha_noi/2026-03-14/observation-aaaa1111-rejects.csv"), "x");
  }

  private void write(String publisher, String date, String delivery, FeedId feed)
      throws IOException {
    Path folder =
        Files.createDirectories(dir.resolve("home/outbox").resolve(publisher).resolve(date));
    Receipt receipt = receipt(publisher, date, delivery, feed);
    String name = feed.name() + "-" + delivery;
    Files.writeString(folder.resolve(name + ".json"), receipt.toJson());
    Files.writeString(folder.resolve(name + ".html"), "<p>");
  }

  private static Receipt receipt(String publisher, String date, String delivery, FeedId feed) {
    return new Receipt(
        delivery,
        publisher,
        Words.same(publisher),
        feed,
        "monitoring.observation",
        Words.same("x"),
        "1.0.0",
        date + "-1",
        LocalDate.parse(date),
        Instant.parse("2026-03-14T18:00:00Z"),
        1,
        10,
        "00",
        new Counts(5, 4, 1, 0, 0, 0),
        List.of(
            new BrokenRule(
                "REC-11",
                Severity.BLOCK,
                1,
                new Words("Giá trị không phải là số", "The value is not a number"),
                Words.NONE,
                List.of())));
  }

  @Test
  void receiptsAreListedShownAndExported() throws IOException {
    assertThat(tnmt("receipts", "list")).isZero();
    assertThat(out.toString()).contains("aaaa1111", "bbbb2222", "PARTLY", "2 receipts");
    assertThat(tnmt("receipts", "list", "--date", "2026-03-15")).isZero();
    assertThat(out.toString()).contains("bbbb2222").doesNotContain("aaaa1111");

    assertThat(tnmt("receipts", "show", "aaaa")).isZero();
    assertThat(out.toString())
        .contains(
            "received 5 = accepted 4 + quarantined 1",
            "REC-11",
            "observation-aaaa1111-rejects.csv");
    assertThat(tnmt("receipts", "show", "cccc")).isEqualTo(1);
    assertThat(err.toString()).contains("TNMT-1004");

    Path zip = dir.resolve("r.zip");
    assertThat(tnmt("receipts", "export", "--publisher", "snnmt-ha_noi", "--out", zip.toString()))
        .isZero();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.stream().map(e -> e.getName()))
          .containsExactly(
              "snnmt-ha_noi/2026-03-14/observation-aaaa1111-rejects.csv",
              "snnmt-ha_noi/2026-03-14/observation-aaaa1111.html",
              "snnmt-ha_noi/2026-03-14/observation-aaaa1111.json");
    }
  }

  private static GateAnswer gate(GateAnswer.State state, GateAnswer.Decision decision) {
    return GateAnswer.of(
        state,
        List.of(
            new Finding(
                FindingKind.SHIFTED,
                List.of("x", "y"),
                "các cột 4 đến 9 (x … y) có vẻ bị lệch một cột sang trái",
                "columns 4 to 9 (x … y) look shifted by one to the left",
                Response.HOLD)),
        decision);
  }

  @Test
  void lettersAreListedAndShownBesideReceipts() throws IOException {
    Letter letter =
        new Letter(
            "cccc3333",
            "snnmt-ha_noi",
            Words.same("x"),
            new FeedId("snnmt-ha_noi", "observation"),
            "monitoring.observation",
            Words.same("x"),
            LocalDate.of(2026, 3, 14),
            Instant.parse("2026-03-14T18:00:00Z"),
            1,
            10,
            "00",
            gate(GateAnswer.State.HELD, null),
            null);
    Path folder = dir.resolve("home/outbox/snnmt-ha_noi/2026-03-14");
    Files.writeString(folder.resolve("observation-cccc3333.json"), letter.toJson());
    Files.writeString(folder.resolve("observation-cccc3333.html"), "<p>");
    assertThat(tnmt("receipts", "list")).isZero();
    assertThat(out.toString())
        .containsPattern("cccc3333 +HELD +- +- +-")
        .contains("2 receipts, 1 letters in");
    assertThat(tnmt("receipts", "show", "cccc")).isZero();
    assertThat(out.toString())
        .contains(
            "đang giữ để người xem xét",
            "it is held for a person to look at",
            "GATE-02 HOLD: Các cột 4 đến 9 (x … y) có vẻ bị lệch một cột sang trái"
                + " / Columns 4 to 9 (x … y) look shifted by one to the left",
            "nêu mã lần gửi cccc3333",
            "observation-cccc3333.html")
        .doesNotContain("received 0");
    Path zip = dir.resolve("r.zip");
    assertThat(tnmt("receipts", "export", "--out", zip.toString())).isZero();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.stream().map(e -> e.getName()))
          .contains("snnmt-ha_noi/2026-03-14/observation-cccc3333.html");
    }
  }

  @Test
  void whatTheGateFoundIsShownWithAReceipt() throws IOException {
    Path file = dir.resolve("home/outbox/snnmt-ha_noi/2026-03-14/observation-aaaa1111.json");
    Receipt approved =
        receipt("snnmt-ha_noi", "2026-03-14", "aaaa1111", new FeedId("snnmt-ha_noi", "observation"))
            .with(
                gate(
                    GateAnswer.State.APPROVED,
                    new GateAnswer.Decision(
                        "tran.an", Instant.parse("2026-03-15T01:00:00Z"), "phòng mới")));
    Files.writeString(file, approved.toJson());
    assertThat(tnmt("receipts", "show", "aaaa")).isZero();
    assertThat(out.toString())
        .contains(
            "received 5 = accepted 4 + quarantined 1",
            "GATE-02 HOLD: Các cột 4 đến 9",
            "approved by tran.an at 2026-03-15T01:00:00Z: phòng mới");
  }
}
