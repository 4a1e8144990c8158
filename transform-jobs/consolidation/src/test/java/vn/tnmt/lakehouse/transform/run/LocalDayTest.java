package vn.tnmt.lakehouse.transform.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class LocalDayTest {
  @Test
  void aDayEndsWhereTheNextBegins() {
    LocalDay day = new LocalDay(LocalDate.of(2026, 3, 14));
    // Vietnam is UTC+7
    assertThat(day.begin()).isEqualTo(Instant.parse("2026-03-13T17:00:00Z"));
    assertThat(day.end()).isEqualTo(Instant.parse("2026-03-14T17:00:00Z"));
    assertThat(new LocalDay(LocalDate.of(2026, 3, 15)).begin()).isEqualTo(day.end());
  }
}
