package vn.tnmt.lakehouse.tables.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.text.BoundedText;

/**
 * A regular expression of the kind that codes have, classes of characters behind each other of
 * which only the last may be repeated freely ({@code \d{5}}, {@code [A-Z]{2}-[0-9]{1,6}}), matched
 * by counting. Where a text has a character behind those that Vietnamese needs, the regular
 * expression decides. One instance serves one thread.
 */
final class CodePattern {
  private static final int MANY = Integer.MAX_VALUE;

  /** Characters of which is known whether a class has them: up to Latin Extended Additional. */
  private static final int KNOWN = 0x2000;

  /** A class, {@code \d}, a point or a character that means itself; then how often. */
  private static final Pattern ELEMENT =
      Pattern.compile(
          "(\\[\\^?[^\\[\\]&\\\\^]+]|\\\\d|\\.|[A-Za-z0-9 _:/,;@#%=~-])"
              + "(?:\\{(\\d{1,6})(?:(,)(\\d{0,6}))?}|([?*+])(?![+?]))?(?![+?*{])");

  private final boolean[][] classes;

  /** How often each class but the last occurs; then least and most of the last one. */
  private final int[] counts;

  private final int least;
  private final int most;
  private final Matcher regular;

  private CodePattern(boolean[][] classes, int[] counts, int least, int most, Matcher regular) {
    this.classes = classes;
    this.counts = counts;
    this.least = least;
    this.most = most;
    this.regular = regular;
  }

  /** Empty when the expression is of another kind. */
  static Optional<CodePattern> of(Pattern pattern) {
    List<boolean[]> classes = new ArrayList<>();
    List<int[]> often = new ArrayList<>();
    Matcher element = ELEMENT.matcher(pattern.pattern());
    int at = 0;
    while (at < pattern.pattern().length()) {
      if (!element.region(at, pattern.pattern().length()).lookingAt()) {
        return Optional.empty();
      }
      classes.add(members(element.group(1)));
      often.add(quantity(element));
      at = element.end();
    }
    int last = classes.size() - 1;
    if (last < 0 || often.subList(0, last).stream().anyMatch(q -> q[0] != q[1])) {
      return Optional.empty();
    }
    return Optional.of(
        new CodePattern(
            classes.toArray(boolean[][]::new),
            often.subList(0, last).stream().mapToInt(q -> q[0]).toArray(),
            often.get(last)[0],
            often.get(last)[1],
            pattern.matcher("")));
  }

  private static boolean[] members(String one) {
    Pattern pattern = Pattern.compile(one);
    boolean[] members = new boolean[KNOWN];
    for (char c = 0; c < members.length; c++) {
      members[c] = pattern.matcher(String.valueOf(c)).matches();
    }
    return members;
  }

  private static int[] quantity(Matcher element) {
    if (element.group(2) != null) {
      int least = Integer.parseInt(element.group(2));
      int most =
          element.group(3) == null
              ? least
              : element.group(4).isEmpty() ? MANY : Integer.parseInt(element.group(4));
      return new int[] {least, most};
    }
    String mark = element.group(5) == null ? "" : element.group(5);
    return switch (mark) {
      case "?" -> new int[] {0, 1};
      case "*" -> new int[] {0, MANY};
      case "+" -> new int[] {1, MANY};
      default -> new int[] {1, 1};
    };
  }

  boolean matches(String text) {
    int length = text.length();
    int at = 0;
    int element = 0;
    int left = counts.length > 0 ? counts[0] : MANY;
    for (; at < length; at++) {
      while (left == 0) {
        left = ++element < counts.length ? counts[element] : MANY;
      }
      char c = text.charAt(at);
      if (c >= KNOWN) {
        return BoundedText.matches(regular, text);
      }
      if (!classes[element][c]) {
        return false;
      }
      left--;
    }
    while (left == 0) {
      left = ++element < counts.length ? counts[element] : MANY;
    }
    int repeated = MANY - left;
    return element == counts.length && repeated >= least && repeated <= most;
  }
}
