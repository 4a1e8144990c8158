package vn.tnmt.lakehouse.ingestion.reader.table;

import org.jspecify.annotations.Nullable;

/** What a number format of a spreadsheet makes of a number. */
public enum CellFormat {
  NUMBER,
  DATE,
  DATE_TIME,
  TIME,
  /** Hours beyond 24, {@code [h]:mm}. */
  ELAPSED;

  /**
   * The format of a built-in number (ECMA-376 part 1, 18.8.30, with the East Asian ones) or of its
   * own code.
   *
   * @param code null when the file gives none
   */
  public static CellFormat of(int id, @Nullable String code) {
    if (code != null) {
      return ofCode(code);
    }
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) {
      return DATE;
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47) {
      return TIME;
    }
    return id == 22 ? DATE_TIME : id == 46 ? ELAPSED : NUMBER;
  }

  private static CellFormat ofCode(String code) {
    boolean day = false;
    boolean month = false;
    boolean clock = false;
    for (int i = 0; i < code.length(); i++) {
      char c = Character.toLowerCase(code.charAt(i));
      switch (c) {
        case ';' -> i = code.length();
        case '"' -> {
          int close = code.indexOf('"', i + 1);
          i = close < 0 ? code.length() : close;
        }
        case '\\', '_', '*' -> i++;
        case '[' -> {
          int close = code.indexOf(']', i);
          if (close < 0) {
            return NUMBER;
          }
          if (close > i + 1
              && "hms".indexOf(Character.toLowerCase(code.charAt(i + 1))) >= 0
              && code.substring(i + 1, close).chars().distinct().count() == 1) {
            return ELAPSED;
          }
          i = close;
        }
        case 'a' -> {
          if (code.regionMatches(true, i, "am/pm", 0, 5)) {
            clock = true;
            i += 4;
          } else if (code.regionMatches(true, i, "a/p", 0, 3)) {
            clock = true;
            i += 2;
          }
        }
        case 'g' -> {
          if (code.regionMatches(true, i, "general", 0, 7)) {
            return NUMBER;
          }
        }
        case 'y', 'd' -> day = true;
        case 'm' -> month = true;
        case 'h', 's' -> clock = true;
        default -> {}
      }
    }
    if (day || (month && !clock)) {
      return clock ? DATE_TIME : DATE;
    }
    return clock ? TIME : NUMBER;
  }
}
