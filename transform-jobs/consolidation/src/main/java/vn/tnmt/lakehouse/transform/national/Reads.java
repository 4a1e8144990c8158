package vn.tnmt.lakehouse.transform.national;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The inputs that a national dataset declared, as the night sees them; nothing else can be read.
 */
public final class Reads {
  /** More values than these are joined. */
  private static final int MAX_VALUES = 200;

  private final String reader;
  private final LocalDate asOf;
  private final boolean few;
  private final Map<String, Supplier<Dataset<Row>>> tables;

  /**
   * @param reader the dataset that reads, for messages
   * @param asOf the business date
   * @param few whether the affected units are few enough to be sent to every task
   */
  public Reads(
      String reader, LocalDate asOf, boolean few, Map<String, Supplier<Dataset<Row>>> tables) {
    this.reader = reader;
    this.asOf = asOf;
    this.few = few;
    this.tables = Map.copyOf(tables);
  }

  /** The date whose register rows are in force. */
  public LocalDate asOf() {
    return asOf;
  }

  /**
   * Rows that follow from the affected units, about as many, marked to be sent to every task when
   * the units are few. After a change of policy they are all units there are.
   */
  public Dataset<Row> sent(Dataset<Row> rows) {
    return few ? broadcast(rows) : rows;
  }

  /**
   * Rows of an input: those within its reach of the affected units, or in force, as declared.
   *
   * @throws TnmtException TNMT-2011 when the dataset did not declare the input
   */
  public Dataset<Row> table(String dataset) {
    Supplier<Dataset<Row>> table = tables.get(dataset);
    if (table == null) {
      throw TnmtException.of(
          ErrorCode.NATIONAL_INVALID,
          reader + " reads " + dataset + ", which it does not declare",
          reader,
          "add it to inputs(), or read one of " + tables.keySet());
    }
    return table.get();
  }

  /**
   * Rows of an input of which a column has one of some values: of a corrected station, of a changed
   * code. A few values become a predicate that files are skipped by.
   *
   * @param values a column of the same name
   */
  public Dataset<Row> among(String dataset, String column, Dataset<Row> values) {
    Dataset<Row> wanted = values.select(column).where(col(column).isNotNull()).distinct();
    List<Row> few = wanted.limit(MAX_VALUES + 1).collectAsList();
    Dataset<Row> table = table(dataset);
    return few.size() <= MAX_VALUES
        ? table.where(col(column).isin(few.stream().map(row -> row.get(0)).toArray()))
        : table.join(wanted, CollectionConverters.asScala(List.of(column)).toSeq(), "left_semi");
  }
}
