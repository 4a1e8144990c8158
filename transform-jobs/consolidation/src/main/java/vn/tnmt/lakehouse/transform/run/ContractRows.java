package vn.tnmt.lakehouse.transform.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/**
 * Rows of a table made from Java records, as its contract says: {@code businessDate} goes into
 * {@code business_date}, and types and order are the contract's. Several records side by side may
 * make a row.
 *
 * <p>A component without a column, a column without a component and a type that does not fit are
 * faults of our own ({@code TNMT-9001}), told when the first row is made.
 */
public final class ContractRows {
  private final Contract contract;
  private final List<Class<? extends Record>> parts;
  private @Nullable Layout layout;

  /**
   * @param fields column → the component that fills it
   */
  private record Layout(StructType type, Map<String, Field> fields) {}

  /** A component of one of the records that make a row. */
  private record Field(int part, RecordComponent component) {}

  private ContractRows(Contract contract, List<Class<? extends Record>> parts) {
    this.contract = contract;
    this.parts = parts;
  }

  /** Rows of a table of the platform's own, for example {@code ops.run}. */
  @SafeVarargs
  public static ContractRows of(String table, Class<? extends Record>... parts) {
    return of(Contracts.bundled().contract(table), parts);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  static ContractRows of(Contract contract, Class<? extends Record>... parts) {
    return new ContractRows(contract, List.of(parts));
  }

  /** The table's name. */
  public String table() {
    return contract.dataset();
  }

  /** The table's columns. */
  public StructType type() {
    return layout().type;
  }

  /** A row; the records come in the order of their classes. */
  public Row row(Record... records) {
    return RowFactory.create(
        layout().fields.values().stream()
            .map(field -> sparkValue(valueOf(records[field.part], field.component)))
            .toArray());
  }

  /** Rows as a dataset that can be written to the table. */
  public Dataset<Row> dataset(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, type());
  }

  private synchronized Layout layout() {
    if (layout == null) {
      layout = compile();
    }
    return layout;
  }

  private Layout compile() {
    StructType type = new StructType();
    for (Column column : contract.columns()) {
      type = type.add(column.name(), DataType.fromDDL(column.physicalType()));
    }
    Map<String, Field> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (RecordComponent component : parts.get(i).getRecordComponents()) {
        if (byColumn.put(columnOf(component), new Field(i, component)) != null) {
          throw fault(columnOf(component), "two components fill it");
        }
      }
    }
    requireSame(type, byColumn.keySet());
    Map<String, Field> ordered = new LinkedHashMap<>();
    for (StructField column : type.fields()) {
      Field field = byColumn.get(column.name());
      requireFits(column.dataType(), field.component.getGenericType(), column.name());
      ordered.put(column.name(), field);
    }
    return new Layout(type, ordered);
  }

  private void requireFits(DataType type, Type java, String column) {
    if (type instanceof ArrayType array
        && java instanceof ParameterizedType list
        && list.getRawType() == List.class) {
      requireFits(array.elementType(), list.getActualTypeArguments()[0], column);
    } else if (type instanceof StructType struct && java instanceof Class<?> record) {
      requireStruct(struct, record, column);
    } else if (!fits(type, java)) {
      throw fault(column, java.getTypeName() + " is no " + type.sql().toLowerCase(Locale.ROOT));
    }
  }

  /** A record inside a column has the struct's fields in the struct's order. */
  private void requireStruct(StructType struct, Class<?> record, String column) {
    RecordComponent[] components =
        record.isRecord() ? record.getRecordComponents() : new RecordComponent[0];
    List<String> names = Arrays.stream(components).map(ContractRows::columnOf).toList();
    if (!names.equals(List.of(struct.fieldNames()))) {
      throw fault(column, record.getTypeName() + " has " + names);
    }
    for (int i = 0; i < components.length; i++) {
      requireFits(
          struct.fields()[i].dataType(),
          components[i].getGenericType(),
          column + "." + names.get(i));
    }
  }

  private static boolean fits(DataType type, Type java) {
    return switch (type.typeName()) {
      case "string" -> java == String.class || (java instanceof Class<?> c && c.isEnum());
      case "integer" -> java == int.class || java == Integer.class;
      case "long" -> java == long.class || java == Long.class;
      case "double" -> java == double.class || java == Double.class;
      case "boolean" -> java == boolean.class || java == Boolean.class;
      case "date" -> java == java.time.LocalDate.class;
      case "timestamp" -> java == java.time.Instant.class;
      default -> type == DataTypes.BinaryType && java == byte[].class;
    };
  }

  private void requireSame(StructType type, Set<String> components) {
    Set<String> missing = new TreeSet<>(List.of(type.fieldNames()));
    missing.removeAll(components);
    Set<String> unknown = new TreeSet<>(components);
    unknown.removeAll(List.of(type.fieldNames()));
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw fault("", "columns without a component " + missing + ", the reverse " + unknown);
    }
  }

  private TnmtException fault(String column, String what) {
    return TnmtException.of(
        ErrorCode.INTERNAL,
        "records and contract differ: " + what,
        contract.source() + " " + contract.dataset() + (column.isEmpty() ? "" : "." + column),
        "records " + parts.stream().map(Class::getSimpleName).toList());
  }

  private static String columnOf(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Object sparkValue(Object value) {
    if (value instanceof Record record) {
      return RowFactory.create(
          Arrays.stream(record.getClass().getRecordComponents())
              .map(component -> sparkValue(valueOf(record, component)))
              .toArray());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ContractRows::sparkValue).toList();
    }
    return value instanceof Enum<?> name ? name.name() : value;
  }

  private static Object valueOf(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true); // a record may be private to the ledger
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "not read: " + component, "", "", e);
    }
  }
}
