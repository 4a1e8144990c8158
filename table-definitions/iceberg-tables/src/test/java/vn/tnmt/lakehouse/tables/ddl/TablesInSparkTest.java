package vn.tnmt.lakehouse.tables.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** The tables that a plan makes, over REST and as Spark sees them. */
@Tag("slow")
class TablesInSparkTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @BeforeAll
  static void apply() {
    TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled())
        .apply(LAKE.lakehouse().catalog());
  }

  @Test
  void aSecondPlanIsEmptyOverRestToo() {
    assertThat(TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled()).changes())
        .isEmpty();
  }

  @Test
  void describeShowsVietnameseComments() {
    assertThat(LAKE.sql("DESCRIBE TABLE EXTENDED monitoring.observation"))
        .anySatisfy(row -> assertThat(row.getString(2)).contains("Trạng thái thiết bị"))
        .anySatisfy(
            row -> assertThat(row.getString(1)).contains("Số liệu quan trắc tự động, liên tục"));
  }

  /** Frames know of no required columns; a MERGE into a table with a required key must still do. */
  @Test
  void nullableRowsMergeIntoATableWithARequiredKey() {
    String rows =
        "SELECT s station_code, 'PM2.5' parameter, CAST(t AS timestamp) measured_at,"
            + " CAST(t AS date) observed_on, v value, 'µg/m³' unit, '00' status, 'PM2,5' symbol,"
            + " cast(null AS string) missing_reason,"
            + " 'x/f' _feed, 'd1' _delivery_id, 'f' _source_file, 1L _source_line, 0 _record_part,"
            + " 'r' _run_id FROM VALUES ('01KK001', '2026-11-22T00:05:00Z', %s),"
            + " ('01KK002', '2026-11-22T00:05:00Z', 2.0D) AS x(s, t, v)";
    String merge =
        "MERGE INTO monitoring.observation t USING (%s) s ON t.station_code = s.station_code"
            + " AND t.parameter = s.parameter AND t.measured_at = s.measured_at"
            + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *";
    LAKE.sql(merge.formatted(rows.formatted("1.0D")));
    LAKE.sql(merge.formatted(rows.formatted("5.0D")));
    assertThat(LAKE.sql("SELECT value FROM monitoring.observation ORDER BY station_code"))
        .extracting(row -> row.getDouble(0))
        .containsExactly(5.0, 2.0);
    assertThatThrownBy(
            () -> LAKE.sql(merge.formatted(rows.formatted("1.0D").replace("'01KK002'", "null"))))
        .isInstanceOf(Exception.class);
  }
}
