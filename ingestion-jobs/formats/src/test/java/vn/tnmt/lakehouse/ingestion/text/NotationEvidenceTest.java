package vn.tnmt.lakehouse.ingestion.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.text.Notation.DayOrder;

class NotationEvidenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7;PLAIN",
        "-12;PLAIN",
        "1e5;PLAIN",
        "7.5;POINT",
        "7,5;COMMA",
        "0.123;POINT",
        "-0,123;COMMA",
        "1234.567;POINT",
        ".123;POINT",
        "1.2345;POINT",
        "1.;POINT",
        "1.234e3;POINT",
        "1.234;LONE_POINT",
        "123,456;LONE_COMMA",
        "-1.234;LONE_POINT",
        "1.234,56;COMMA_GROUPED",
        "3.359,80;COMMA_GROUPED",
        "1,234.56;POINT_GROUPED",
        "8.718.000;COMMA_GROUPED",
        "8,718,000;POINT_GROUPED",
        "1.234,567;COMMA_GROUPED",
        "1,2,3.4;POINT_GROUPED",
        "1.2.3;OTHER",
        "1,234.567.8;OTHER",
        "KPH;OTHER",
        "'';OTHER",
        "-;OTHER",
        "1 234;OTHER",
        "12a;OTHER"
      })
  void whatANumberTells(String text, NumberForm form) {
    assertThat(NumberForm.of(text)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "none",
      value = {
        "1.234|7.5;.;false",
        "1.234|7,5;',';false",
        "1.234|1.234,5;',';true",
        "1.234|<0,01;',';false",
        "1.234|8.718.000;',';true",
        "1.234|2.345;none;false",
        "7.5|7,5;none;false",
        "KPH|1e3|12;none;false"
      })
  void theColumnDecides(String cells, Character decimal, boolean grouped) {
    NotationEvidence evidence = new NotationEvidence();
    for (String cell : cells.split("\\|", -1)) {
      evidence.number(cell);
    }
    assertThat(evidence.decide().decimal()).isEqualTo(decimal == null ? Notation.NONE : decimal);
    assertThat(evidence.decide().grouped()).isEqualTo(grouped);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1/2/2026|31/1/2026;DAY_FIRST",
        "1/2/2026|1/31/2026;MONTH_FIRST",
        "1/2/2026|3/4/2026;UNKNOWN",
        "31/1/2026|1/31/2026;UNKNOWN",
        "12:00:59-17/03/23;DAY_FIRST",
        "2026-03-14|14.3.2026;UNKNOWN",
        "99/99/2026;UNKNOWN"
      })
  void theColumnDecidesTheOrderOfDayAndMonth(String cells, DayOrder order) {
    NotationEvidence evidence = new NotationEvidence();
    for (String cell : cells.split("\\|", -1)) {
      evidence.date(cell);
    }
    assertThat(evidence.decide().days()).isEqualTo(order);
  }

  @Test
  void whatNeedsNoDecisionIsNotTold() {
    NotationEvidence evidence = new NotationEvidence();
    evidence.number("12");
    evidence.date("2026-01-01");
    assertThat(evidence.why()).isEmpty();
  }
}
