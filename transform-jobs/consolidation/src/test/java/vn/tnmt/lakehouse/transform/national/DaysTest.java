package vn.tnmt.lakehouse.transform.national;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.transform.national.Days.Range;

@Tag("slow")
class DaysTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void neighbouringDatesBecomeOneRange() {
    LocalDate d = LocalDate.of(2026, 11, 22);
    assertThat(Days.ranges(List.of(d.plusDays(1), d, d.plusDays(9)), 1, 1))
        .containsExactly(
            new Range(d.minusDays(1), d.plusDays(2)), new Range(d.plusDays(8), d.plusDays(10)));
    assertThat(Days.ranges(List.of(d, d.plusDays(3)), 1, 1))
        .containsExactly(new Range(d.minusDays(1), d.plusDays(4)));
    assertThat(Days.ranges(List.of(d, d.plusDays(2)), 0, 0)).hasSize(2);
    assertThat(Days.ranges(List.of(), 1, 1)).isEmpty();
  }

  @Test
  void nearFiltersADateColumn() {
    Dataset<Row> days =
        LAKE.spark()
            .range(20)
            .selectExpr("date_add(DATE'2026-11-10', CAST(id AS INT)) AS observed_on");
    List<LocalDate> dates = List.of(LocalDate.of(2026, 11, 12), LocalDate.of(2026, 11, 20));
    assertThat(
            days.where(Days.near("observed_on", dates, 1, 1))
                .selectExpr("day(observed_on)")
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(11, 12, 13, 19, 20, 21);
    assertThat(days.where(Days.near("observed_on", List.of(), 1, 1)).isEmpty()).isTrue();
  }

  /** 300 days, every third: 300 ranges are too many to plan, one over all of them is not. */
  @Test
  void manyRangesBecomeOne() {
    LocalDate d = LocalDate.of(2026, 1, 1);
    List<LocalDate> dates = IntStream.range(0, 300).mapToObj(i -> d.plusDays(3L * i)).toList();
    assertThat(Days.near("observed_on", dates, 0, 0).toString()).doesNotContain("2026-01-04");
  }

  @Test
  void datesAreSortedAndDistinct() {
    Dataset<Row> units =
        LAKE.spark()
            .sql(
                "select * from values (date '2026-11-22'), (date '2026-10-01'), (date '2026-11-22'),"
                    + " (null) as t(day)");
    assertThat(Days.of(units, "day"))
        .containsExactly(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 22));
  }
}
