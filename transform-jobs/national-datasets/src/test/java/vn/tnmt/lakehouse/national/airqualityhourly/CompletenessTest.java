package vn.tnmt.lakehouse.national.airqualityhourly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.national.airqualitydaily.DayCompleteness;

class CompletenessTest {
  @Test
  void policiesThatMakeNoSenseAreRefused() {
    assertThat(HourCompleteness.HOUSE.fewestSlots(5)).isEqualTo(9);
    assertThat(HourCompleteness.HOUSE.fewestSlots(1)).isEqualTo(45);
    assertThat(HourCompleteness.HOUSE.fewestSlots(60)).isEqualTo(1);
    assertThat(new HourCompleteness(5, 0.76).fewestSlots(5)).isEqualTo(10);
    assertThatThrownBy(() -> new HourCompleteness(7, 0.75)).hasMessageContaining("7");
    assertThatThrownBy(() -> new HourCompleteness(5, 75)).hasMessageContaining("75");
    assertThatThrownBy(() -> new HourCompleteness(5, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new DayCompleteness(9, 18)).hasMessageContaining("9");
    assertThatThrownBy(() -> new DayCompleteness(6, 0)).hasMessageContaining("0");
  }
}
