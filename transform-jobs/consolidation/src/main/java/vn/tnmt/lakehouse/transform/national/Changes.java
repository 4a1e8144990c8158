package vn.tnmt.lakehouse.transform.national;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table that a night changed, each with both images. What an aggregate by some
 * attribute has to compute anew follows from both: a parcel whose land use changed touches the
 * group that it left and the one that it came to.
 *
 * @param dataset the table
 * @param rows {@code change string}: {@value #INSERTED}, {@value #REPLACED} or {@value #REMOVED};
 *     {@code before struct<…>} and {@code after struct<…>} of the table's columns: the row as
 *     released before and as it is now; null where there is none
 */
public record Changes(String dataset, Dataset<Row> rows) {
  public static final String INSERTED = "inserted";
  public static final String REPLACED = "replaced";
  public static final String REMOVED = "removed";

  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  /** A table's rows as if they were all new. */
  public static Changes inserted(String dataset, Dataset<Row> table) {
    Column row = struct(columns(table));
    return new Changes(
        dataset,
        table.select(
            lit(INSERTED).as("change"),
            when(lit(false), row).as(BEFORE), // null, of the rows' type
            row.as(AFTER)));
  }

  /** Rows of a table that are no longer there. */
  public static Changes removed(String dataset, Dataset<Row> rows) {
    Column row = struct(columns(rows));
    return new Changes(
        dataset,
        rows.select(lit(REMOVED).as("change"), row.as(BEFORE), when(lit(false), row).as(AFTER)));
  }

  /**
   * What turns one set of rows into another.
   *
   * @param before unique by {@code key}
   * @param after the same columns in any order, unique by {@code key}
   * @param key columns without nulls
   */
  public static Changes between(
      String dataset, Dataset<Row> before, Dataset<Row> after, List<String> key) {
    Dataset<Row> old = imaged(before, before.columns(), key, BEFORE);
    Dataset<Row> now = imaged(after, before.columns(), key, AFTER);
    return of(
        dataset,
        old.join(now, scala.jdk.javaapi.CollectionConverters.asScala(key).toSeq(), "full_outer"));
  }

  /**
   * Changes given by images of rows.
   *
   * @param images {@code before} and {@code after}; rows whose images are equal have not changed
   */
  public static Changes of(String dataset, Dataset<Row> images) {
    return new Changes(
        dataset,
        images
            .where(not(col(BEFORE).eqNullSafe(col(AFTER))))
            .select(
                when(col(BEFORE).isNull(), lit(INSERTED))
                    .when(col(AFTER).isNull(), lit(REMOVED))
                    .otherwise(lit(REPLACED))
                    .as("change"),
                col(BEFORE),
                col(AFTER)));
  }

  /** One image beside the key, in the order of {@code columns}. */
  private static Dataset<Row> imaged(
      Dataset<Row> table, String[] columns, List<String> key, String image) {
    Column[] selected = new Column[key.size() + 1];
    for (int i = 0; i < key.size(); i++) {
      selected[i] = col(key.get(i));
    }
    selected[key.size()] =
        struct(Arrays.stream(columns).map(c -> col(c)).toArray(Column[]::new)).as(image);
    return table.select(selected);
  }

  /** The rows of which one of these columns differs between the images, or is new, or is gone. */
  public Changes in(String... columns) {
    Column differs = lit(false);
    for (String column : columns) {
      differs =
          differs.or(not(col(BEFORE).getField(column).eqNullSafe(col(AFTER).getField(column))));
    }
    return new Changes(dataset, rows.where(not(col("change").equalTo(REPLACED)).or(differs)));
  }

  /** Both images as rows, one below the other, with these columns; the same may come twice. */
  public Dataset<Row> images(String... columns) {
    // Not a union: that would find the changes once for each image.
    return rows.select(explode(array(image(BEFORE, columns), image(AFTER, columns))).as("image"))
        .where(col("image").isNotNull())
        .select("image.*");
  }

  /** The rows as they are now, whole. */
  public Dataset<Row> after() {
    return rows.where(col(AFTER).isNotNull()).select(AFTER + ".*");
  }

  /** The rows as they were, whole. */
  public Dataset<Row> before() {
    return rows.where(col(BEFORE).isNotNull()).select(BEFORE + ".*");
  }

  private static Column image(String image, String... columns) {
    return when(
        col(image).isNotNull(),
        struct(
            Arrays.stream(columns)
                .map(column -> col(image).getField(column).as(column))
                .toArray(Column[]::new)));
  }

  /** A column of whichever image there is, the present one first. */
  public static Column either(String column) {
    return coalesce(col(AFTER).getField(column), col(BEFORE).getField(column));
  }

  private static Column not(Column condition) {
    return org.apache.spark.sql.functions.not(condition);
  }

  private static Column[] columns(Dataset<Row> table) {
    return Arrays.stream(table.columns()).map(c -> col(c)).toArray(Column[]::new);
  }
}
