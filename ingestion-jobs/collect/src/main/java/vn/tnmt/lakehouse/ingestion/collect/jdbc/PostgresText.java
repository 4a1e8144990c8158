package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text of values, with {@code datestyle ISO} in UTC → ISO 8601 and JSON. */
final class PostgresText {
  private static final String BC = " BC";

  private PostgresText() {}

  /** A date or a time without zone; {@code infinity} stays. 44 BC is the year -0043. */
  static String iso(String text) {
    String time = text.replace(' ', 'T');
    if (!text.endsWith(BC)) {
      return time;
    }
    int dash = time.indexOf('-');
    try {
      int year = 1 - Integer.parseInt(time.substring(0, dash));
      return (year == 0 ? "" : "-")
          + "%04d".formatted(-year)
          + time.substring(dash, time.length() - BC.length());
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return text;
    }
  }

  /** A time with zone; the session's is UTC. */
  static String instant(String text) {
    boolean bc = text.endsWith(BC);
    String time = bc ? text.substring(0, text.length() - BC.length()) : text;
    if (!time.endsWith("+00")) {
      return text;
    }
    return iso(time.substring(0, time.length() - 3) + (bc ? BC : "")) + "Z";
  }

  /** A time of day with an offset of hours only: the minutes are added. */
  static String offset(String text) {
    int at = text.length() - 3;
    boolean hours = at >= 0 && (text.charAt(at) == '+' || text.charAt(at) == '-');
    return hours ? text + ":00" : text;
  }

  /** {@code bytea_output hex}. */
  static String base64(String text) {
    try {
      return text.startsWith("\\x")
          ? Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text, 2, text.length()))
          : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * {@code {1,NULL,"a\"b"}} → a JSON array; the bounds of {@code [0:1]={…}} are left out. What is
   * no array after all becomes a string.
   */
  static void array(
      @Nullable String text, char delimiter, PostgresDialect.Element element, JsonLine line) {
    if (text == null) {
      line.raw("null");
      return;
    }
    int mark = line.size();
    if (!new Array(text, delimiter, element, line).read()) {
      line.truncate(mark);
      line.text(text);
    }
  }

  /** One array being read. */
  private static final class Array {
    private final String text;
    private final char delimiter;
    private final PostgresDialect.Element element;
    private final JsonLine line;
    private int at;

    Array(String text, char delimiter, PostgresDialect.Element element, JsonLine line) {
      this.text = text;
      this.delimiter = delimiter;
      this.element = element;
      this.line = line;
      this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    boolean read() {
      int depth = 0;
      boolean valueNext = true;
      for (boolean first = true; first || depth > 0; first = false) {
        if (at >= text.length()) {
          return false;
        }
        char c = text.charAt(at);
        boolean emptyEnd = c == '}' && depth > 0 && text.charAt(at - 1) == '{';
        if (c == '{' && valueNext) {
          line.raw("[");
          depth++;
          at++;
        } else if (c == '}' && (!valueNext || emptyEnd)) {
          line.raw("]");
          depth--;
          at++;
          valueNext = false;
        } else if (c == delimiter && !valueNext) {
          line.raw(",");
          at++;
          valueNext = true;
        } else if (valueNext && depth > 0 && c != '}' && c != delimiter) {
          if (!(c == '"' ? quoted() : plain())) {
            return false;
          }
          valueNext = false;
        } else {
          return false;
        }
      }
      return at == text.length();
    }

    private boolean quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          element.write(value.toString(), line);
          return true;
        }
        if (c == '\\' && ++at < text.length()) {
          c = text.charAt(at);
        }
        value.append(c);
      }
      return false;
    }

    private boolean plain() {
      int start = at;
      while (at < text.length() && text.charAt(at) != delimiter && text.charAt(at) != '}') {
        at++;
      }
      String value = text.substring(start, at);
      if (value.equals("NULL")) {
        line.raw("null");
      } else {
        element.write(value, line);
      }
      return at < text.length();
    }
  }
}
