package vn.tnmt.lakehouse.transform.audit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Records over which we ourselves fell (REC-99): an exception where a verdict should be. They are
 * kept whole, but nobody knows what they say, and the fault may have more to it than the records it
 * shows in. So nothing is released before it is mended.
 *
 * <p>The message names the first records by delivery, file and line. It never has their content.
 */
final class OwnFaults {
  private static final String AUDIT = "AUD-99";
  private static final String REC_99 = BuiltInRules.INTERNAL_FAULT.code();
  private static final int NAMED = 5;

  private final RunTables tables;

  OwnFaults(RunTables tables) {
    this.tables = tables;
  }

  /** Reads the night's results by rule, which are few, and records only when there are faults. */
  AuditResult audit() {
    long faults =
        ofRun("ops.rule_result")
            .where(col("rule").equalTo(REC_99))
            .agg(coalesce(sum("broken"), lit(0L)))
            .first()
            .getLong(0);
    String named = faults == 0 ? "" : ": " + named() + (faults > NAMED ? "; …" : "");
    return new AuditResult(
        AUDIT,
        Severity.BLOCK,
        faults == 0,
        faults,
        0,
        "Số bản ghi mà hệ thống tự gặp lỗi khi xử lý (REC-99): %s%s."
            .formatted(Figures.whole(faults).vi(), named),
        "Records over which the platform itself failed (REC-99): %s%s."
            .formatted(Figures.whole(faults).en(), named));
  }

  private String named() {
    Column ours = exists(col("breaches"), b -> b.getField("rule").equalTo(REC_99));
    return ofRun("ops.quarantine")
        .where(ours)
        .orderBy("publisher", "feed", "delivery_id", "source_file", "source_line", "record_part")
        .limit(NAMED)
        .select("publisher", "feed", "delivery_id", "source_file", "source_line")
        .collectAsList()
        .stream()
        .map(OwnFaults::place)
        .collect(Collectors.joining("; "));
  }

  private static String place(Row row) {
    return "%s/%s %s %s:%d"
        .formatted(
            row.getString(0), row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
  }

  private Dataset<Row> ofRun(String table) {
    return tables
        .read(table)
        .where(col("business_date").equalTo(lit(tables.run().businessDate())))
        .where(col("run_id").equalTo(tables.run().toString()));
  }
}
