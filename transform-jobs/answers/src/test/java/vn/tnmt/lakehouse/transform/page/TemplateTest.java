package vn.tnmt.lakehouse.transform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Template TEMPLATE = Template.load(TemplateTest.class, "greeting.mustache");

  @Test
  void textIsEscapedAndMarkupIsNot() {
    assertThat(
            TEMPLATE.render(
                Map.of("who", "<script>'\"&", "mark", new Html("<b>!</b>"), "word", Words.NONE)))
        .isEqualTo("&lt;script&gt;&#39;&quot;&amp;<b>!</b>\n");
  }

  @Test
  void wordsAreThereInBothLanguages() {
    assertThat(
            TEMPLATE.render(
                Map.of("who", "", "mark", Html.EMPTY, "word", new Words("Nước <", "Water <"))))
        .isEqualTo("<span lang=\"vi\">Nước &lt;</span><span lang=\"en\">Water &lt;</span>\n");
  }

  @Test
  void controlsThatTurnTextAroundAreTakenOut() {
    assertThat(Html.escape("a\u202Eb\u0000c")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  @Test
  void aNameThatTheViewLacksIsAnError() {
    assertThatThrownBy(() -> TEMPLATE.render(Map.of("who", ""))).hasMessageContaining("mark");
  }
}
