package vn.tnmt.lakehouse.national.air;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

@Tag("slow")
class StationDaysTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void aMeasurementTouchesItsDayAndTheNextOne() {
    // in the morning, too: it may tell how often the station measures, and with that whether the
    // hours of the evening count, which the next day's NowCast looks at
    assertThat(affected("2026-11-22T00:00:01+07:00"))
        .containsExactly("S 2026-11-22", "S 2026-11-23");
    assertThat(affected("2026-11-22T23:55:00+07:00"))
        .containsExactly("S 2026-11-22", "S 2026-11-23");
  }

  @Test
  void midnightBelongsToTheDayBefore() {
    assertThat(affected("2026-11-22T00:00:00+07:00"))
        .containsExactly("S 2026-11-21", "S 2026-11-22");
    assertThat(affected("2025-01-01T00:00:00+07:00"))
        .containsExactly("S 2024-12-31", "S 2025-01-01");
  }

  @Test
  void manyMeasurementsMakeOneRowPerDayAndOneOfTheNext() {
    assertThat(
            affected(
                "2026-11-22T01:00:00+07:00",
                "2026-11-22T01:05:00+07:00",
                "2026-11-22T09:05:00+07:00"))
        .containsExactly("S 2026-11-22", "S 2026-11-23");
    assertThat(affected()).isEmpty();
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

  private static List<String> affected(String... measuredAt) {
    return StationDays.ofObservations(observations(measuredAt)).collectAsList().stream()
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
