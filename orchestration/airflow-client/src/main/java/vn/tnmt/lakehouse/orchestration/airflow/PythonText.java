package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.ArrayList;
import java.util.List;

/** What 2.x sends as a log: Python's {@code str([('host', 'text'), …])}. */
final class PythonText {
  private final String source;
  private int at;

  private PythonText(String source) {
    this.source = source;
  }

  /** The text of each host; the whole if it is not of this form. */
  static List<String> logs(String source) {
    if (!source.startsWith("[(")) {
      return source.isEmpty() ? List.of() : List.of(source);
    }
    PythonText python = new PythonText(source);
    List<String> strings = new ArrayList<>();
    while (python.hasString()) {
      strings.add(python.string());
    }
    List<String> texts = new ArrayList<>();
    for (int text = 1; text < strings.size(); text += 2) {
      texts.add(strings.get(text));
    }
    return texts;
  }

  private boolean hasString() {
    while (at < source.length() && source.charAt(at) != '\'' && source.charAt(at) != '"') {
      at++;
    }
    return at < source.length();
  }

  private String string() {
    char quote = source.charAt(at++);
    StringBuilder text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != quote) {
      char next = source.charAt(at++);
      if (next == '\\' && at < source.length()) {
        escape(text);
      } else {
        text.append(next);
      }
    }
    at++;
    return text.toString();
  }

  private void escape(StringBuilder text) {
    char kind = source.charAt(at++);
    switch (kind) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'x' -> code(text, 2);
      case 'u' -> code(text, 4);
      case 'U' -> code(text, 8);
      default -> text.append(kind);
    }
  }

  private void code(StringBuilder text, int digits) {
    int end = Math.min(at + digits, source.length());
    try {
      text.appendCodePoint(Integer.parseInt(source.substring(at, end), 16));
    } catch (IllegalArgumentException notACharacter) {
      text.append('\uFFFD');
    }
    at = end;
  }
}
