package vn.tnmt.lakehouse.transform.report;

import java.util.Arrays;
import java.util.List;
import vn.tnmt.lakehouse.transform.index.AqiCategory;
import vn.tnmt.lakehouse.transform.index.WqiCategory;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * The two national indices as the page shows them: each category with its official colour and,
 * beside the colour, a letter of ours, A for the best.
 */
enum Scale {
  AIR(
      Arrays.stream(AqiCategory.values())
          .map(c -> category(c.ordinal(), c.lowest(), c.highest(), c.vi(), c.en(), c.colour()))
          .toList()),
  WATER(
      Arrays.stream(WqiCategory.values())
          .map(c -> category(c.ordinal(), c.lowest(), c.highest(), c.vi(), c.en(), c.colour()))
          .toList());

  /** Highest VN_AQI that is still Trung bình. */
  static final int AIR_LIMIT = 100;

  private final List<Category> categories;

  Scale(List<Category> categories) {
    this.categories = categories;
  }

  /**
   * @param letter second sign beside the colour
   * @param ink colour of a letter on {@code colour}
   */
  record Category(String letter, int low, int high, Words name, String colour, String ink) {}

  /** Best first. */
  List<Category> categories() {
    return categories;
  }

  /** The category of an index, a whole number as both decisions have it. */
  Category of(int index) {
    return categories.get(
        this == AIR ? AqiCategory.of(index).ordinal() : WqiCategory.of(index).ordinal());
  }

  private static Category category(
      int ordinal, int low, int high, String vi, String en, String colour) {
    return new Category(
        String.valueOf((char) ('A' + ordinal)), low, high, new Words(vi, en), colour, ink(colour));
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
