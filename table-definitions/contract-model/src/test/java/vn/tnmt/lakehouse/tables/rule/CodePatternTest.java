package vn.tnmt.lakehouse.tables.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** java.util.regex says what is right. */
class CodePatternTest {
  private static final String CHARACTERS = "019AM-Zz-._ /\n\u0000é٣Đ😀";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\d{2}",
        "\\d{5}",
        "[A-Za-z0-9][A-Za-z0-9._-]{1,39}",
        "[A-Z0-9-]{4,20}",
        ".{2,8}",
        "[^0-9]{1,}",
        "M[0-9]{2}-?",
        "[A-Z]{0}\\d+",
        "A{0}",
        "[0-9]*",
        "A"
      })
  void agreesWithTheRegularExpression(String expression) {
    Pattern pattern = Pattern.compile(expression);
    CodePattern code = CodePattern.of(pattern).orElseThrow();
    Random random = new Random(42);
    int matched = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int common = random.nextInt(3) == 0 ? CHARACTERS.length() : 6;
      for (int i = random.nextInt(9); i > 0; i--) {
        text.append(CHARACTERS.charAt(random.nextInt(common)));
      }
      boolean expected = pattern.matcher(text).matches();
      matched += expected ? 1 : 0;
      assertThat(code.matches(text.toString())).as("'%s'", text).isEqualTo(expected);
    }
    assertThat(matched).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(a|b)",
        "a|b",
        "[a-z]+[0-9]",
        "\\w{2}",
        "[\\d]{2}",
        "[a&&b]",
        "^a$",
        "a+?",
        "a{2}+",
        "[[a]b]",
        "a{2,1000}?",
        "[0-9]{1234567}"
      })
  void leavesOtherExpressionsAlone(String expression) {
    assertThat(CodePattern.of(Pattern.compile(expression))).isEmpty();
  }

  @Test
  void countsDoNotOverflow() {
    assertThat(CodePattern.of(Pattern.compile("[0-9]{2,}")).orElseThrow().matches("1".repeat(99)))
        .isTrue();
  }
}
