package vn.tnmt.lakehouse.transform.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * Where records are looked for; whoever knows it need not wait for all that was ever delivered.
 *
 * @param date night that collected the deliveries, or that took them in: one that was held, or came
 *     behind such a one, is taken in by a later night; null for any
 * @param deliveryId its beginning, as commands and receipts shorten it; null for any
 */
public record Within(@Nullable LocalDate date, @Nullable String deliveryId) {
  public static final Within ANYWHERE = new Within(null, null);

  boolean anywhere() {
    return date == null && deliveryId == null;
  }

  /** Of the ledger's deliveries. */
  Column deliveries() {
    Column which = lit(true);
    if (date != null) {
      which = col("business_date").equalTo(lit(date)).or(col("run_id").startsWith(date + "-"));
    }
    return deliveryId == null ? which : which.and(col("delivery_id").startsWith(deliveryId));
  }
}
