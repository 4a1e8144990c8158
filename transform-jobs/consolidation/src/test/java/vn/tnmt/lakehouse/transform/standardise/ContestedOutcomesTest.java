package vn.tnmt.lakehouse.transform.standardise;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Nested;

/** The form for large nights decides as the one that compares all records. */
class ContestedOutcomesTest {
  /** Few records against a large table. */
  @Nested
  class FewRecords extends RowOutcomesTest {
    @Override
    Dataset<Row> decide(
        Dataset<Row> raw, Dataset<Row> current, List<RowOutcomes.ReferenceKeys> references) {
      return contested(raw, current, references, 10);
    }
  }

  /** More records than are sent to every task. */
  @Nested
  class ManyRecords extends RowOutcomesTest {
    @Override
    Dataset<Row> decide(
        Dataset<Row> raw, Dataset<Row> current, List<RowOutcomes.ReferenceKeys> references) {
      return contested(raw, current, references, Long.MAX_VALUE);
    }
  }

  private static Dataset<Row> contested(
      Dataset<Row> raw,
      Dataset<Row> current,
      List<RowOutcomes.ReferenceKeys> references,
      long passing) {
    return ContestedOutcomes.of(
            RowOutcomes.checkReferences(raw, references), current, RowOutcomesTest.KEY, passing)
        .outcomes();
  }
}
