package vn.tnmt.lakehouse.transform.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;

/** Values of a dataset's key as people type them; a time without an offset is Vietnam's. */
public final class KeyValues {
  private KeyValues() {}

  /**
   * The rows of a key.
   *
   * @param prefix put before each key column
   * @param values in the order of the contract's key
   */
  public static Column equalTo(Contract contract, String prefix, List<String> values) {
    Column which = lit(true);
    for (int i = 0; i < values.size(); i++) {
      String column = contract.key().get(i);
      which = which.and(col(prefix + column).equalTo(value(contract, column, values.get(i))));
    }
    return which;
  }

  private static Column value(Contract contract, String column, String text) {
    vn.tnmt.lakehouse.tables.contract.Column of = contract.column(column);
    return of.type() == LogicalType.TIMESTAMP
        ? lit(LocalTimes.read(text))
        : lit(text).try_cast(of.physicalType());
  }

  /**
   * Whether the texts of a key can be read as its columns want.
   *
   * @throws TnmtException {@code TNMT-5004} that names the column whose value is none of its type
   */
  public static void requireReadable(SparkSession spark, Contract contract, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String column = contract.key().get(i);
      if (spark.range(1).select(value(contract, column, values.get(i))).first().isNullAt(0)) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "giá trị của %s không phải kiểu %s / the value is none of this type"
                .formatted(column, contract.column(column).physicalType()),
            contract.dataset(),
            "write it as ./tnmt sql prints it");
      }
    }
  }
}
