package vn.tnmt.lakehouse.orchestration.cli;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Values as text: Spark's own rendering of each type, except that binary is hexadecimal and a time
 * has the offset of the session's zone behind it, wherever it stands.
 */
final class SqlText {
  private SqlText() {}

  static Column of(Column value, DataType type) {
    return type instanceof BinaryType ? hex(value) : timed(value, type).cast("string");
  }

  /** The value with its times as texts. */
  private static Column timed(Column value, DataType type) {
    if (!holdsTimes(type)) {
      return value;
    }
    if (type instanceof ArrayType array) {
      return transform(value, element -> timed(element, array.elementType()));
    }
    if (type instanceof MapType map) {
      return map_from_arrays(
          transform(map_keys(value), key -> timed(key, map.keyType())),
          transform(map_values(value), one -> timed(one, map.valueType())));
    }
    if (type instanceof StructType struct) {
      return when(
          value.isNotNull(),
          struct(
              Arrays.stream(struct.fields())
                  .map(
                      field ->
                          timed(value.getField(field.name()), field.dataType()).as(field.name()))
                  .toArray(Column[]::new)));
    }
    return concat(value.cast("string"), date_format(value, "XXX"));
  }

  private static boolean holdsTimes(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsTimes(array.elementType());
    }
    if (type instanceof MapType map) {
      return holdsTimes(map.keyType()) || holdsTimes(map.valueType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> holdsTimes(field.dataType()));
    }
    return type instanceof TimestampType;
  }
}
