package vn.tnmt.lakehouse.transform.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.assertPolicyFits;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.policyOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Verdict;

class ReceiptPageTest {
  private static final String PAGE = ReceiptPage.render(SampleReceipt.partly());

  @Test
  void itsPolicyLetsItsOwnStylesAndScriptsRunAndNothingElse() {
    assertPolicyFits(PAGE, policyOf(PAGE));
    assertThat(policyOf(PAGE)).isEqualTo(ReceiptPage.policy());
  }

  @Test
  void isOneFileThatAsksTheNetworkForNothing() throws IOException {
    assertThat(PAGE).doesNotContain("http://", "https://", "@import");
    Files.writeString(Path.of("target", "receipt-sample.html"), PAGE);
  }

  @Test
  void addressesThePublisherAndSaysTheVerdict() {
    assertThat(PAGE)
        .contains("Kính gửi Sở Nông nghiệp và Môi trường Thành phố Hà Nội,")
        .contains(
            "33 trong 9.216 bản ghi chưa đạt yêu cầu và được giữ lại; 9.150 bản ghi đã vào bảng"
                + " quốc gia.")
        .contains("33 of 9,216 rows do not meet the requirements");
  }

  @Test
  void whatHitsMostRowsIsToBeMendedFirst() {
    assertThat(SampleReceipt.partly().mendFirst()).contains(SampleReceipt.NOT_A_NUMBER);
    assertThat(PAGE.indexOf("REC-11")).isLessThan(PAGE.indexOf("REC-04"));
    assertThat(PAGE).contains("(trống)");
  }

  @Test
  void theSampleAddsUp() {
    assertThat(SampleReceipt.partly().counts().addUp()).isTrue();
  }

  @Test
  void verdicts() {
    assertThat(SampleReceipt.of(new Counts(5, 5, 0, 0, 0, 0)).verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(SampleReceipt.of(new Counts(5, 5, 0, 0, 0, 0), SampleReceipt.SUSPICIOUS).verdict())
        .isEqualTo(Verdict.WARNED);
    assertThat(SampleReceipt.of(new Counts(5, 4, 1, 0, 0, 0), SampleReceipt.CUT_OFF).verdict())
        .isEqualTo(Verdict.PARTLY);
    assertThat(SampleReceipt.of(new Counts(5, 0, 5, 0, 0, 0), SampleReceipt.CUT_OFF).verdict())
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void everyVerdictMakesALetter() {
    assertThat(ReceiptPage.render(SampleReceipt.of(new Counts(5, 5, 0, 0, 0, 0))))
        .contains("Toàn bộ 5 bản ghi đạt yêu cầu; không có gì cần sửa.")
        .contains("Không cần làm gì thêm.");
    assertThat(
            ReceiptPage.render(
                SampleReceipt.of(new Counts(5, 5, 0, 0, 0, 0), SampleReceipt.SUSPICIOUS)))
        .contains("Nên xem lại trước");
    assertThat(
            ReceiptPage.render(
                SampleReceipt.of(new Counts(5, 0, 5, 0, 0, 0), SampleReceipt.CUT_OFF)))
        .contains("Chưa bản ghi nào trong 5 bản ghi đạt yêu cầu");
  }

  @Test
  void hostileValuesStayTextAndAreCut() {
    String hostile = "<img src=x onerror=alert(1)>\u202E" + "x".repeat(10_000);
    Receipt receipt =
        SampleReceipt.of(
            new Counts(1, 0, 1, 0, 0, 0),
            new BrokenRule(
                "REC-13",
                Severity.BLOCK,
                1,
                Words.same("?"),
                Words.same("?"),
                List.of(new Example("a<b>.csv", 7, "c\"d", hostile, hostile))));
    String page = ReceiptPage.render(receipt);
    assertThat(page).doesNotContain("<img", "a<b>", "\u202E", "x".repeat(121));
    assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;", "a&lt;b&gt;.csv", "c&quot;d");
  }

  @Test
  void howAFileWasReadIsANoteAndNoWarning() {
    Example read = new Example("a.csv", 2, "ten", "TCVN3", "12/12");
    BrokenRule note =
        new BrokenRule(
            "REC-22", Severity.NOTE, 1, Words.same("Cách hiểu tệp"), Words.NONE, List.of(read));
    Receipt receipt = SampleReceipt.of(new Counts(5, 5, 0, 0, 0, 0), note);
    assertThat(receipt.verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(receipt.mendFirst()).isEmpty();
    assertThat(ReceiptPage.render(receipt)).contains("REC-22", "ghi chú", "TCVN3");
    assertThat(receipt.toJson()).contains("\"severity\" : \"NOTE\"");
  }

  @Test
  void aRuleKeepsThreeExamples() {
    Example example = new Example("f", 1, "c", "v", "e");
    BrokenRule rule =
        new BrokenRule(
            "X-01",
            Severity.BLOCK,
            9,
            Words.NONE,
            Words.NONE,
            List.of(example, example, example, example, example));
    assertThat(rule.examples()).hasSize(3);
  }

  @Test
  void jsonSaysTheSame() {
    assertThat(SampleReceipt.partly().toJson())
        .contains("\"verdict\" : \"PARTLY\"")
        .contains("\"quarantined\" : 33")
        .contains("\"receivedAt\" : \"2026-11-22T18:04:09Z\"");
  }
}
