package vn.tnmt.lakehouse.transform.index;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expected values: the worked examples and table of Quyết định 1459/QĐ-TCMT, or calculated by hand.
 */
class VnAqiTest {
  private static final VnAqi AQI = VnAqi.official();

  /** Decision §2.3a: 09:00 → 20:00 in the printed order, so the latest hour is the last. */
  private static final double[] EXAMPLE_A =
      reversed(26.9, 24.7, 20.5, 23.5, 19.5, 16.5, 19.0, 16.5, 20.3, 22.4, 19.6, 20.6);

  @ParameterizedTest
  @CsvSource({
    "PM25, 0, 0",
    "PM25, 25, 50",
    "PM25, 50, 100",
    "PM25, 80, 150",
    "PM25, 150, 200",
    "PM25, 250, 300",
    "PM25, 350, 400",
    "PM25, 500, 500",
    "PM10, 50, 50",
    "PM10, 150, 100",
    "PM10, 250, 150",
    "PM10, 350, 200",
    "PM10, 420, 300",
    "PM10, 500, 400",
    "PM10, 600, 500",
    "NO2, 100, 50",
    "NO2, 200, 100",
    "NO2, 700, 150",
    "NO2, 1200, 200",
    "NO2, 2350, 300",
    "NO2, 3100, 400",
    "NO2, 3850, 500",
    "SO2, 125, 50",
    "SO2, 350, 100",
    "SO2, 550, 150",
    "SO2, 800, 200",
    "SO2, 1600, 300",
    "SO2, 2100, 400",
    "SO2, 2630, 500",
    "CO, 10000, 50",
    "CO, 30000, 100",
    "CO, 45000, 150",
    "CO, 60000, 200",
    "CO, 90000, 300",
    "CO, 120000, 400",
    "CO, 150000, 500",
    "O3, 160, 50",
    "O3, 200, 100",
    "O3, 300, 150",
    "O3, 400, 200",
    "O3, 800, 300",
    "O3, 1000, 400",
    "O3, 1200, 500"
  })
  void everyKnotOfTheTableIsExact(Pollutant pollutant, double concentration, double index) {
    assertThat(AQI.subIndex(pollutant, concentration)).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 50", "120, 100", "170, 150", "210, 200", "400, 300"})
  void everyKnotOfTheEightHourColumnIsExact(double concentration, double index) {
    assertThat(AQI.subIndexO3Over8h(concentration)).isEqualTo(index);
  }

  @Test
  void sharedKnotsLeaveNoGapBetweenTheLevels() {
    assertThat(AQI.subIndex(Pollutant.PM25, 25.05)).isCloseTo(50.1, within(1e-9));
    assertThat(AQI.subIndex(Pollutant.PM25, 37.5)).isCloseTo(75, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Pollutant.class)
  void aboveTheLastLevelTheIndexStays500(Pollutant pollutant) {
    assertThat(AQI.subIndex(pollutant, 1e9)).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(Pollutant.class)
  void theSubIndexNeverFallsWhenTheConcentrationRises(Pollutant pollutant) {
    Random random = new Random(1459);
    for (int i = 0; i < 10_000; i++) {
      double a = random.nextDouble() * 160_000 * (i % 2 == 0 ? 1 : 0.01);
      double b = a + random.nextDouble() * 100;
      assertThat(AQI.subIndex(pollutant, a)).isBetween(0.0, 500.0);
      assertThat(AQI.subIndex(pollutant, b)).isGreaterThanOrEqualTo(AQI.subIndex(pollutant, a));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {NaN, -0.001, -9999, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatNoInstrumentMeasuresHasNoIndex(double concentration) {
    assertThat(AQI.subIndex(Pollutant.PM25, concentration)).isNaN();
    assertThat(AQI.subIndexO3Over8h(concentration)).isNaN();
  }

  @Test
  void nowCastOfTheDecisionsExample() {
    // w* = 16.5/26.9 = 0.6134; printed 20,3
    assertThat(VnAqi.nowCast(EXAMPLE_A)).isCloseTo(20.266, within(0.0005));
  }

  @Test
  void nowCastWithAMissingHour() {
    // w* = 60/112; Σ w^(i-1) c_i / Σ w^(i-1) without the fourth hour
    double[] hours = {112, 105, 98, NaN, 87, 80, 76, 70, 66, 64, 61, 60};
    assertThat(VnAqi.nowCast(hours)).isCloseTo(105.366, within(0.0005));
    AirIndex index = AQI.hourly(new HourlyAir(VnAqi.nowCast(hours), NaN, NaN, NaN, NaN, NaN));
    assertThat(index.aqi()).hasValue(168);
    assertThat(index.category()).contains(AqiCategory.UNHEALTHY);
  }

  @Test
  void theBranchWithOneHalfIsNormalisedToo() {
    double[] hours = {90, NaN, 60, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN};
    // w* = 60/90 > 1/2: (90 + 60·4/9) / (1 + 4/9) = 80.769
    assertThat(VnAqi.nowCast(hours)).isCloseTo(80.769, within(0.0005));
    hours[11] = 45;
    // w* = 45/90 = 1/2: (90 + 60/4 + 45/2048) / (1 + 1/4 + 1/2048) = 83.98477
    assertThat(VnAqi.nowCast(hours)).isCloseTo(83.98477, within(0.00001));
    hours[11] = 4.5;
    // w* = 0.05 → 1/2: (90 + 15 + 4.5/2048) / (1.25 + 1/2048) = 83.96896
    assertThat(VnAqi.nowCast(hours)).isCloseTo(83.96896, within(0.00001));
  }

  @Test
  void withTwelveHoursTheNormalisedSumIsWhatTheTextPrints() {
    double[] hours = {100, 90, 80, 70, 60, 50, 40, 30, 20, 20, 20, 20}; // w* = 0.2 → 1/2
    double printed = 0;
    for (int i = 1; i <= 12; i++) {
      printed += Math.pow(0.5, i) * hours[i - 1];
    }
    assertThat(VnAqi.nowCast(hours)).isCloseTo(printed, within(printed * 0.00025));
  }

  @Test
  void nowCastNeedsTwoOfTheLatestThreeHours() {
    double[] hours = new double[12];
    Arrays.fill(hours, 30);
    hours[0] = NaN;
    assertThat(VnAqi.nowCast(hours)).isCloseTo(30, within(1e-12));
    hours[2] = NaN;
    assertThat(VnAqi.nowCast(hours)).isNaN();
    hours[0] = -5; // not a concentration: as good as missing
    assertThat(VnAqi.nowCast(hours)).isNaN();
    Arrays.fill(hours, NaN);
    assertThat(VnAqi.nowCast(hours)).isNaN();
  }

  @Test
  void nowCastOfCleanAirIsZeroAndNotANumberDividedByZero() {
    assertThat(VnAqi.nowCast(new double[12])).isEqualTo(0);
  }

  @Test
  void nowCastStaysBetweenTheLowestAndTheHighestHour() {
    Random random = new Random(12);
    for (int n = 0; n < 2_000; n++) {
      double[] hours = random.doubles(12, 0, 300).toArray();
      hours[3 + random.nextInt(9)] = NaN;
      double[] there = Arrays.stream(hours).filter(c -> !Double.isNaN(c)).toArray();
      assertThat(VnAqi.nowCast(hours))
          .isBetween(
              Arrays.stream(there).min().getAsDouble() - 1e-9,
              Arrays.stream(there).max().getAsDouble() + 1e-9);
    }
  }

  @Test
  void nowCastTakesTwelveHours() {
    assertThatThrownBy(() -> VnAqi.nowCast(new double[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 hours");
  }

  @Test
  void hourlyExampleOfTheDecision() {
    AirIndex index = AQI.hourly(new HourlyAir(20.3, NaN, 136.1, 118.7, NaN, NaN));
    assertThat(index.subIndices().get(Pollutant.O3)).isCloseTo(42.53, within(0.005));
    assertThat(index.subIndices().get(Pollutant.NO2)).isCloseTo(59.35, within(0.005));
    assertThat(index.subIndices().get(Pollutant.PM25)).isCloseTo(40.6, within(0.005));
    assertThat(index.subIndex(Pollutant.O3)).hasValue(43);
    assertThat(index.subIndex(Pollutant.PM25)).hasValue(41);
    // the decision prints 60, its arithmetic gives 59.35
    assertThat(index.aqi().getAsInt()).isCloseTo(60, within(1));
    assertThat(index.driver()).contains(Pollutant.NO2);
    assertThat(index.reason()).isEmpty();
  }

  @Test
  void dailyExampleOfTheDecision() {
    AirIndex index = AQI.daily(new DailyAir(55.7, NaN, 114.6, 89.3, 130.8, NaN, NaN));
    assertThat(AQI.subIndexO3Over8h(89.3)).isCloseTo(44.65, within(0.005));
    assertThat(AQI.subIndex(Pollutant.O3, 114.6)).isCloseTo(35.81, within(0.005));
    assertThat(index.subIndex(Pollutant.O3)).hasValue(45);
    assertThat(index.subIndex(Pollutant.NO2)).hasValue(65);
    assertThat(index.subIndex(Pollutant.PM25)).hasValue(110); // 109.5 on paper
    assertThat(index.aqi()).hasValue(110);
    assertThat(index.driver()).contains(Pollutant.PM25);
  }

  @Test
  void aboveTheEightHourTableOnlyTheOneHourMeanCounts() {
    AirIndex at = AQI.daily(new DailyAir(10, NaN, 300, 400, NaN, NaN, NaN));
    assertThat(at.subIndex(Pollutant.O3)).hasValue(300);
    AirIndex above = AQI.daily(new DailyAir(10, NaN, 420, 401, NaN, NaN, NaN));
    assertThat(above.subIndex(Pollutant.O3)).hasValue(205); // 200 + 100/400·20
  }

  @Test
  void withoutDustThereIsNoIndexButTheSubIndicesStay() {
    AirIndex index = AQI.hourly(new HourlyAir(NaN, NaN, 136.1, 118.7, NaN, NaN));
    assertThat(index.aqi()).isEmpty();
    assertThat(index.driver()).isEmpty();
    assertThat(index.category()).isEmpty();
    assertThat(index.reason()).contains(NoIndexReason.NO_PM);
    assertThat(index.subIndex(Pollutant.NO2)).hasValue(59);
    assertThat(AQI.hourly(new HourlyAir(NaN, 60, NaN, 118.7, NaN, NaN)).aqi()).hasValue(59);
  }

  @Test
  void withoutAnythingThereIsNoIndex() {
    assertThat(AQI.hourly(new HourlyAir(NaN, NaN, NaN, NaN, NaN, NaN)).reason())
        .contains(NoIndexReason.NO_DATA);
    assertThat(AQI.daily(new DailyAir(-1, NaN, NaN, NaN, NaN, NaN, NaN)).reason())
        .contains(NoIndexReason.NO_DATA);
  }

  @Test
  void equalSubIndicesAreDrivenByTheFirstPollutant() {
    assertThat(AQI.hourly(new HourlyAir(25, 50, 160, 100, 125, 10000)).driver())
        .contains(Pollutant.PM25);
    assertThat(AQI.hourly(new HourlyAir(NaN, 50, 160, 100, 125, 10000)).driver())
        .contains(Pollutant.PM10);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.4999, 0",
    "0.5, 1",
    "109.49999999999999, 110",
    "109.4999, 109",
    "500, 500"
  })
  void roundsHalfUp(double index, int rounded) {
    assertThat(Curve.rounded(index)).isEqualTo(rounded);
  }

  private static double[] reversed(double... hours) {
    double[] out = new double[hours.length];
    for (int i = 0; i < hours.length; i++) {
      out[i] = hours[hours.length - 1 - i];
    }
    return out;
  }
}
