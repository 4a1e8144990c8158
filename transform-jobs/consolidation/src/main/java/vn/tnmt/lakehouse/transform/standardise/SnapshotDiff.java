package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a snapshot, a delivery that is all there is, says of the rows that its feed has brought
 * before. Pure: no session, clock or I/O.
 *
 * <p>A key that the snapshot names, even in a record that is quarantined, is not removed: a broken
 * record is no proof that its object is gone.
 */
final class SnapshotDiff {
  private SnapshotDiff() {}

  /**
   * How much a snapshot would change.
   *
   * @param standing rows of the feed before it
   * @param added keys that the feed did not have
   * @param changed keys whose content differs
   * @param removed keys that the snapshot lacks
   */
  record Changes(long standing, long added, long changed, long removed) {}

  /**
   * @param snapshot the delivery's rows of {@code raw.<dataset>}
   * @param standing the standard table's rows that the feed brought
   * @param key the contract's key columns
   */
  static Changes changes(Dataset<Row> snapshot, Dataset<Row> standing, List<String> key) {
    Dataset<Row> now =
        keys(snapshot, key)
            .groupBy(key.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new))
            .agg(
                org.apache.spark.sql.functions.max(RowContent.HASH).as("_now"),
                org.apache.spark.sql.functions.min(col("blocked")).as("_blocked"));
    List<String> columns = RowContent.columns(snapshot);
    Dataset<Row> before =
        standing.select(
            Stream.concat(
                    key.stream().map(org.apache.spark.sql.functions::col),
                    Stream.of(RowContent.standingHash(standing, columns).as("_before")))
                .toArray(Column[]::new));
    Row counts =
        before
            .join(now, scala.jdk.javaapi.CollectionConverters.asScala(key).toSeq(), "full_outer")
            .agg(
                count(col("_before")),
                count(when(col("_before").isNull().and(col("_blocked").equalTo(false)), lit(1))),
                count(
                    when(
                        col("_before").notEqual(col("_now")).and(col("_blocked").equalTo(false)),
                        lit(1))),
                count(when(col("_now").isNull(), lit(1))))
            .first();
    return new Changes(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  /**
   * The standing rows that are gone: the standard table's columns. A key that any delivery of the
   * night has is not gone, so that no row is overwritten and removed at once.
   *
   * @param night all of the night's rows of {@code raw.<dataset>}, the snapshot's among them
   * @param standing as above
   */
  static Dataset<Row> removed(Dataset<Row> night, Dataset<Row> standing, List<String> key) {
    return standing.join(
        keys(night, key).select(key.get(0), key.subList(1, key.size()).toArray(String[]::new)),
        scala.jdk.javaapi.CollectionConverters.asScala(key).toSeq(),
        "left_anti");
  }

  private static Dataset<Row> keys(Dataset<Row> snapshot, List<String> key) {
    List<Column> columns = new ArrayList<>();
    key.forEach(k -> columns.add(col("row." + k).as(k)));
    columns.add(RowContent.hash(snapshot).as(RowContent.HASH));
    columns.add(col("blocked"));
    Dataset<Row> keys = snapshot.select(columns.toArray(Column[]::new));
    for (String k : key) {
      keys = keys.where(col(k).isNotNull());
    }
    return keys;
  }
}
