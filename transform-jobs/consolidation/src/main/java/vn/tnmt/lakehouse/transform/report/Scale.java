package vn.tnmt.lakehouse.transform.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * An index as the page shows it: each category with its official colour and, beside the colour, a
 * letter of ours, A for the best. Values are whole numbers, as the decisions have them.
 *
 * @param name short name of the index, for example {@code VN_AQI}
 * @param categories best first
 */
public record Scale(String name, List<Category> categories) {
  /**
   * One level as the decision defines it.
   *
   * @param colour {@code #RRGGBB}
   */
  public record Level(int low, int high, Words name, String colour) {
    public Level {
      if (!colour.matches("#[0-9A-Fa-f]{6}")) {
        throw new IllegalArgumentException("not #RRGGBB: " + colour);
      }
    }
  }

  /**
   * A category of values, as the page shows it.
   *
   * @param letter second sign beside the colour
   * @param ink colour of a letter on {@code colour}
   */
  public record Category(String letter, int low, int high, Words name, String colour, String ink) {}

  /**
   * A scale over the levels of an index.
   *
   * @param levels best first
   */
  public static Scale of(String name, List<Level> levels) {
    return new Scale(
        name,
        IntStream.range(0, levels.size())
            .mapToObj(i -> category((char) ('A' + i), levels.get(i)))
            .toList());
  }

  /** The category of a value. */
  Category of(int value) {
    return categories.stream()
        .filter(category -> value >= category.low() && value <= category.high())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no level for " + value));
  }

  /** The decision's name of a value's level. */
  public Words level(int value) {
    return of(value).name();
  }

  /** Whether higher is worse follows from the order of the levels. */
  Comparator<Integer> worstFirst() {
    boolean highIsWorse = categories.get(0).low() < categories.get(categories.size() - 1).low();
    return highIsWorse ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  private static Category category(char letter, Level level) {
    return new Category(
        String.valueOf(letter),
        level.low(),
        level.high(),
        level.name(),
        level.colour(),
        ink(level.colour()));
  }

  /** Black or white, whichever stands out more by WCAG's contrast. */
  private static String ink(String colour) {
    double luminance =
        0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
    return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? "#000000" : "#FFFFFF";
  }

  private static double linear(String colour, int from) {
    double part = Integer.parseInt(colour.substring(from, from + 2), 16) / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
