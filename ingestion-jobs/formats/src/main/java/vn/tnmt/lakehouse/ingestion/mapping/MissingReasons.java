package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** Why a value is missing, by the text that stands in its place: code list missing_markers. */
final class MissingReasons {
  static final String BELOW_DETECTION = "below_detection";
  static final String NO_DATA = "no_data";
  static final String NOT_STATED = "not_stated";
  static final String BLANK = "blank";

  /** The mark for “not detected” with the limit behind it: {@code KPH (<0,01)}. */
  private static final Pattern WITH_LIMIT =
      Pattern.compile(
          "(?<mark>[^(<=0-9]+)\\(?\\s*(?:<|(?:LOD|MDL|GHPH|LOQ)\\s*[=:]?\\s*<?)?\\s*"
              + "(?<limit>[0-9][0-9.,]*)\\s*\\)?");

  private static final int MAX_TEXT = 60;

  private final Map<String, String> byText = new HashMap<>();

  static MissingReasons of(CodeLists lists) {
    MissingReasons reasons = new MissingReasons();
    lists
        .rows("missing_markers")
        .forEach(row -> reasons.byText.put(fold(row.get("text")), row.get("reason")));
    return reasons;
  }

  /**
   * The reason of a cleaned text; empty when it stands for a value.
   *
   * @param declared texts that the feed calls missing; “not detected” and NaN, a number that is
   *     none, are known without
   */
  String reason(String text, Set<String> declared) {
    if (text.isEmpty()) {
      return BLANK;
    }
    String reason = byText.getOrDefault(fold(text), "");
    if (declared.contains(text)) {
      return reason.isEmpty() ? NOT_STATED : reason;
    }
    return reason.equals(BELOW_DETECTION) || text.equalsIgnoreCase("NaN") ? reason : "";
  }

  /** {@code <0,01} of {@code KPH (<0,01)} or {@code KPH (LOD=0,01)}; empty when there is none. */
  String limit(String text) {
    if (text.length() > MAX_TEXT || text.isEmpty() || text.charAt(0) == '<') {
      return "";
    }
    Matcher found = WITH_LIMIT.matcher(text);
    return found.matches()
            && BELOW_DETECTION.equals(byText.get(fold(Texts.clean(found.group("mark")))))
        ? "<" + found.group("limit")
        : "";
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
