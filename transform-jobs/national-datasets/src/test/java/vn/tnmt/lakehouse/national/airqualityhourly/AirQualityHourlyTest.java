package vn.tnmt.lakehouse.national.airqualityhourly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static vn.tnmt.lakehouse.national.air.Air.DAY;

import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.national.air.Air;
import vn.tnmt.lakehouse.national.air.Columns;
import vn.tnmt.lakehouse.national.air.StationDays;
import vn.tnmt.lakehouse.transform.national.Days;

@Tag("slow")
class AirQualityHourlyTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void theExampleOfTheDecision() {
    // §2.3a: hours 09:00 … 20:00; §2.3b for the gases
    double[] pm25 = {26.9, 24.7, 20.5, 23.5, 19.5, 16.5, 19.0, 16.5, 20.3, 22.4, 19.6, 20.6};
    Air air = new Air();
    for (int i = 0; i < pm25.length; i++) {
      air.hour(9 + i, "PM2.5", pm25[i]);
    }
    air.hour(20, "O3", 136.1).hour(20, "NO2", 118.7);

    Row row = hours(air).get("2026-11-22T20:00");

    assertThat(row.<Double>getAs("nowcast_pm25")).isCloseTo(20.266, within(0.0005));
    assertThat(row.<Double>getAs("conc_pm25")).isEqualTo(20.6);
    assertThat(row.<Integer>getAs("aqi_o3")).isEqualTo(43);
    assertThat(row.<Integer>getAs("aqi_pm25")).isEqualTo(41);
    assertThat(row.<Integer>getAs("aqi")).isEqualTo(59); // printed 60; 118.7/200·… is 59.35
    assertThat(row.<String>getAs("driver")).isEqualTo("NO2");
    assertThat(row.<Integer>getAs("minutes_valid")).isEqualTo(60);
    assertThat(row.<String>getAs("no_index_reason")).isNull();
    assertThat(row.<String>getAs("province_code")).isEqualTo("01");
    assertThat(row.<Date>getAs("local_date")).isEqualTo(Date.valueOf(DAY));
    assertThat(row.isNullAt(row.fieldIndex("conc_co"))).isTrue();
  }

  @Test
  void nowCastWithAMissingHour() {
    // c1 … c12 at 12:00 … 01:00, the fourth missing: 105.366 → 168
    double[] c = {112, 105, 98, Double.NaN, 87, 80, 76, 70, 66, 64, 61, 60};
    Air air = new Air();
    for (int i = 0; i < c.length; i++) {
      if (!Double.isNaN(c[i])) {
        air.hour(12 - i, "PM2.5", c[i]);
      }
    }
    Row row = hours(air).get("2026-11-22T12:00");
    assertThat(row.<Double>getAs("nowcast_pm25")).isCloseTo(105.366, within(0.0005));
    assertThat(row.<Integer>getAs("aqi")).isEqualTo(168);
  }

  @Test
  void anHourHoldsItsEndAndNotItsBeginning() {
    Air air =
        new Air()
            .at(DAY.atTime(8, 0), "CO", 1.0, "00")
            .at(DAY.atTime(8, 0, 1), "CO", 2.0, "00")
            .at(DAY.atTime(9, 0), "CO", 4.0, "00")
            .at(DAY.plusDays(1).atStartOfDay(), "CO", 8.0, "00")
            .at(DAY.plusDays(1).atTime(0, 5), "CO", 16.0, "00");
    Map<String, Row> hours = hours(air, new HourCompleteness(5, 0.01));
    assertThat(hours).containsOnlyKeys("2026-11-22T08:00", "2026-11-22T09:00", "2026-11-23T00:00");
    assertThat(hours.get("2026-11-22T08:00").<Double>getAs("conc_co")).isEqualTo(1);
    assertThat(hours.get("2026-11-22T09:00").<Double>getAs("conc_co")).isEqualTo(3);
    assertThat(hours.get("2026-11-23T00:00").<Double>getAs("conc_co")).isEqualTo(8);
    assertThat(hours.get("2026-11-23T00:00").<Date>getAs("local_date"))
        .isEqualTo(Date.valueOf(DAY));
  }

  @Test
  void anHourNeedsNineOfItsTwelveIntervals() {
    Air air =
        new Air()
            .slots(10, 9, "PM10", 60.0, "00")
            .slots(11, 9, "PM10", 60.0, "00")
            .slots(12, 8, "PM10", 60.0, "00")
            .slots(12, 12, "SO2", 125.0, "00");
    Map<String, Row> hours = hours(air);
    Row eleven = hours.get("2026-11-22T11:00");
    assertThat(eleven.<Integer>getAs("aqi")).isEqualTo(55); // 50 + 50/100·10
    assertThat(eleven.<Integer>getAs("minutes_valid")).isEqualTo(45);
    Row twelve = hours.get("2026-11-22T12:00");
    assertThat(twelve.isNullAt(twelve.fieldIndex("conc_pm10"))).isTrue();
    assertThat(twelve.<Integer>getAs("aqi_pm10")).isEqualTo(55); // c2 and c3 are there
    assertThat(twelve.<Integer>getAs("minutes_valid")).isEqualTo(60);
    assertThat(twelve.<String>getAs("incomplete")).isEqualTo("PM10");
    assertThat(eleven.<String>getAs("incomplete")).isNull();
    Row ten = hours.get("2026-11-22T10:00");
    assertThat(ten.isNullAt(ten.fieldIndex("aqi"))).isTrue();
    assertThat(ten.<String>getAs("no_index_reason")).isEqualTo("PM_INCOMPLETE");
  }

  @Test
  void severalValuesInOneIntervalCoverItOnce() {
    Air air = new Air();
    for (int minute = 1; minute <= 40; minute++) {
      air.at(DAY.atTime(9, minute), "NO2", 100.0, "00");
    }
    Row row = hours(air).get("2026-11-22T10:00");
    assertThat(row.<Integer>getAs("minutes_valid")).isEqualTo(40);
    assertThat(row.isNullAt(row.fieldIndex("conc_no2"))).isTrue();
    Row lenient = hours(air, new HourCompleteness(5, 0.5)).get("2026-11-22T10:00");
    assertThat(lenient.<Double>getAs("conc_no2")).isEqualTo(100);
    assertThat(lenient.<String>getAs("no_index_reason")).isEqualTo("NO_PM");
  }

  @Test
  void aStationThatMeasuresEveryQuarterOfAnHour() {
    Air air =
        new Air()
            .at(DAY.atTime(9, 15), "PM10", 40.0, "00")
            .at(DAY.atTime(9, 30), "PM10", 50.0, "00")
            .at(DAY.atTime(10, 0), "PM10", 60.0, "00");
    Row row = hours(air, new HourCompleteness(15, 0.75)).get("2026-11-22T10:00");
    assertThat(row.<Double>getAs("conc_pm10")).isEqualTo(50);
    assertThat(row.<Integer>getAs("minutes_valid")).isEqualTo(45);
  }

  /** 01KK001 sends every 15 minutes for some hours: its values tell. The setting says 5. */
  @Test
  void theDaysValuesTellHowOftenAStationMeasures() {
    Air air = new Air();
    for (int quarter = 1; quarter <= 16; quarter++) { // 08:15 … 12:00
      air.at(DAY.atTime(8, 0).plusMinutes(15L * quarter), "PM10", 50.0, "00");
      air.at(DAY.atTime(8, 0).plusMinutes(15L * quarter), "NO2", 20.0, quarter == 1 ? "02" : "00");
    }
    // CO is measured every hour
    for (int hour = 9; hour <= 12; hour++) {
      air.at(DAY.atTime(hour, 0), "CO", 300.0, "00");
    }
    Map<String, Row> hours = hours(air);
    Row nine = hours.get("2026-11-22T09:00");
    assertThat(nine.<Double>getAs("conc_pm10")).isEqualTo(50);
    assertThat(nine.<Double>getAs("conc_no2")).as("three of four").isEqualTo(20);
    assertThat(nine.<Double>getAs("conc_co")).isEqualTo(300);
    assertThat(nine.<Integer>getAs("minutes_valid")).isEqualTo(60);
    assertThat(hours.get("2026-11-22T10:00").<Integer>getAs("aqi")).isEqualTo(50); // PM10 50
  }

  @Test
  void theRegisterSaysItBeforeTheValuesDo() {
    Air air = new Air();
    // every half hour, of a station that the register has with 15 minutes: half of the hour
    for (int half = 1; half <= 10; half++) {
      air.of("96KK001", DAY.atTime(8, 0).plusMinutes(30L * half), "PM10", 50.0, "00");
    }
    Row nine = hours(air).get("2026-11-22T09:00");
    assertThat(nine.<Integer>getAs("minutes_valid")).isEqualTo(30);
    assertThat(nine.isNullAt(nine.fieldIndex("conc_pm10"))).isTrue();
    assertThat(nine.<String>getAs("incomplete")).isEqualTo("PM10");
  }

  @Test
  void fewAndScatteredValuesTellNothing() {
    Air air = new Air();
    for (int minute : new int[] {10, 30, 50}) { // two equal gaps are chance
      air.at(DAY.atTime(8, minute), "PM10", 50.0, "00");
    }
    assertThat(hours(air).get("2026-11-22T09:00").<Integer>getAs("minutes_valid")).isEqualTo(15);
  }

  @Test
  void whatIsQuarantinedLeavesAMark() {
    Air air =
        new Air()
            .slots(10, 9, "PM10", 60.0, "00")
            .quarantined(DAY.atTime(9, 5), "PM10")
            .quarantined(DAY.atTime(9, 10), "PM10")
            .quarantined(DAY.atTime(9, 10), "NO2")
            // accepted since
            .quarantined(DAY.atTime(9, 30), "PM10")
            .quarantined(DAY.atTime(9, 30), "Temp")
            // an hour of nothing else
            .quarantined(DAY.plusDays(1).atStartOfDay(), "CO");
    Map<String, Row> hours = hours(air);
    assertThat(hours).containsOnlyKeys("2026-11-22T10:00", "2026-11-23T00:00");
    Row ten = hours.get("2026-11-22T10:00");
    assertThat(ten.<Integer>getAs("quarantined")).isEqualTo(3);
    assertThat(ten.<String>getAs("incomplete")).isEqualTo("NO2");
    Row midnight = hours.get("2026-11-23T00:00");
    assertThat(midnight.<Integer>getAs("quarantined")).isEqualTo(1);
    assertThat(midnight.<Integer>getAs("minutes_valid")).isZero();
    assertThat(midnight.<String>getAs("no_index_reason")).isEqualTo("NO_DATA");
  }

  @Test
  void faultsAndImpossibleValuesNeverCount() {
    Air air =
        new Air()
            .slots(10, 9, "PM2.5", 30.0, "00")
            .at(DAY.atTime(9, 1), "PM2.5", 900.0, "01")
            .at(DAY.atTime(9, 2), "PM2.5", 900.0, "02")
            .at(DAY.atTime(9, 3), "PM2.5", -9999.0, "00")
            .at(DAY.atTime(9, 4), "PM2.5", Double.NaN, "00")
            .at(DAY.atTime(9, 6), "PM2.5", Double.POSITIVE_INFINITY, "00")
            .at(DAY.atTime(9, 7), "PM2.5", null, "00")
            .at(DAY.atTime(9, 8), "PM2.5", 900.0, null)
            .at(DAY.atTime(9, 9), "PM2.5", 1e300, "00");
    Row row = hours(air).get("2026-11-22T10:00");
    assertThat(row.<Double>getAs("conc_pm25")).isEqualTo(30);
    assertThat(row.<Integer>getAs("minutes_valid")).isEqualTo(45);
  }

  @Test
  void anHourOfFaultsIsARowWithoutIndex() {
    Row row = hours(new Air().slots(10, 12, "PM2.5", 30.0, "02")).get("2026-11-22T10:00");
    assertThat(row.isNullAt(row.fieldIndex("aqi"))).isTrue();
    assertThat(row.isNullAt(row.fieldIndex("driver"))).isTrue();
    assertThat(row.<Integer>getAs("minutes_valid")).isEqualTo(0);
    assertThat(row.<String>getAs("no_index_reason")).isEqualTo("NO_DATA");
  }

  @Test
  void otherParametersAndOtherKindsOfStationsTakeNoPart() {
    Air air =
        new Air()
            .hour(10, "Temp", 25)
            .of("01NM001", DAY.atTime(9, 30), "PM2.5", 20.0, "00")
            .of("unknown", DAY.atTime(9, 30), "PM2.5", 20.0, "00");
    assertThat(hours(air)).isEmpty();
    assertThat(hours(new Air())).isEmpty();
  }

  @Test
  void theEveningBeforeFeedsNowCastButMakesNoRows() {
    // 23:00 and 24:00 of the day before at 80, 01:00 at 40: w* = 1/2, (40 + 80/2 + 80/4)/(7/4) =
    // 57.142857
    Air air = new Air().hour(-1, "PM10", 80).hour(0, "PM10", 80).hour(1, "PM10", 40);
    Map<String, Row> hours = hours(air);
    assertThat(hours).containsOnlyKeys("2026-11-22T01:00");
    assertThat(hours.get("2026-11-22T01:00").<Double>getAs("nowcast_pm10"))
        .isCloseTo(57.142857, within(1e-6));
  }

  /** What the night computes for the touched days equals what computing everything gives. */
  @Test
  void incrementalEqualsFull() {
    Air air = new Air();
    for (int hour = -30; hour <= 60; hour++) {
      if (hour % 7 != 0) {
        air.hour(hour, "PM2.5", 20 + (hour * 37 % 50 + 50) % 50).hour(hour, "O3", 100 + hour);
      }
    }
    Dataset<Row> observations = air.observations(LAKE.spark());
    Dataset<Row> full =
        compute(observations, StationDays.ofObservations(observations), HourCompleteness.HOUSE);
    Dataset<Row> late = observations.where("measured_at = TIMESTAMP'2026-11-22 15:55:00+07:00'");
    Dataset<Row> affected = StationDays.ofObservations(late);
    List<java.time.LocalDate> dates = Days.of(affected, "local_date");
    Dataset<Row> some =
        compute(
            observations.where(Days.near("observed_on", dates, 1, 1)),
            affected,
            HourCompleteness.HOUSE);

    assertThat(dates).containsExactly(DAY, DAY.plusDays(1));
    assertThat(Air.byHour(some))
        .isEqualTo(
            Air.byHour(full.where("local_date BETWEEN DATE'2026-11-22' AND DATE'2026-11-23'")))
        .hasSizeGreaterThan(35);
  }

  @Test
  void theOrderAndPartitioningOfRowsChangeNothing() {
    Air air = new Air();
    for (int i = 0; i < 288; i++) {
      air.at(DAY.atStartOfDay().plusMinutes(5L * i), "PM2.5", 10 + (i * 7919 % 1000) / 37.0, "00");
    }
    Dataset<Row> observations = air.observations(LAKE.spark());
    Dataset<Row> affected = Air.affected(LAKE.spark(), DAY);
    Map<String, Row> one =
        Air.byHour(compute(observations.coalesce(1), affected, HourCompleteness.HOUSE));
    Map<String, Row> other =
        Air.byHour(
            compute(
                observations.repartition(7).orderBy(org.apache.spark.sql.functions.rand(3)),
                affected,
                HourCompleteness.HOUSE));
    assertThat(new TreeMap<>(one)).isEqualTo(new TreeMap<>(other)).hasSize(24);
  }

  @Test
  void columnsAreThoseOfTheContract() {
    assertThat(
            Columns.of(
                compute(
                    new Air().observations(LAKE.spark()),
                    Air.affected(LAKE.spark(), DAY),
                    HourCompleteness.HOUSE)))
        .isEqualTo(Columns.ofContract("national.air_quality_hourly"));
  }

  private static Map<String, Row> hours(Air air) {
    return hours(air, HourCompleteness.HOUSE);
  }

  private static Map<String, Row> hours(Air air, HourCompleteness policy) {
    return Air.byHour(
        AirQualityHourly.compute(
            air.observations(LAKE.spark()),
            air.quarantine(LAKE.spark()),
            Air.stations(LAKE.spark()),
            Air.affected(LAKE.spark(), DAY),
            policy));
  }

  private static Dataset<Row> compute(
      Dataset<Row> observations, Dataset<Row> affected, HourCompleteness policy) {
    return AirQualityHourly.compute(
        observations,
        new Air().quarantine(LAKE.spark()),
        Air.stations(LAKE.spark()),
        affected,
        policy);
  }
}
