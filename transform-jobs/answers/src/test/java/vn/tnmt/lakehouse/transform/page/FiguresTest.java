package vn.tnmt.lakehouse.transform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void numbersAreWrittenAsEachLanguageDoes() {
    assertThat(Figures.whole(1_234_567)).isEqualTo(new Words("1.234.567", "1,234,567"));
    assertThat(Figures.decimal(1234.56, 2)).isEqualTo(new Words("1.234,56", "1,234.56"));
    assertThat(Figures.decimal(1234.5, 2)).isEqualTo(new Words("1.234,5", "1,234.5"));
    assertThat(Figures.fixed(21, 3)).isEqualTo(new Words("21,000", "21.000"));
  }

  @Test
  void datesAreWrittenAsEachLanguageDoes() {
    assertThat(Figures.date(LocalDate.of(2026, 11, 2)))
        .isEqualTo(new Words("02/11/2026", "2026-11-02"));
  }

  @Test
  void instantsAreShownInVietnamsTime() {
    assertThat(Figures.time(Instant.parse("2026-11-22T18:04:09Z")))
        .isEqualTo(new Words("01:04 23/11/2026", "2026-11-23 01:04"));
  }

  @Test
  void changesCarryTheirSign() {
    assertThat(Figures.change(1200)).isEqualTo(new Words("+1.200", "+1,200"));
    assertThat(Figures.change(-3)).isEqualTo(Words.same("−3"));
    assertThat(Figures.change(0)).isEqualTo(Words.same("0"));
  }

  @Test
  void aShareNeverReadsAsAllOrNothingWhenItIsNot() {
    assertThat(Figures.percent(99_999, 100_000)).isEqualTo(new Words("99,9 %", "99.9%"));
    assertThat(Figures.percent(1, 100_000)).isEqualTo(new Words("< 0,1 %", "< 0.1%"));
    assertThat(Figures.percent(3, 3)).isEqualTo(new Words("100,0 %", "100.0%"));
    assertThat(Figures.percent(0, 0)).isEqualTo(Words.same("–"));
  }

  @Test
  void sizes() {
    assertThat(Figures.bytes(0)).isEqualTo(Words.same("0 B"));
    assertThat(Figures.bytes(1_240)).isEqualTo(new Words("1,2 kB", "1.2 kB"));
    assertThat(Figures.bytes(45_600_000)).isEqualTo(Words.same("46 MB"));
  }
}
