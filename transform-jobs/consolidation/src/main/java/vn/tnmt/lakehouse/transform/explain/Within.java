package vn.tnmt.lakehouse.transform.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * Where records are looked for; whoever knows it need not wait for all that was ever delivered.
 *
 * @param date business date of the deliveries; null for any
 * @param deliveryId null for any
 */
public record Within(@Nullable LocalDate date, @Nullable String deliveryId) {
  public static final Within ANYWHERE = new Within(null, null);

  boolean anywhere() {
    return date == null && deliveryId == null;
  }

  /** Of tables with {@code business_date} and {@code delivery_id}. */
  Column condition() {
    Column condition = lit(true);
    if (date != null) {
      condition = condition.and(col("business_date").equalTo(lit(date)));
    }
    return deliveryId == null ? condition : condition.and(col("delivery_id").equalTo(deliveryId));
  }
}
