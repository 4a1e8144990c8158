package vn.tnmt.lakehouse.transform.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.assertPolicyFits;
import static vn.tnmt.lakehouse.transform.page.PageAssertions.policyOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.Decision;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.State;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;

/** What publishers read of the gate: in letters and in receipts. */
class LetterPageTest {
  private static final Finding SHIFTED =
      new Finding(
          FindingKind.SHIFTED,
          List.of("kinh_do", "vi_do", "pH"),
          "các cột 4 đến 9 (kinh_do … pH) có vẻ bị lệch một cột sang trái",
          "columns 4 to 9 (kinh_do … pH) look shifted by one to the left",
          Response.HOLD);
  private static final Finding SCALED =
      new Finding(
          FindingKind.SCALED,
          List.of("san_luong"),
          "san_luong: giá trị giống như tính bằng kg/ha, bằng khoảng 1.000 lần trước đây",
          "san_luong: values look like kg/ha, are about 1,000 times what they were",
          Response.WARN);
  private static final Decision DECISION =
      new Decision(
          "tran.an", Instant.parse("2026-03-05T02:10:00Z"), "phòng thí nghiệm mới, đã gọi điện");

  private static Letter letter(State state, Finding... findings) {
    boolean decided = state == State.APPROVED || state == State.REJECTED;
    return new Letter(
        "3f2a90c1d47be5a80912",
        "snnmt-ha_noi",
        new Words(
            "Sở Nông nghiệp và Môi trường Thành phố Hà Nội",
            "Department of Agriculture and Environment of Hanoi"),
        FeedId.parse("snnmt-ha_noi/water-sample"),
        "water.sample",
        new Words("Mẫu nước mặt", "Surface water samples"),
        LocalDate.of(2026, 3, 4),
        Instant.parse("2026-03-04T18:04:09Z"),
        2,
        34_567,
        "9b74c9897bac770ffc029102a200c5de0cbb8f6c1f5e1b0a6e7a0d3ff1d1a0c2",
        GateAnswer.of(state, List.of(findings), decided ? DECISION : null),
        state == State.WAITING ? "aaaa90c1d47be5a80912" : null);
  }

  @Test
  void itsPolicyLetsItsOwnStylesAndScriptsRunAndNothingElse() {
    String page = LetterPage.render(letter(State.HELD, SHIFTED));
    assertPolicyFits(page, policyOf(page));
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"HELD", "WAITING", "APPROVED", "REJECTED", "BLOCKED"})
  void everyStateMakesALetterInBothLanguages(State state) throws IOException {
    Letter letter = state == State.WAITING ? letter(state) : letter(state, SHIFTED, SCALED);
    String page = LetterPage.render(letter);
    Files.writeString(Path.of("target", "letter-" + state + ".html"), page);
    assertThat(page)
        .doesNotContain("http://", "https://", "@import")
        .contains("Kính gửi Sở Nông nghiệp", "Mẫu nước mặt", "3f2a90c1d47be5a80912")
        .contains("Điều đó có nghĩa gì", "What it means")
        .contains("Tiếp theo sẽ ra sao", "What happens next")
        .contains("Đơn vị có thể làm gì", "What you can do");
    JsonNode json = new ObjectMapper().readTree(letter.toJson());
    assertThat(json.path("verdict").asText()).isEqualTo(state.name());
    for (String part : List.of("statement", "meaning", "next", "advice")) {
      assertThat(json.path(part).path("vi").asText()).isNotBlank();
      assertThat(page).contains(json.path(part).path("en").asText());
    }
    assertThat(json.path("gate").has("decision"))
        .isEqualTo(state == State.APPROVED || state == State.REJECTED);
  }

  @Test
  void aHeldDeliverySaysWhatWasFoundAndHowSevereItIs() {
    String page = LetterPage.render(letter(State.HELD, SHIFTED, SCALED));
    assertThat(page)
        .contains("Các cột 4 đến 9 (kinh_do … pH) có vẻ bị lệch một cột sang trái")
        .contains("Columns 4 to 9 (kinh_do … pH) look shifted by one to the left")
        .contains("san_luong: giá trị giống như tính bằng kg/ha")
        .contains("giữ chờ xem xét", "held for review", "cảnh báo")
        .contains("nêu mã lần gửi 3f2a90c1d47be5a80912");
  }

  @Test
  void whoDecidedWhenAndWhyIsSaid() {
    assertThat(LetterPage.render(letter(State.REJECTED, SHIFTED)))
        .contains(
            "tran.an từ chối lúc 09:10 05/03/2026 (giờ Việt Nam): phòng thí nghiệm mới, đã gọi điện")
        .contains("Rejected by tran.an on 2026-03-05 09:10 (UTC+7)");
  }

  @Test
  void namesOfColumnsStayText() {
    Finding hostile =
        new Finding(
            FindingKind.TYPE,
            List.of("<img src=x>"),
            "<img src=x>\u001b[2J\u202E" + "x".repeat(5_000),
            "<img src=x>\u001b[2J",
            Response.HOLD);
    Letter letter = letter(State.HELD, hostile);
    assertThat(LetterPage.render(letter))
        .doesNotContain("<img", "\u001b", "\u202E", "x".repeat(401))
        .contains("&lt;img src=x&gt;?[2J");
    assertThat(letter.toJson()).doesNotContain("\\u001B", "\u202E");
  }

  @Test
  void everyKindOfFindingHasItsAdvice() {
    for (FindingKind kind : FindingKind.values()) {
      Finding finding = new Finding(kind, List.of(), "x", "y");
      assertThat(GateAnswer.of(State.WARNED, List.of(finding), null).findings())
          .singleElement()
          .satisfies(found -> assertThat(found.remedy().vi()).isNotBlank());
    }
  }

  private static Receipt receipt(State state, Counts counts) {
    boolean decided = state == State.APPROVED || state == State.REJECTED;
    return SampleReceipt.of(counts)
        .with(GateAnswer.of(state, List.of(SHIFTED, SCALED), decided ? DECISION : null));
  }

  @Test
  void aReceiptHasTheFindingsInItsWords() throws IOException {
    Receipt warned = receipt(State.WARNED, new Counts(5, 5, 0, 0, 0, 0));
    assertThat(warned.verdict()).isEqualTo(Receipt.Verdict.WARNED);
    String page = ReceiptPage.render(warned);
    assertThat(page)
        .contains("Toàn bộ 5 bản ghi đạt yêu cầu; nhưng lần gửi khác các lần trước.")
        .contains("Các cột 4 đến 9", "GATE-02", "GATE-04")
        .contains("Xin xem các điểm khác nêu trên.")
        .doesNotContain("không có gì cần sửa");
    assertThat(ReceiptText.vietnamese(warned))
        .contains("GATE-02 [giữ chờ xem xét] Các cột 4 đến 9");
    Receipt partly =
        SampleReceipt.partly()
            .with(GateAnswer.of(State.APPROVED, List.of(SHIFTED, SCALED), DECISION));
    Files.writeString(Path.of("target", "receipt-gate.html"), ReceiptPage.render(partly));
    assertThat(ReceiptPage.render(partly))
        .contains("tran.an chấp nhận lúc 09:10 05/03/2026", "Approved by tran.an")
        .contains("33 trong 9.216 bản ghi");
    assertThat(partly.toJson())
        .contains("\"state\" : \"APPROVED\"", "\"severity\" : \"HOLD\"", "\"by\" : \"tran.an\"");
  }

  @Test
  void aRefusedDeliverySaysThatItWasRefusedAsAWhole() throws IOException {
    String page = ReceiptPage.render(receipt(State.REJECTED, new Counts(5, 0, 5, 0, 0, 0)));
    assertThat(page)
        .contains("Cả lần gửi bị từ chối; toàn bộ 5 bản ghi được giữ lại.")
        .contains("gửi lại cả lần gửi");
    Files.writeString(Path.of("target", "receipt-rejected.html"), page);
  }

  @Test
  void withoutFindingsAReceiptIsAsItWas() {
    Receipt plain = SampleReceipt.partly();
    assertThat(plain.with((GateAnswer) null).toJson())
        .isEqualTo(plain.toJson())
        .doesNotContain("gate");
    assertThat(ReceiptPage.render(plain)).doesNotContain("So với các lần gửi trước");
  }
}
