package vn.tnmt.lakehouse.tables.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A SQL type as contracts write it: {@code string, int, bigint, float, double, boolean, date,
 * timestamp, binary, array<T>, map<K,V>, struct<name:T,…>}, nested at will. A timestamp is an
 * instant.
 */
public sealed interface PhysicalType {
  record Primitive(String name) implements PhysicalType {}

  record Array(PhysicalType element) implements PhysicalType {}

  record Map(PhysicalType key, PhysicalType value) implements PhysicalType {}

  record Struct(List<Field> fields) implements PhysicalType {}

  /** A field of a struct. */
  record Field(String name, PhysicalType type) {}

  /** {@link IllegalArgumentException} says what is expected at which position. */
  static PhysicalType parse(String text) {
    Parser parser = new Parser(text);
    PhysicalType type = parser.type();
    parser.expectEnd();
    return type;
  }

  /** A reader of type texts. */
  final class Parser {
    private static final Set<String> PRIMITIVES =
        Set.of(
            "string", "int", "bigint", "float", "double", "boolean", "date", "timestamp", "binary");

    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    private PhysicalType type() {
      skipBlanks();
      int start = at;
      String name = word().toLowerCase(Locale.ROOT);
      switch (name) {
        case "array" -> {
          expect('<');
          PhysicalType element = type();
          expect('>');
          return new Array(element);
        }
        case "map" -> {
          expect('<');
          PhysicalType key = type();
          expect(',');
          PhysicalType value = type();
          expect('>');
          return new Map(key, value);
        }
        case "struct" -> {
          return new Struct(fields());
        }
        default -> {
          if (!PRIMITIVES.contains(name)) {
            at = start;
            throw wrong("a type");
          }
          return new Primitive(name);
        }
      }
    }

    private List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      expect('<');
      do {
        skipBlanks();
        String name = word();
        expect(':');
        fields.add(new Field(name, type()));
      } while (accept(','));
      expect('>');
      return List.copyOf(fields);
    }

    private String word() {
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

    private void expectEnd() {
      skipBlanks();
      if (at < text.length()) {
        throw wrong("nothing more");
      }
    }

    private void skipBlanks() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private IllegalArgumentException wrong(String expected) {
      return new IllegalArgumentException(
          expected + " is expected at position " + (at + 1) + " of '" + text + "'");
    }
  }
}
