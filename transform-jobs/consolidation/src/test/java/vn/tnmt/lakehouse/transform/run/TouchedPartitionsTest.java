package vn.tnmt.lakehouse.transform.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

class TouchedPartitionsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  /** Partitioned by months(local_date). */
  private static final Contract DAILY = Contracts.bundled().contract("national.air_quality_daily");

  private static String touched(String rows) {
    return TouchedPartitions.of(
            DAILY,
            LAKE.spark().sql(rows),
            column -> org.apache.spark.sql.functions.col(column),
            List.of("local_date"))
        .sql("t.");
  }

  @Test
  void aFewValuesAreListedAndManyAreARange() {
    assertThat(
            touched(
                "select * from values (date '2026-03-15'), (date '2026-03-14'), (date '2026-03-15')"
                    + " as t(local_date)"))
        .isEqualTo("t.local_date IN (DATE '2026-03-14', DATE '2026-03-15')");
    assertThat(
            touched("select explode(sequence(date '2026-01-01', date '2026-04-10')) as local_date"))
        .isEqualTo("t.local_date BETWEEN DATE '2026-01-01' AND DATE '2026-04-10'");
  }

  /** A standing row without a value must be met, or a second one would be inserted beside it. */
  @Test
  void rowsWithoutAValueAreMet() {
    assertThat(touched("select * from values (date '2026-03-14'), (null) as t(local_date)"))
        .isEqualTo("(t.local_date IN (DATE '2026-03-14') OR t.local_date IS NULL)");
    assertThat(touched("select cast(null as date) as local_date"))
        .isEqualTo("t.local_date IS NULL");
    assertThat(touched("select date '2026-03-14' as local_date where false")).isEqualTo("false");
  }

  @Test
  void partitionsByColumnsThatAreNotKnownAreNotBounded() {
    assertThat(
            TouchedPartitions.of(
                    DAILY,
                    LAKE.spark().sql("select 'a' as station_code"),
                    column -> org.apache.spark.sql.functions.col(column),
                    List.of("station_code"))
                .sql("t."))
        .isEqualTo("true");
  }
}
