package vn.tnmt.lakehouse.ingestion.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

class VietnameseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "trạm",
        "Nghiêng",
        "QUẬN",
        "quyết",
        "giếng",
        "gì",
        "khuya",
        "khoắt",
        "thuở",
        "rưỡi",
        "uống",
        "yên",
        "ý",
        "mỹ",
        "hoà",
        "hòa",
        "thuỷ",
        "thủy",
        "giặt",
        "quốc",
        "quýt",
        "ươm",
        "ếch",
        "đ\u01A1\u0300i"
      })
  void aSyllable(String word) {
    assertThat(Vietnamese.syllable(word)).isTrue();
    assertThat(Vietnamese.syllable(Normalizer.normalize(word, Normalizer.Form.NFD))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "café",
        "hôtel",
        "trạmm",
        "kà",
        "cế",
        "nghà",
        "ăc",
        "tặn\u0301",
        "màt",
        "bắ",
        "phuơc",
        "đđ",
        "ß",
        "sônghồng",
        "wà",
        "fố"
      })
  void noSyllable(String word) {
    assertThat(Vietnamese.syllable(word)).isFalse();
  }

  /** Names of communes are good Vietnamese, but for those in the languages of the highlands. */
  @Test
  void nearlyAllWordsInNamesOfCommunesAreSyllables() {
    List<String> words = new ArrayList<>();
    for (var row : CodeLists.bundled().rows("communes_2025")) {
      words.addAll(List.of(row.get("name").split("[ -]+")));
    }
    long good = words.stream().filter(Vietnamese::syllable).count();
    assertThat(good).isGreaterThan(words.size() * 96L / 100);
  }

  @Test
  void theInventoryIsClosed() {
    List<String> vowels = List.of("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y");
    int syllables = 0;
    for (String first : vowels) {
      for (String second : vowels) {
        syllables += Vietnamese.syllable("b" + first + second + "n") ? 1 : 0;
      }
    }
    // biên, boan, boen, boăn, buân, buôn, bươn, buyn; boon, byên and so on are none
    assertThat(syllables).isEqualTo(8);
  }
}
