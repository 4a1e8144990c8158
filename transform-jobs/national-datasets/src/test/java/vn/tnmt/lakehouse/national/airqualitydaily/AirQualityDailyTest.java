package vn.tnmt.lakehouse.national.airqualitydaily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static vn.tnmt.lakehouse.national.air.Air.DAY;

import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.national.air.Air;
import vn.tnmt.lakehouse.national.air.AirHours;
import vn.tnmt.lakehouse.national.air.Columns;
import vn.tnmt.lakehouse.national.air.StationDays;
import vn.tnmt.lakehouse.national.airqualityhourly.AirQualityHourly;
import vn.tnmt.lakehouse.national.airqualityhourly.HourCompleteness;

@Tag("slow")
class AirQualityDailyTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void theDayRunsFromOneToMidnight() {
    // 18 hours at 30, 6 at 90: (18·30 + 6·90)/24 = 45 → 50 + 20/25·50 = 90; hours of other days do
    // not count
    AirHours air = new AirHours().hour(0, "PM2.5", 900).hour(25, "PM2.5", 900);
    for (int hour = 1; hour <= 24; hour++) {
      air.hour(hour, "PM2.5", hour <= 18 ? 30 : 90);
    }
    Row day = day(air);
    assertThat(day.<Double>getAs("pm25_24h")).isCloseTo(45, within(1e-9));
    assertThat(day.<Integer>getAs("aqi_pm25")).isEqualTo(90);
    assertThat(day.<Integer>getAs("aqi")).isEqualTo(90);
    assertThat(day.<String>getAs("driver")).isEqualTo("PM2.5");
    assertThat(day.<Integer>getAs("hours_valid")).isEqualTo(24);
    assertThat(day.<String>getAs("province_code")).isEqualTo("01");
    assertThat(day.<String>getAs("no_index_reason")).isNull();
  }

  @Test
  void gasesCountWithTheirHighestHour() {
    AirHours air = new AirHours();
    for (int hour = 1; hour <= 24; hour++) {
      air.hour(hour, "PM10", 40)
          .hour(hour, "NO2", hour == 24 ? 450 : 50)
          .hour(hour, "SO2", hour == 1 ? 237.5 : 20)
          .hour(hour, "CO", 5_000);
    }
    Row day = day(air);
    assertThat(day.<Double>getAs("no2_1h_max")).isEqualTo(450);
    assertThat(day.<Integer>getAs("aqi_no2")).isEqualTo(125); // 100 + 50/500·250
    assertThat(day.<Integer>getAs("aqi_so2")).isEqualTo(75); // 50 + 50/225·112.5
    assertThat(day.<Integer>getAs("aqi_co")).isEqualTo(25);
    assertThat(day.<Integer>getAs("aqi_pm10")).isEqualTo(40);
    assertThat(day.<Integer>getAs("aqi")).isEqualTo(125);
    assertThat(day.<String>getAs("driver")).isEqualTo("NO2");
  }

  @Test
  void ozoneOverEightHoursReachesBackToTheEveningBefore() {
    // 18:00 … 24:00 of the day before at 120, the day at 40: at 01:00 (7·120 + 40)/8 = 110
    AirHours air = new AirHours();
    for (int hour = -6; hour <= 0; hour++) {
      air.hour(hour, "O3", 120);
    }
    for (int hour = 1; hour <= 24; hour++) {
      air.hour(hour, "O3", 40).hour(hour, "PM10", 10);
    }
    Row day = day(air);
    assertThat(day.<Double>getAs("o3_8h_max")).isCloseTo(110, within(1e-9));
    assertThat(day.<Double>getAs("o3_1h_max")).isEqualTo(40);
    assertThat(day.<Integer>getAs("aqi_o3")).isEqualTo(75); // 50 + 50/20·10, not 12.5 from 1 h
  }

  @Test
  void anEveningThatIsNotTheOneBeforeDoesNotCount() {
    AirHours air = new AirHours();
    for (int hour = -30; hour <= -24; hour++) {
      air.hour(hour, "O3", 120); // a day too early
    }
    for (int hour = 1; hour <= 24; hour++) {
      air.hour(hour, "O3", 40).hour(hour, "PM10", 10);
    }
    assertThat(day(air).<Double>getAs("o3_8h_max")).isEqualTo(40);
  }

  @Test
  void anEightHourMeanNeedsSixHours() {
    // O3 in all hours except 09:00 … 11:00; where 3 of 8 are missing there is no mean
    AirHours air = new AirHours();
    for (int hour = -6; hour <= 24; hour++) {
      if (hour < 9 || hour > 11) {
        air.hour(hour, "O3", hour >= 12 && hour <= 16 ? 200 : 40);
      }
      air.hour(hour, "PM10", 10);
    }
    // means that hold 12:00 … 16:00: at 16:00 (09–16) five hours only: none;
    // at 17:00 (10–17) six: (5·200 + 40)/6 = 173.33
    Row day = day(air);
    assertThat(day.<Double>getAs("o3_8h_max")).isCloseTo(1040.0 / 6, within(1e-9));
    assertThat(day.<Integer>getAs("hours_valid")).isEqualTo(24);
  }

  @Test
  void aDayNeedsEighteenHours() {
    AirHours enough = new AirHours();
    AirHours few = new AirHours();
    for (int hour = 1; hour <= 18; hour++) {
      enough.hour(hour, "PM2.5", 25).hour(hour, "NO2", 10);
      if (hour > 1) {
        few.hour(hour, "PM2.5", 25);
      }
      few.hour(hour, "NO2", 10);
    }
    assertThat(day(enough).<Integer>getAs("aqi")).isEqualTo(50);
    assertThat(day(enough).<Integer>getAs("hours_valid")).isEqualTo(18);
    Row day = day(few);
    assertThat(day.isNullAt(day.fieldIndex("aqi"))).isTrue();
    assertThat(day.isNullAt(day.fieldIndex("pm25_24h"))).isTrue();
    assertThat(day.<Integer>getAs("aqi_no2")).isEqualTo(5);
    assertThat(day.<String>getAs("no_index_reason")).isEqualTo("PM_INCOMPLETE");
    assertThat(day(few, new DayCompleteness(6, 17)).<Integer>getAs("aqi")).isEqualTo(50);
  }

  /** Ten hours of NO2, the highest 450: a whole day's can only be higher. */
  @Test
  void aHighestValueOfFewHoursIsPublishedAndMarked() {
    AirHours air = new AirHours();
    for (int hour = 1; hour <= 24; hour++) {
      air.hour(hour, "PM10", 40);
      if (hour <= 10) {
        air.hour(hour, "NO2", hour == 3 ? 450 : 50).hour(hour, "O3", 100);
      }
      air.hour(hour, "SO2", 20);
    }
    Row day = day(air.flawed(20, "CO", 2).flawed(21, "CO", 3).flawed(25, "PM10", 7));
    assertThat(day.<Double>getAs("no2_1h_max")).isEqualTo(450);
    assertThat(day.<Double>getAs("o3_1h_max")).isEqualTo(100);
    assertThat(day.<Double>getAs("o3_8h_max"))
        .isEqualTo(100); // 01:00–10:00 hold means of 6 and more
    assertThat(day.<Integer>getAs("aqi")).isEqualTo(125); // 100 + 50/500·250
    assertThat(day.<String>getAs("driver")).isEqualTo("NO2");
    assertThat(day.<String>getAs("incomplete")).isEqualTo("O3, NO2, CO");
    assertThat(day.<Integer>getAs("quarantined")).isEqualTo(5);
  }

  @Test
  void aDayOfAllItsHoursIsNotMarked() {
    AirHours air = new AirHours();
    for (int hour = 1; hour <= 18; hour++) {
      air.hour(hour, "PM10", 40);
    }
    Row day = day(air);
    assertThat(day.<String>getAs("incomplete")).isNull();
    assertThat(day.<Integer>getAs("quarantined")).isZero();
  }

  @Test
  void withoutDustOrWithoutAnythingTheReasonSaysSo() {
    AirHours gas = new AirHours();
    for (int hour = 1; hour <= 24; hour++) {
      gas.hour(hour, "NO2", 10);
    }
    assertThat(day(gas).<String>getAs("no_index_reason")).isEqualTo("NO_PM");
    Row faults = day(new AirHours().empty(10, "NO_DATA"));
    assertThat(faults.<String>getAs("no_index_reason")).isEqualTo("NO_DATA");
    assertThat(faults.<Integer>getAs("hours_valid")).isEqualTo(0);
    assertThat(day(new AirHours().empty(10, "PM_INCOMPLETE")).<String>getAs("no_index_reason"))
        .isEqualTo("PM_INCOMPLETE");
  }

  @Test
  void fromObservationsToTheDay() {
    Air air = new Air();
    for (int hour = 1; hour <= 18; hour++) {
      air.hour(hour, "PM2.5", 25);
    }
    Dataset<Row> observations = air.observations(LAKE.spark());
    Dataset<Row> affected = StationDays.ofObservations(observations);
    Dataset<Row> hourly =
        AirQualityHourly.compute(
            observations,
            air.quarantine(LAKE.spark()),
            Air.stations(LAKE.spark()),
            affected,
            HourCompleteness.HOUSE);
    Map<String, Row> days =
        Air.by(
            AirQualityDaily.compute(hourly, affected, DayCompleteness.HOUSE),
            row -> row.get(0) + " " + row.get(2));
    assertThat(days).containsOnlyKeys("01KK001 2026-11-22");
    assertThat(aqi(days.get("01KK001 2026-11-22"))).isEqualTo(50);
  }

  @Test
  void aStationWithoutRowsHasNoDay() {
    assertThat(days(new AirHours(), DayCompleteness.HOUSE, DAY)).isEmpty();
  }

  @Test
  void stationsAndDaysDoNotMix() {
    AirHours air = new AirHours();
    for (int hour = -23; hour <= 24; hour++) {
      air.hour("01KK001", hour, "PM2.5", hour <= 0 ? 25 : 50);
      air.hour("79KK001", hour, "PM2.5", hour <= 0 ? 80 : 150);
    }
    Map<String, Row> days = days(air, DayCompleteness.HOUSE, DAY.minusDays(1), DAY);
    assertThat(days)
        .hasEntrySatisfying("01KK001 2026-11-21", d -> assertThat(aqi(d)).isEqualTo(50))
        .hasEntrySatisfying("01KK001 2026-11-22", d -> assertThat(aqi(d)).isEqualTo(100))
        .hasEntrySatisfying("79KK001 2026-11-21", d -> assertThat(aqi(d)).isEqualTo(150))
        .hasEntrySatisfying("79KK001 2026-11-22", d -> assertThat(aqi(d)).isEqualTo(200))
        .hasSize(4);
    assertThat(days(air, DayCompleteness.HOUSE, DAY))
        .containsOnlyKeys("01KK001 2026-11-22", "79KK001 2026-11-22");
  }

  @Test
  void columnsAreThoseOfTheContract() {
    assertThat(
            Columns.of(
                AirQualityDaily.compute(
                    new AirHours().table(LAKE.spark()),
                    Air.affected(LAKE.spark(), DAY),
                    DayCompleteness.HOUSE)))
        .isEqualTo(Columns.ofContract("national.air_quality_daily"));
  }

  private static int aqi(Row day) {
    return day.<Integer>getAs("aqi");
  }

  private static Row day(AirHours air) {
    return day(air, DayCompleteness.HOUSE);
  }

  private static Row day(AirHours air, DayCompleteness policy) {
    return days(air, policy, DAY).get("01KK001 2026-11-22");
  }

  private static Map<String, Row> days(AirHours air, DayCompleteness policy, LocalDate... days) {
    return Air.by(
        AirQualityDaily.compute(air.table(LAKE.spark()), Air.affected(LAKE.spark(), days), policy),
        row -> row.get(0) + " " + row.get(2));
  }
}
