package vn.tnmt.lakehouse.orchestration.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.orchestration.bench.IncrementalProof.Night;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;

/** Random nights: what is computed night by night is what would be computed from all of history. */
@Tag("slow")
class IncrementalProofTest {
  @RegisterExtension
  static final LakehouseExtension LAKE = new LakehouseExtension(IncrementalProof::settings);

  @TempDir Path dir;

  @Test
  void nightByNightEqualsAllAtOnce() {
    List<Night> nights = new IncrementalProof(LAKE.lakehouse(), dir, 20260302).run(24, night -> {});
    assertThat(nights).flatExtracting(Night::differences).isEmpty();
    assertThat(nights)
        .filteredOn(night -> night.outcome() == Outcome.STAGED)
        .hasSizeGreaterThan(20);
    // Some 40 station days are sent, a third of them of stations that are not of air in the end,
    // and
    // some of them in part: at least half of 27 × 24 hours.
    assertThat(nights.get(23).rows()).as("there is something to compare").isGreaterThan(300);
  }

  @Test
  void theComparisonSpeaks() {
    Comparison same =
        Comparison.of(rows("(1, 'a'), (1, 'a'), (2, null)"), rows("(2, null), (1, 'a'), (1, 'a')"));
    assertThat(same.rows()).isEqualTo(3);
    assertThat(same.difference()).isEmpty();

    Comparison other =
        Comparison.of(rows("(1, 'a'), (1, 'a'), (2, null)"), rows("(1, 'a'), (2, 'b'), (3, 'c')"));
    assertThat(other).isEqualTo(new Comparison(3, 2, "{\"n\":2}", 2, "{\"n\":3,\"t\":\"c\"}"));
    assertThat(other.difference())
        .get()
        .asString()
        .contains("2 rows that should not stand", "2 that are missing");

    Comparison once = Comparison.of(rows("(1, 'a'), (1, 'a')"), rows("(1, 'a')"));
    assertThat(once.surplus()).as("a row that stands twice").isEqualTo(1);
  }

  private static Dataset<Row> rows(String values) {
    return LAKE.lakehouse().spark().sql("select * from values " + values + " as r(n, t)");
  }
}
