package vn.tnmt.lakehouse.transform.answer;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.receipt.RejectedRecord;
import vn.tnmt.lakehouse.transform.receipt.RejectsForm;
import vn.tnmt.lakehouse.transform.report.Statements;

/**
 * The quarantined records of a run, streamed: the driver holds one partition of them at a time, and
 * the columns' names of each delivery ({@link RejectsForm#MOST_COLUMNS} at most).
 */
public final class RejectQueries {
  private final SparkSession spark;
  private final Statements statements;

  /**
   * @param tables {@code domain.table} → what stands for it in SQL
   */
  public RejectQueries(
      SparkSession spark, UnaryOperator<String> tables, String runId, LocalDate businessDate) {
    this.spark = spark;
    this.statements =
        Statements.load(
            RejectQueries.class, "rejects.sql", tables, Map.of("run", runId, "date", businessDate));
  }

  /**
   * A rejected record and the delivery that brought it.
   *
   * @param feed full id
   */
  public record Rejected(FeedId feed, String deliveryId, RejectedRecord record) {}

  /** Delivery → the columns of its rejected records. */
  public Map<String, RejectsForm.Columns> columns() {
    Map<String, RejectsForm.Columns> columns = new HashMap<>();
    for (Row row : spark.sql(statements.get("columns")).collectAsList()) {
      columns
          .computeIfAbsent(row.getString(0), id -> new RejectsForm.Columns())
          .add(row.getString(1), row.getInt(2), row.getInt(3));
    }
    return columns;
  }

  /** All rejected records, in the order of delivery, file, line and part. */
  public Iterator<Rejected> records() {
    Iterator<Row> rows = spark.sql(statements.get("records")).toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Rejected next() {
        return rejected(rows.next());
      }
    };
  }

  private static Rejected rejected(Row row) {
    List<Breach> breaches =
        row.<Row>getList(9).stream()
            .map(
                breach ->
                    new Breach(
                        breach.getString(0),
                        Severity.valueOf(breach.getString(1)),
                        breach.getString(2),
                        breach.getString(3),
                        breach.getString(4)))
            .toList();
    return new Rejected(
        new FeedId(row.getString(0), row.getString(1)),
        row.getString(2),
        new RejectedRecord(
            row.getString(3),
            row.getLong(4),
            row.getInt(5),
            row.getList(6),
            row.getList(7),
            row.getString(8),
            breaches));
  }
}
