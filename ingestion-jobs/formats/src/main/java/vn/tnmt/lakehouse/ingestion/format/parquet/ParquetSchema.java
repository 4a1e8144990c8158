package vn.tnmt.lakehouse.ingestion.format.parquet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a Parquet file, from the list of elements in its footer. The library has this only
 * together with Hadoop. Of several columns of one name the later ones are {@code name#2} and so on,
 * as in every format: the library would take each for the last.
 */
final class ParquetSchema {
  private static final int MAX_ELEMENTS = 20_000;
  private static final int MAX_DEPTH = 50;

  private final List<SchemaElement> elements;
  private int next;

  private ParquetSchema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /**
   * @throws IllegalArgumentException when the list is no schema
   */
  static MessageType of(List<SchemaElement> elements) {
    if (elements.isEmpty() || elements.size() > MAX_ELEMENTS) {
      throw new IllegalArgumentException(elements.size() + " elements of the schema");
    }
    ParquetSchema schema = new ParquetSchema(elements);
    SchemaElement root = schema.take();
    return new MessageType(root.getName(), schema.children(root, 0));
  }

  private SchemaElement take() {
    if (next == elements.size()) {
      throw new IllegalArgumentException("the schema breaks off");
    }
    return elements.get(next++);
  }

  private List<Type> children(SchemaElement of, int depth) {
    if (of.getNum_children() < 0 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth of the schema");
    }
    List<Type> children = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < of.getNum_children(); i++) {
      SchemaElement child = take();
      children.add(type(child, unique(child.getName(), names), depth + 1));
    }
    return children;
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int number = 2; !taken.add(unique); number++) {
      unique = name + "#" + number;
    }
    return unique;
  }

  private Type type(SchemaElement element, String name, int depth) {
    Type.Repetition repetition = Type.Repetition.valueOf(element.getRepetition_type().name());
    LogicalTypeAnnotation logical = logical(element);
    if (!element.isSetType()) {
      boolean known =
          logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
              || logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
      return Types.buildGroup(repetition)
          .as(known ? logical : null)
          .addFields(children(element, depth).toArray(Type[]::new))
          .named(name);
    }
    Types.PrimitiveBuilder<PrimitiveType> builder = Types.primitive(primitive(element), repetition);
    if (element.isSetType_length()) {
      builder.length(element.getType_length());
    }
    try {
      return builder.as(logical).named(name);
    } catch (RuntimeException e) {
      // The annotation does not go with the type: what is stored is still there.
      return builder.as((LogicalTypeAnnotation) null).named(name);
    }
  }

  private static PrimitiveType.PrimitiveTypeName primitive(SchemaElement element) {
    return switch (element.getType()) {
      case BYTE_ARRAY -> PrimitiveType.PrimitiveTypeName.BINARY;
      default -> PrimitiveType.PrimitiveTypeName.valueOf(element.getType().name());
    };
  }

  private static @Nullable LogicalTypeAnnotation logical(SchemaElement element) {
    LogicalType type = element.getLogicalType();
    if (type != null) {
      return logical(type);
    }
    ConvertedType old = element.getConverted_type();
    return old == null ? null : converted(old, element);
  }

  /** Null for what is not known here, and for what is yet to come: the physical type is read. */
  private static @Nullable LogicalTypeAnnotation logical(LogicalType type) {
    if (type.getSetField() == null) {
      return null;
    }
    return switch (type.getSetField()) {
      case STRING -> LogicalTypeAnnotation.stringType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case JSON -> LogicalTypeAnnotation.jsonType();
      case MAP -> LogicalTypeAnnotation.mapType();
      case LIST -> LogicalTypeAnnotation.listType();
      case DATE -> LogicalTypeAnnotation.dateType();
      case UUID -> LogicalTypeAnnotation.uuidType();
      case FLOAT16 -> LogicalTypeAnnotation.float16Type();
      case DECIMAL ->
          LogicalTypeAnnotation.decimalType(
              type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
      case INTEGER ->
          LogicalTypeAnnotation.intType(
              type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
      case TIME ->
          LogicalTypeAnnotation.timeType(
              type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
      case TIMESTAMP ->
          LogicalTypeAnnotation.timestampType(
              type.getTIMESTAMP().isIsAdjustedToUTC(), unit(type.getTIMESTAMP().getUnit()));
      default -> null;
    };
  }

  private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
    return LogicalTypeAnnotation.TimeUnit.valueOf(unit.getSetField().name());
  }

  private static @Nullable LogicalTypeAnnotation converted(
      ConvertedType type, SchemaElement element) {
    return switch (type) {
      case UTF8 -> LogicalTypeAnnotation.stringType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case JSON -> LogicalTypeAnnotation.jsonType();
      case MAP, MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
      case LIST -> LogicalTypeAnnotation.listType();
      case DATE -> LogicalTypeAnnotation.dateType();
      case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
      case TIME_MILLIS ->
          LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
      case TIME_MICROS ->
          LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
      case TIMESTAMP_MILLIS ->
          LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
      case TIMESTAMP_MICROS ->
          LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
      case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
      case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
      case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
      case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
      case INT_8 -> LogicalTypeAnnotation.intType(8, true);
      case INT_16 -> LogicalTypeAnnotation.intType(16, true);
      case INT_32 -> LogicalTypeAnnotation.intType(32, true);
      case INT_64 -> LogicalTypeAnnotation.intType(64, true);
      case BSON, INTERVAL -> null;
    };
  }
}
