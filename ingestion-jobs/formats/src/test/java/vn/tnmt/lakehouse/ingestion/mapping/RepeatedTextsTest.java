package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RepeatedTextsTest {
  private final Recency.Allowance allowance = new Recency.Allowance(1 << 15);
  private final RepeatedTexts texts = new RepeatedTexts(allowance);

  /** Share of the second half of {@code looks} that is remembered; what is must be right. */
  private double share(RepeatedTexts memory, int looks, IntFunction<String> text) {
    int known = 0;
    for (int i = 0; i < looks; i++) {
      String expected = text.apply(i);
      byte[] bytes = ("<" + expected + ">").getBytes(StandardCharsets.UTF_8);
      Object value = memory.get(bytes, 1, bytes.length - 1);
      if (value == null) {
        memory.put(bytes, 1, bytes.length - 1, expected);
      } else {
        assertThat(value).isEqualTo(expected);
        known += i >= looks / 2 ? 1 : 0;
      }
    }
    return known * 2.0 / looks;
  }

  @Test
  void remembersFewCodesAndThousandsOfNames() {
    Random random = new Random(3);
    assertThat(share(texts, 10_000, i -> "C" + random.nextInt(30))).isGreaterThan(0.95);
    RepeatedTexts names = new RepeatedTexts(allowance);
    assertThat(share(names, 200_000, i -> "Sông Hồng, cầu số " + random.nextInt(5000) + " xã Vĩnh"))
        .isGreaterThan(0.7);
  }

  @Test
  void remembersThatATextHasNoValue() {
    byte[] bytes = "KPH".getBytes(StandardCharsets.UTF_8);
    assertThat(texts.get(bytes, 0, 3)).isNull();
    texts.put(bytes, 0, 3, null);
    assertThat(texts.get(bytes, 0, 3)).isSameAs(RepeatedTexts.NOTHING);
  }

  /** Texts of any length, also of none, one byte apart. */
  @Test
  void takesNoTextForAnother() {
    Random random = new Random(4);
    share(texts, 300_000, i -> "ab".repeat(60).substring(0, random.nextInt(100)) + (i % 7));
    share(texts, 1000, i -> "".repeat(i));
  }

  @Test
  void restsWhereNothingComesAgainAndLooksUpLater() {
    Recency keys = new Recency(allowance);
    int looked = 0;
    for (int i = 0; i < 1_000_000; i++) {
      if (keys.awake()) {
        looked++;
        keys.looked(false);
      }
    }
    assertThat(looked).isLessThan(100_000);
    assertThat(keys.resting()).isTrue();
    assertThat(keys.slots()).as("what it took is given back").isEqualTo(256);
    int more = 0;
    for (int i = 0; i < 3_000_000; i++) {
      if (keys.awake()) {
        more++;
        keys.looked(true);
      }
    }
    assertThat(more).as("it is tried again").isGreaterThan(500_000);
  }

  @Test
  void sharesWhatThereIs() {
    Recency.Allowance little = new Recency.Allowance(1000);
    Recency first = new Recency(little);
    Recency second = new Recency(little);
    for (int i = 0; i < 10_000; i++) {
      first.looked(i % 4 == 0);
      second.looked(i % 4 == 0);
    }
    assertThat(first.slots()).isEqualTo(1024);
    assertThat(second.slots()).as("no more is left").isEqualTo(256);
  }
}
