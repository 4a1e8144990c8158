package vn.tnmt.lakehouse.core.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads rows of the platform's own small tables, which tell of runs, deliveries and decisions, in
 * this process: a question with a handful of answers is no work for Spark, and a night that finds
 * nothing new needs none at all.
 */
public final class Journals {
  private Journals() {}

  /**
   * Gives each row to somebody, in no order.
   *
   * @param table on {@code main}
   * @param where what rows must fulfil; files that cannot have such rows are not read
   * @param columns those wanted, by their names
   */
  public static void read(
      Lakehouse lake, String table, Expression where, Consumer<Record> row, String... columns) {
    Table loaded = lake.catalog().loadTable(TableIdentifier.parse(table));
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(loaded).where(where).select(columns).build()) {
      rows.forEach(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
