package vn.tnmt.lakehouse.ingestion.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.mapping.AutoNumbers.Range;
import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.ingestion.text.Notation.DayOrder;

/** Numbers and dates whose notation is found in the file. */
class AutoNotationTest {
  private static final Range PH = new Range(0, 14);
  private static final AutoDates DATES = new AutoDates(ZoneId.of("Asia/Ho_Chi_Minh"));

  /** Column: decimal separator found, g when groups were seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';1.234,56;1234.56;TOLD",
        "'';1,234.56;1234.56;TOLD",
        "'';8.718.000;8718000;TOLD",
        "'';7,5;7.5;TOLD",
        "'';0.123;0.123;TOLD",
        "'';1.234;NaN;AMBIGUOUS",
        "'';1,234;NaN;AMBIGUOUS",
        "'.';1.234;1.234;TOLD",
        "',';1,234;1.234;TOLD",
        "',';1.234;NaN;AMBIGUOUS",
        "',g';1.234;1234;TOLD",
        "'.g';1,234;1234;TOLD",
        "'';12.34.56;NaN;NOT_A_NUMBER",
        "'';bảy;NaN;NOT_A_NUMBER",
        "'';1.2345,6;NaN;NOT_A_NUMBER",
        "'';12345.678,9;NaN;NOT_A_NUMBER"
      })
  void aNumber(String column, String text, double value, AutoNumbers.How how) {
    char decimal = column.isEmpty() ? Notation.NONE : column.charAt(0);
    Notation notation = new Notation(decimal, column.endsWith("g"), DayOrder.UNKNOWN);
    AutoNumbers.Reading reading = AutoNumbers.read(text, notation, Range.ANY);
    assertThat(reading.how()).isEqualTo(how);
    assertThat(Double.valueOf(reading.value())).isEqualTo(Double.valueOf(value));
  }

  @Test
  void aRangeDecidesWhenOnlyOneReadingIsPossible() {
    assertThat(AutoNumbers.read("7.234", Notation.UNKNOWN, PH))
        .isEqualTo(new AutoNumbers.Reading(7.234, AutoNumbers.How.BY_RANGE));
    assertThat(AutoNumbers.read("105,123", Notation.UNKNOWN, new Range(102, 118)).value())
        .isEqualTo(105.123);
    assertThat(AutoNumbers.read("1.234", Notation.UNKNOWN, new Range(0, 1e6)).how())
        .isEqualTo(AutoNumbers.How.AMBIGUOUS);
    assertThat(AutoNumbers.read("15.234", Notation.UNKNOWN, PH).how())
        .isEqualTo(AutoNumbers.How.AMBIGUOUS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "31/7/2026;UNKNOWN;2026-07-31T00:00:00",
        "7/31/2026;UNKNOWN;2026-07-31T00:00:00",
        "31-07-26 6:05;UNKNOWN;2026-07-31T06:05:00",
        "3/4/2026;DAY_FIRST;2026-04-03T00:00:00",
        "3/4/2026;MONTH_FIRST;2026-03-04T00:00:00",
        "4/4/2026;UNKNOWN;2026-04-04T00:00:00",
        "31.7.2026;UNKNOWN;2026-07-31T00:00:00",
        "3.4.2026;UNKNOWN;2026-04-03T00:00:00",
        "2026-07-31;UNKNOWN;2026-07-31T00:00:00",
        "2026-07-31T24:00;UNKNOWN;2026-08-01T00:00:00",
        "20260731153800;UNKNOWN;2026-07-31T15:38:00",
        "ngày 31 tháng 7 năm 2026;UNKNOWN;2026-07-31T00:00:00",
        "31 tháng 7 năm 2026;UNKNOWN;2026-07-31T00:00:00",
        "12:00:59-17/03/23;UNKNOWN;2023-03-17T12:00:59",
        "24:00:00 31/12/2025;UNKNOWN;2026-01-01T00:00:00"
      })
  void aDate(String text, DayOrder order, String expected) {
    assertThat(DATES.parse(text, order))
        .isEqualTo(LocalDateTime.parse(expected).toEpochSecond(ZoneOffset.UTC));
  }

  @Test
  void whatCanBeTwoDaysIsNotGuessed() {
    assertThat(DATES.parse("3/4/2026", DayOrder.UNKNOWN)).isEqualTo(AutoDates.AMBIGUOUS);
    assertThat(DATES.parse("31/2/2026", DayOrder.UNKNOWN)).isEqualTo(TimePattern.NONE);
    assertThat(DATES.parse("46234", DayOrder.DAY_FIRST)).isEqualTo(TimePattern.NONE);
  }

  @Test
  void nothingThrows() {
    Random random = new Random(11);
    String alphabet = "0123456789.,/-: eE+Tngàythg\u0301";
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      AutoNumbers.Reading reading = AutoNumbers.read(text.toString(), Notation.UNKNOWN, PH);
      assertThat(Double.isNaN(reading.value()))
          .isEqualTo(
              reading.how() == AutoNumbers.How.AMBIGUOUS
                  || reading.how() == AutoNumbers.How.NOT_A_NUMBER);
      if (round % 10 == 0) {
        DATES.parse(text.toString(), DayOrder.UNKNOWN);
      }
    }
  }
}
