package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;

/**
 * Whether two versions of one key say the same: equal hashes of the contract's columns, {@code
 * xxhash64(a, a IS NULL, b, b IS NULL, …)} in the contract's order in Spark SQL. XXH64 passes over
 * a null, so that without its mark a value could move to the next column unseen.
 */
final class RowContent {
  /** Where {@link #hash} is kept beside records. */
  static final String HASH = "content_hash";

  private RowContent() {}

  /** Names of the contract's columns, as raw rows have them. */
  static List<String> columns(Dataset<Row> raw) {
    return Arrays.asList(((StructType) raw.schema().apply("row").dataType()).fieldNames());
  }

  /** Of raw records. */
  static Column hash(Dataset<Row> raw) {
    return of(columns(raw), column -> col("row." + column));
  }

  /**
   * Of standing rows, as {@link #hash} of the record that brought them: kept with them, or
   * computed.
   *
   * @param columns those of the contract
   */
  static Column standingHash(Dataset<Row> standing, List<String> columns) {
    return Arrays.asList(standing.columns()).contains(TableDefinition.CONTENT_HASH)
        ? col(TableDefinition.CONTENT_HASH)
        : of(columns, column -> col(column));
  }

  private static Column of(List<String> columns, Function<String, Column> value) {
    return xxhash64(
        columns.stream()
            .map(value)
            .flatMap(column -> Stream.of(column, column.isNull()))
            .toArray(Column[]::new));
  }
}
