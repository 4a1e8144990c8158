package vn.tnmt.lakehouse.transform.page;

/**
 * Markup that goes to a page as it is. Whatever is not of this type is escaped by {@link Template},
 * so that text from outside cannot become markup by accident.
 */
public record Html(String markup) {
  public static final Html EMPTY = new Html("");

  /** Text from anywhere, made safe for content and for quoted attributes. */
  public static Html text(String text) {
    return new Html(escape(text));
  }

  /** Escapes {@code & < > " '} and leaves out characters that HTML forbids. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(printable(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean printable(int c) {
    return c == '\t' || c == '\n' || (!Character.isISOControl(c) && !surrogate(c) && !bidi(c));
  }

  private static boolean surrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }

  /** Controls that turn the direction of the text around them, so that it reads as another text. */
  private static boolean bidi(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  @Override
  public String toString() {
    return markup;
  }
}
