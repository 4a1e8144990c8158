package vn.tnmt.lakehouse.ingestion.format.parquet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import vn.tnmt.lakehouse.ingestion.reader.EscapingUtf8;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/**
 * Values of Parquet as texts, without loss. Bytes that no type says to be text are text where they
 * are UTF-8 without control characters, as many programs write texts; else they are hexadecimal.
 */
final class ParquetValues {
  /** Julian day of 1970-01-01. */
  private static final long EPOCH_DAY = 2_440_588;

  private boolean bytesWithoutText;

  /** Whether any of the values since the last call were bytes that are no text. */
  boolean takeBytesWithoutText() {
    boolean taken = bytesWithoutText;
    bytesWithoutText = false;
    return taken;
  }

  /** A primitive value. */
  String text(Group row, int field, int index) {
    PrimitiveType type = row.getType().getType(field).asPrimitiveType();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Boolean.toString(row.getBoolean(field, index));
      case FLOAT -> Float.toString(row.getFloat(field, index));
      case DOUBLE -> Double.toString(row.getDouble(field, index));
      case INT32 -> integer(row.getInteger(field, index), type);
      case INT64 -> integer(row.getLong(field, index), type);
      case INT96 -> int96(row.getInt96(field, index));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(row.getBinary(field, index), type);
    };
  }

  /** A date or time beyond what can be written is left as its number. */
  private static String integer(long value, PrimitiveType type) {
    try {
      return annotated(value, type);
    } catch (DateTimeException | ArithmeticException e) {
      return Long.toString(value);
    }
  }

  private static String annotated(long value, PrimitiveType type) {
    LogicalTypeAnnotation as = type.getLogicalTypeAnnotation();
    if (as instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
          ? Integer.toUnsignedString((int) value)
          : Long.toUnsignedString(value);
    }
    if (as instanceof DecimalLogicalTypeAnnotation decimal) {
      return BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
    }
    if (as instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (as instanceof TimeLogicalTypeAnnotation time) {
      long nanos = Math.multiplyExact(value, nanos(time.getUnit()));
      return LocalTime.ofNanoOfDay(nanos).toString();
    }
    if (as instanceof TimestampLogicalTypeAnnotation time) {
      Instant at = Instant.EPOCH.plus(value, unit(time.getUnit()));
      return time.isAdjustedToUTC()
          ? at.toString()
          : LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
    }
    return Long.toString(value);
  }

  private static ChronoUnit unit(LogicalTypeAnnotation.TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  private static long nanos(LogicalTypeAnnotation.TimeUnit unit) {
    return unit(unit).getDuration().toNanos();
  }

  /** The time of day and the Julian day of old writers, in UTC by their custom. */
  private static String int96(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - EPOCH_DAY;
    return LocalDate.ofEpochDay(day).atStartOfDay().plusNanos(nanos).toString();
  }

  private String bytes(Binary value, PrimitiveType type) {
    LogicalTypeAnnotation as = type.getLogicalTypeAnnotation();
    byte[] bytes = value.getBytes();
    if (as instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString();
    }
    if (as instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new UUID(halves.getLong(), halves.getLong()).toString();
    }
    if (as instanceof Float16LogicalTypeAnnotation) {
      return Half.text(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort());
    }
    if (as != null) {
      return EscapingUtf8.decoded(bytes);
    }
    if (isText(bytes)) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    bytesWithoutText = true;
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (Utf8.control(b)) {
        return false;
      }
    }
    return Utf8.valid(bytes, 0, bytes.length);
  }

  /** A group, a list or a map as compact JSON. */
  void json(Group group, StringBuilder out, int most) {
    GroupType type = group.getType();
    if (isList(type)) {
      list(group, out, most);
      return;
    }
    out.append('{');
    for (int field = 0; field < type.getFieldCount() && out.length() <= most; field++) {
      out.append(field == 0 ? "" : ",");
      quote(out, type.getFieldName(field)).append(':');
      field(group, field, out, most);
    }
    out.append('}');
  }

  /** Whether a group is a list by its annotation and by its shape. */
  static boolean isList(Type type) {
    return !type.isPrimitive()
        && type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && type.asGroupType().getFieldCount() == 1
        && type.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  /** Whether the items of a list stand in a group of their own, so that they can be null. */
  static boolean wrapped(GroupType list) {
    Type repeated = list.getType(0);
    return !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
  }

  /** The type of a list's items. */
  static Type item(GroupType list) {
    Type repeated = list.getType(0);
    return wrapped(list) ? repeated.asGroupType().getType(0) : repeated;
  }

  private void list(Group group, StringBuilder out, int most) {
    boolean wrapped = wrapped(group.getType());
    out.append('[');
    for (int i = 0; i < group.getFieldRepetitionCount(0) && out.length() <= most; i++) {
      out.append(i == 0 ? "" : ",");
      if (wrapped) {
        field(group.getGroup(0, i), 0, out, most);
      } else {
        value(group, 0, i, out, most);
      }
    }
    out.append(']');
  }

  /** One value, null when there is none, a list where the field is repeated. */
  void field(Group group, int field, StringBuilder out, int most) {
    int count = group.getFieldRepetitionCount(field);
    boolean repeated = group.getType().getType(field).isRepetition(Type.Repetition.REPEATED);
    if (!repeated) {
      if (count == 0) {
        out.append("null");
      } else {
        value(group, field, 0, out, most);
      }
      return;
    }
    out.append('[');
    for (int i = 0; i < count && out.length() <= most; i++) {
      out.append(i == 0 ? "" : ",");
      value(group, field, i, out, most);
    }
    out.append(']');
  }

  private void value(Group group, int field, int index, StringBuilder out, int most) {
    Type type = group.getType().getType(field);
    if (!type.isPrimitive()) {
      json(group.getGroup(field, index), out, most);
      return;
    }
    String text = text(group, field, index);
    boolean plain =
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
          case BOOLEAN -> true;
          case FLOAT, DOUBLE -> !text.endsWith("N") && !text.endsWith("y");
          case INT32, INT64 ->
              type.getLogicalTypeAnnotation() == null
                  || type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation
                  || type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
          default ->
              type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation
                  || (type.getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation
                      && !text.endsWith("N")
                      && !text.endsWith("y"));
        };
    if (plain) {
      out.append(text);
    } else {
      quote(out, text);
    }
  }

  private static StringBuilder quote(StringBuilder out, String text) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    return out.append('"');
  }
}
