package vn.tnmt.lakehouse.national;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

class QuarantinedTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  /** Of the same night, of the day after it (the midnight one), late; not of next week. */
  @Test
  void aRecordFromTheFutureOfItsNightSpeaksOfNoDay() {
    assertThat(
            Quarantined.keys(
                    LAKE.spark()
                        .sql(
                            "select 'water.sample' dataset, date '2026-03-14' business_date,"
                                + " concat('{\"sample_point\":\"', p, '\",\"sampled_on\":\"', d, '\"}')"
                                + " record_key from values ('A', '2026-03-14'), ('B', '2026-03-15'),"
                                + " ('C', '2026-03-16'), ('D', '2020-01-01') t(p, d)"),
                    "water.sample",
                    "sample_point STRING, sampled_on DATE",
                    "sampled_on")
                .select("sample_point")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("A", "B", "D");
  }
}
