package vn.tnmt.lakehouse.transform.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows under a name, for statements of SQL that need one. Steps of a night run side by side in one
 * session, so that each use has a name of its own.
 */
public final class NamedRows {
  private static final AtomicLong USES = new AtomicLong();

  private NamedRows() {}

  /** Runs {@code action} with a name for {@code rows} that means nothing afterwards. */
  public static void use(Dataset<Row> rows, Consumer<String> action) {
    String name = "named_rows_" + USES.incrementAndGet();
    rows.createOrReplaceTempView(name);
    try {
      action.accept(name);
    } finally {
      rows.sparkSession().catalog().dropTempView(name);
    }
  }
}
