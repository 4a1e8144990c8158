package vn.tnmt.lakehouse.base.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person most likely meant. */
public final class Nearest {
  private Nearest() {}

  /** The known name closest to {@code given}, when it is close enough to be worth suggesting. */
  public static Optional<String> to(String given, Collection<String> known) {
    String wanted = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(
            Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            name ->
                distance(wanted, name.toLowerCase(Locale.ROOT))
                    <= Math.max(2, Math.max(name.length(), wanted.length()) / 3));
  }

  /** {@code "; did you mean 'x'?"} or an empty text. */
  public static String hint(String given, Collection<String> known) {
    return to(given, known).map(name -> "did you mean '" + name + "'?").orElse("");
  }

  /** Levenshtein distance: letters to insert, delete or replace. */
  public static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
