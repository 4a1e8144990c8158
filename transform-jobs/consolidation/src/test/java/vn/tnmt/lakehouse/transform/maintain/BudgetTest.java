package vn.tnmt.lakehouse.transform.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  @ParameterizedTest
  @CsvSource({"90,90", "90s,90", "15m,900", "2h,7200", "168h,604800", "1,1"})
  void aTimeAsPeopleTypeIt(String typed, long seconds) {
    assertThat(Budget.parse(typed)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0h",
        "-5m",
        "1.5h",
        "2d",
        "15 m",
        "m",
        "169h",
        "9999999",
        "PT5M",
        "mười phút"
      })
  void nonsenseIsToldAsWhatItIs(String typed) {
    assertThatThrownBy(() -> Budget.parse(typed))
        .hasMessageStartingWith("TNMT-5004")
        .hasMessageContainingAll("'" + typed + "'", "--budget", "15m");
  }

  @Test
  void itIsSpentOnceItsTimeIsOver() {
    AtomicLong nanos = new AtomicLong(-5);
    Budget budget = new Budget(Duration.ofSeconds(2), nanos::get);
    assertThat(budget.isSpent()).isFalse();
    nanos.addAndGet(1_999_999_999);
    assertThat(budget.isSpent()).isFalse();
    nanos.incrementAndGet();
    assertThat(budget.isSpent()).isTrue();
  }
}
