package vn.tnmt.lakehouse.ingestion.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts in TCVN3 are what iconv gives, shown as Windows-1252. */
class HeaderNamesTest {
  private static final Set<String> KNOWN = Set.of("Mã", "Điểm lấy mẫu", "Kinh độ");

  @Test
  void aNameThatIsKnownAsItStandsStays() {
    assertThat(HeaderNames.ofShown(List.of("Mã", "§iÓm lÊy mÉu", "Kinh ®é"), KNOWN))
        .containsExactly("Mã", "Điểm lấy mẫu", "Kinh độ");
    assertThat(HeaderNames.ofShown(List.of("Kinh ®é", "Mã"), KNOWN))
        .containsExactly("Kinh độ", "Mã");
  }

  @Test
  void othersAreReadInTheEncodingOfThoseThatAreKnown() {
    assertThat(HeaderNames.ofShown(List.of("M·", "VÜ ®é", "Kinh ®é", "pH"), KNOWN))
        .containsExactly("Mã", "Vĩ độ", "Kinh độ", "pH");
  }

  @Test
  void withoutAKnownNameAllStay() {
    assertThat(HeaderNames.ofShown(List.of("Mã", "VÜ ®é"), KNOWN)).containsExactly("Mã", "VÜ ®é");
    assertThat(HeaderNames.ofShown(List.of(), KNOWN)).isEmpty();
  }
}
