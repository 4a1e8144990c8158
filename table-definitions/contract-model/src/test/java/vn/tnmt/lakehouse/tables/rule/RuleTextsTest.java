package vn.tnmt.lakehouse.tables.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

class RuleTextsTest {
  private final RuleTexts texts = RuleTexts.bundled();

  @ParameterizedTest
  @EnumSource(BuiltInRules.class)
  void everyBuiltInRuleSaysWhatIsWrongAndWhatToDo(BuiltInRules rule) {
    checkText(texts.text(rule.code()));
    assertThat(BuiltInRules.of(rule.code())).contains(rule);
  }

  @Test
  void everyContractRuleSaysWhatIsWrongAndWhatToDo() {
    for (Contract contract : Contracts.bundled().all()) {
      contract.rules().forEach(rule -> checkText(texts.text(rule.code())));
    }
  }

  @Test
  void messagesAreVietnameseAndEnglish() {
    assertThat(texts.messageVi("REC-01"))
        .isEqualTo(
            "Tệp rỗng. Đề nghị kiểm tra chương trình kết xuất rồi gửi lại tệp có dữ liệu, giữ"
                + " nguyên tên tệp.");
    assertThat(texts.messageEn("OBS-01"))
        .startsWith("The time of measurement lies in the future. ");
  }

  @Test
  void anUnknownRuleNamesTheNearest() {
    assertThatThrownBy(() -> texts.text("OBS-1")).hasMessageContaining("did you mean 'OBS-0");
  }

  private static void checkText(RuleText text) {
    for (String title : new String[] {text.titleVi(), text.titleEn()}) {
      assertThat(title).as(text.code()).isNotBlank().doesNotEndWith(".");
    }
    for (String remedy : new String[] {text.remedyVi(), text.remedyEn()}) {
      assertThat(remedy).as(text.code()).endsWith(".");
    }
    assertThat(Normalizer.isNormalized(text.messageVi(), Normalizer.Form.NFC)).isTrue();
    assertThat(text.messageVi()).as("no mojibake").doesNotContain("Ã", "á»", "\uFFFD");
  }
}
