package vn.tnmt.lakehouse.tables.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import vn.tnmt.lakehouse.tables.contract.PhysicalType;

/** Contract types as Iceberg types. */
final class IcebergTypes {
  private IcebergTypes() {}

  /**
   * @param ids gives each nested field its id
   */
  static Type of(PhysicalType type, IntSupplier ids) {
    if (type instanceof PhysicalType.Array array) {
      int element = ids.getAsInt();
      return Types.ListType.ofOptional(element, of(array.element(), ids));
    }
    if (type instanceof PhysicalType.Map map) {
      int key = ids.getAsInt();
      int value = ids.getAsInt();
      return Types.MapType.ofOptional(key, value, of(map.key(), ids), of(map.value(), ids));
    }
    if (type instanceof PhysicalType.Struct struct) {
      List<NestedField> fields = new ArrayList<>();
      for (PhysicalType.Field field : struct.fields()) {
        int id = ids.getAsInt();
        fields.add(NestedField.optional(id, field.name(), of(field.type(), ids)));
      }
      return Types.StructType.of(fields);
    }
    return primitive(((PhysicalType.Primitive) type).name());
  }

  private static Type primitive(String name) {
    return switch (name) {
      case "string" -> Types.StringType.get();
      case "int" -> Types.IntegerType.get();
      case "bigint" -> Types.LongType.get();
      case "float" -> Types.FloatType.get();
      case "double" -> Types.DoubleType.get();
      case "boolean" -> Types.BooleanType.get();
      case "date" -> Types.DateType.get();
      case "timestamp" -> Types.TimestampType.withZone();
      case "binary" -> Types.BinaryType.get();
      default -> throw new IllegalArgumentException("no such type: " + name);
    };
  }
}
