package vn.tnmt.lakehouse.tables.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;

/**
 * Reads SQL type texts: {@code string, int, bigint, float, double, boolean, date, timestamp,
 * binary, array<T>, map<K,V>, struct<name:T,…>}, nested at will. A timestamp is an instant.
 */
final class TypeText {
  private final String text;
  private final IntSupplier ids;
  private int at;

  private TypeText(String text, IntSupplier ids) {
    this.text = text;
    this.ids = ids;
  }

  /**
   * @param ids gives each nested field its id
   */
  static Type parse(String text, IntSupplier ids) {
    TypeText parser = new TypeText(text, ids);
    Type type = parser.type();
    parser.skipBlanks();
    if (parser.at < text.length()) {
      throw parser.wrong("nothing more");
    }
    return type;
  }

  private Type type() {
    int start = at;
    String name = word();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "string" -> Types.StringType.get();
      case "int" -> Types.IntegerType.get();
      case "bigint" -> Types.LongType.get();
      case "float" -> Types.FloatType.get();
      case "double" -> Types.DoubleType.get();
      case "boolean" -> Types.BooleanType.get();
      case "date" -> Types.DateType.get();
      case "timestamp" -> Types.TimestampType.withZone();
      case "binary" -> Types.BinaryType.get();
      case "array" -> array();
      case "map" -> map();
      case "struct" -> struct();
      default -> {
        at = start;
        throw wrong("a type");
      }
    };
  }

  private Type array() {
    expect('<');
    int element = ids.getAsInt();
    Type type = type();
    expect('>');
    return Types.ListType.ofOptional(element, type);
  }

  private Type map() {
    expect('<');
    int key = ids.getAsInt();
    int value = ids.getAsInt();
    Type keyType = type();
    expect(',');
    Type valueType = type();
    expect('>');
    return Types.MapType.ofOptional(key, value, keyType, valueType);
  }

  private Type struct() {
    expect('<');
    List<NestedField> fields = new ArrayList<>();
    do {
      int id = ids.getAsInt();
      String name = word();
      expect(':');
      fields.add(NestedField.optional(id, name, type()));
    } while (accept(','));
    expect('>');
    return Types.StructType.of(fields);
  }

  private String word() {
    skipBlanks();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (start == at) {
      throw wrong("a name");
    }
    return text.substring(start, at);
  }

  private boolean accept(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw wrong("'" + wanted + "'");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private TnmtException wrong(String expected) {
    return TnmtException.of(
        ErrorCode.CONTRACT_INVALID,
        "kiểu sai / in type '" + text + "', " + expected + " is expected at position " + (at + 1),
        "",
        "for example array<struct<name:string,records:bigint>>");
  }
}
