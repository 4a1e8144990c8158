package vn.tnmt.lakehouse.national.consolidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.national.consolidate.AffectedDays.Range;

class AffectedDaysTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void aMeasurementTouchesItsDayAndTheNextOneWhenNowCastReachesIt() {
    // 12:30 is in hour 13, seen by the hours up to 24; 13:30 is in hour 14, seen by 01:00 of the
    // next day
    assertThat(affected("2026-11-22T12:30:00+07:00")).containsExactly("S 2026-11-22");
    assertThat(affected("2026-11-22T13:00:00+07:00")).containsExactly("S 2026-11-22");
    assertThat(affected("2026-11-22T13:00:01+07:00"))
        .containsExactly("S 2026-11-22", "S 2026-11-23");
    assertThat(affected("2026-11-22T23:55:00+07:00"))
        .containsExactly("S 2026-11-22", "S 2026-11-23");
  }

  @Test
  void midnightBelongsToTheDayBefore() {
    assertThat(affected("2026-11-22T00:00:00+07:00"))
        .containsExactly("S 2026-11-21", "S 2026-11-22");
    assertThat(affected("2026-11-22T00:00:01+07:00")).containsExactly("S 2026-11-22");
    assertThat(affected("2025-01-01T00:00:00+07:00"))
        .containsExactly("S 2024-12-31", "S 2025-01-01");
  }

  @Test
  void manyMeasurementsMakeOneRowPerDay() {
    assertThat(
            affected(
                "2026-11-22T01:00:00+07:00",
                "2026-11-22T01:05:00+07:00",
                "2026-11-22T09:05:00+07:00"))
        .containsExactly("S 2026-11-22");
    assertThat(affected()).isEmpty();
  }

  @Test
  void datesAreSortedAndDistinct() {
    Dataset<Row> affected =
        AffectedDays.ofObservations(
            observations("2026-11-22T13:30:00+07:00", "2026-10-01T08:00:00+07:00"));
    assertThat(AffectedDays.dates(affected))
        .containsExactly(
            LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 23));
  }

  @Test
  void neighbouringDatesBecomeOneRange() {
    LocalDate d = LocalDate.of(2026, 11, 22);
    assertThat(AffectedDays.ranges(List.of(d.plusDays(1), d, d.plusDays(9)), 1, 1))
        .containsExactly(
            new Range(d.minusDays(1), d.plusDays(2)), new Range(d.plusDays(8), d.plusDays(10)));
    assertThat(AffectedDays.ranges(List.of(d, d.plusDays(3)), 1, 1))
        .containsExactly(new Range(d.minusDays(1), d.plusDays(4)));
    assertThat(AffectedDays.ranges(List.of(d, d.plusDays(2)), 0, 0)).hasSize(2);
    assertThat(AffectedDays.ranges(List.of(), 1, 1)).isEmpty();
  }

  @Test
  void nearFiltersADateColumn() {
    Dataset<Row> days =
        LAKE.spark()
            .range(20)
            .selectExpr("date_add(DATE'2026-11-10', CAST(id AS INT)) AS observed_on");
    List<LocalDate> dates = List.of(LocalDate.of(2026, 11, 12), LocalDate.of(2026, 11, 20));
    assertThat(
            days.where(AffectedDays.near("observed_on", dates, 1, 1))
                .selectExpr("day(observed_on)")
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(11, 12, 13, 19, 20, 21);
    assertThat(days.where(AffectedDays.near("observed_on", List.of(), 1, 1)).isEmpty()).isTrue();
  }

  @Test
  void hoursInJavaAndInSparkAgree() {
    List<Row> rows =
        LAKE.spark()
            .range(480_000, 480_100)
            .select(
                org.apache.spark.sql.functions.col("id"),
                Hours.ofDay("id"),
                Hours.date("id", 0),
                Hours.instant("id"))
            .collectAsList();
    for (Row row : rows) {
      long hour = row.getLong(0);
      assertThat(row.getLong(1)).isEqualTo(Hours.ofDay(hour));
      assertThat(row.getDate(2).toLocalDate()).isEqualTo(LocalDate.ofEpochDay(Hours.day(hour)));
      assertThat(row.getTimestamp(3).toInstant()).isEqualTo(Instant.ofEpochSecond(hour * 3600));
    }
    // 2026-11-23 01:00 +07 = 2026-11-22 18:00 UTC
    long one = Instant.parse("2026-11-22T18:00:00Z").getEpochSecond() / 3600;
    assertThat(Hours.ofDay(one)).isEqualTo(1);
    assertThat(Hours.day(one)).isEqualTo(LocalDate.of(2026, 11, 23).toEpochDay());
    assertThat(Hours.ofDay(one + 23)).isEqualTo(24);
    assertThat(Hours.day(one + 23)).isEqualTo(LocalDate.of(2026, 11, 23).toEpochDay());
  }

  @Test
  void policiesThatMakeNoSenseAreRefused() {
    assertThat(AirPolicy.HOUSE.fewestSlots()).isEqualTo(9);
    assertThat(new AirPolicy(1, 0.75, 6, 18).fewestSlots()).isEqualTo(45);
    assertThat(new AirPolicy(5, 0.76, 6, 18).fewestSlots()).isEqualTo(10);
    assertThatThrownBy(() -> new AirPolicy(7, 0.75, 6, 18)).hasMessageContaining("7");
    assertThatThrownBy(() -> new AirPolicy(5, 75, 6, 18)).hasMessageContaining("75");
    assertThatThrownBy(() -> new AirPolicy(5, Double.NaN, 6, 18)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new AirPolicy(5, 0.75, 9, 18)).hasMessageContaining("9");
    assertThatThrownBy(() -> new AirPolicy(5, 0.75, 6, 0)).hasMessageContaining("0");
  }

  private static List<String> affected(String... measuredAt) {
    return AffectedDays.ofObservations(observations(measuredAt)).collectAsList().stream()
        .map(row -> row.get(0) + " " + row.get(1))
        .sorted()
        .toList();
  }

  private static Dataset<Row> observations(String... measuredAt) {
    return LAKE.spark()
        .createDataFrame(
            Stream.of(measuredAt)
                .map(
                    at ->
                        RowFactory.create(
                            "S", Timestamp.from(OffsetDateTime.parse(at).toInstant())))
                .toList(),
            new StructType()
                .add("station_code", DataTypes.StringType)
                .add("measured_at", DataTypes.TimestampType));
  }
}
