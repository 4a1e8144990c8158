package vn.tnmt.lakehouse.transform.consolidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static vn.tnmt.lakehouse.transform.consolidate.Air.DAY;

import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

class AirQualityDailyTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void theDayRunsFromOneToMidnight() {
    // 18 hours at 30, 6 at 90: (18·30 + 6·90)/24 = 45 → 50 + 20/25·50 = 90; hours of other days do
    // not count
    Air air = new Air().hour(0, "PM2.5", 900).hour(25, "PM2.5", 900);
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
    Air air = new Air();
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
    Air air = new Air();
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
    Air air = new Air();
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
    Air air = new Air();
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
    Air enough = new Air();
    Air few = new Air();
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
    assertThat(day(few, new AirPolicy(5, 0.75, 6, 17)).<Integer>getAs("aqi")).isEqualTo(50);
  }

  @Test
  void withoutDustOrWithoutAnythingTheReasonSaysSo() {
    Air gas = new Air();
    for (int hour = 1; hour <= 24; hour++) {
      gas.hour(hour, "NO2", 10);
    }
    assertThat(day(gas).<String>getAs("no_index_reason")).isEqualTo("NO_PM");
    Row faults = day(new Air().slots(10, 12, "PM2.5", 30.0, "02"));
    assertThat(faults.<String>getAs("no_index_reason")).isEqualTo("NO_DATA");
    assertThat(faults.<Integer>getAs("hours_valid")).isEqualTo(0);
    Row minutes = day(new Air().slots(10, 3, "PM2.5", 30.0, "00"));
    assertThat(minutes.<String>getAs("no_index_reason")).isEqualTo("PM_INCOMPLETE");
  }

  @Test
  void aStationWithoutRowsHasNoDay() {
    assertThat(days(new Air(), AirPolicy.HOUSE, DAY)).isEmpty();
  }

  @Test
  void stationsAndDaysDoNotMix() {
    Air air = new Air();
    for (int hour = -23; hour <= 24; hour++) {
      for (int slot = 0; slot < 12; slot++) {
        var at = DAY.atStartOfDay().plusHours(hour).minusMinutes(5L * slot);
        air.of("01KK001", at, "PM2.5", hour <= 0 ? 25.0 : 50.0, "00");
        air.of("79KK001", at, "PM2.5", hour <= 0 ? 80.0 : 150.0, "00");
      }
    }
    Map<String, Row> days = days(air, AirPolicy.HOUSE, DAY.minusDays(1), DAY);
    assertThat(days)
        .hasEntrySatisfying("01KK001 2026-11-21", d -> assertThat(aqi(d)).isEqualTo(50))
        .hasEntrySatisfying("01KK001 2026-11-22", d -> assertThat(aqi(d)).isEqualTo(100))
        .hasEntrySatisfying("79KK001 2026-11-21", d -> assertThat(aqi(d)).isEqualTo(150))
        .hasEntrySatisfying("79KK001 2026-11-22", d -> assertThat(aqi(d)).isEqualTo(200))
        .hasSize(4);
    assertThat(days(air, AirPolicy.HOUSE, DAY))
        .containsOnlyKeys("01KK001 2026-11-22", "79KK001 2026-11-22");
  }

  @Test
  void columnsAreThoseOfTheNationalTable() {
    Dataset<Row> affected = Air.affected(LAKE.spark(), DAY);
    Dataset<Row> daily =
        AirQualityDaily.compute(hourly(new Air(), AirPolicy.HOUSE), affected, AirPolicy.HOUSE);
    assertThat(daily.schema().toDDL().replace(" NOT NULL", ""))
        .isEqualTo(
            "station_code STRING,province_code STRING,local_date DATE,aqi INT,driver STRING,"
                + "aqi_pm25 INT,aqi_pm10 INT,aqi_o3 INT,aqi_no2 INT,aqi_so2 INT,aqi_co INT,"
                + "pm25_24h DOUBLE,pm10_24h DOUBLE,o3_1h_max DOUBLE,o3_8h_max DOUBLE,"
                + "no2_1h_max DOUBLE,so2_1h_max DOUBLE,co_1h_max DOUBLE,"
                + "hours_valid INT,no_index_reason STRING");
  }

  private static int aqi(Row day) {
    return day.<Integer>getAs("aqi");
  }

  private static Row day(Air air) {
    return day(air, AirPolicy.HOUSE);
  }

  private static Row day(Air air, AirPolicy policy) {
    return days(air, policy, DAY).get("01KK001 2026-11-22");
  }

  private static Map<String, Row> days(Air air, AirPolicy policy, LocalDate... days) {
    return Air.by(
        AirQualityDaily.compute(hourly(air, policy), Air.affected(LAKE.spark(), days), policy),
        row -> row.get(0) + " " + row.get(2));
  }

  /** The hourly table with every day that the observations touch. */
  private static Dataset<Row> hourly(Air air, AirPolicy policy) {
    Dataset<Row> observations = air.observations(LAKE.spark());
    return AirQualityHourly.compute(
        observations,
        Air.stations(LAKE.spark()),
        AffectedDays.ofObservations(observations),
        policy);
  }
}
