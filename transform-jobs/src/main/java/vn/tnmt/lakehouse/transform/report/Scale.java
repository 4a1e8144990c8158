package vn.tnmt.lakehouse.transform.report;

import java.util.List;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * The categories of a national index, with the colours that its decision prints.
 *
 * <p>VN_AQI: Quyết định 1459/QĐ-TCMT of 12/11/2019. VN_WQI: Quyết định 1460/QĐ-TCMT of 12/11/2019,
 * Bảng 7. The decisions are in Vietnamese; the English names are ours. The letters are ours too:
 * the second sign beside the colour, A for the best.
 */
enum Scale {
  AIR(
      List.of(
          category("A", 0, 50, "Tốt", "Good", "#00E400"),
          category("B", 51, 100, "Trung bình", "Moderate", "#FFFF00"),
          category("C", 101, 150, "Kém", "Unhealthy for sensitive groups", "#FF7E00"),
          category("D", 151, 200, "Xấu", "Unhealthy", "#FF0000"),
          category("E", 201, 300, "Rất xấu", "Very unhealthy", "#8F3F97"),
          category("F", 301, 500, "Nguy hại", "Hazardous", "#7E0023"))),
  WATER(
      List.of(
          category("A", 91, 100, "Rất tốt", "Very good", "#3333FF"),
          category("B", 76, 90, "Tốt", "Good", "#00E400"),
          category("C", 51, 75, "Trung bình", "Moderate", "#FFFF00"),
          category("D", 26, 50, "Xấu", "Poor", "#FF7E00"),
          category("E", 10, 25, "Kém", "Very poor", "#FF0000"),
          category("F", 0, 9, "Ô nhiễm rất nặng", "Heavily polluted", "#7E0023")));

  /** Highest VN_AQI that is still Trung bình. */
  static final int AIR_LIMIT = 100;

  /** Highest VN_WQI that is Xấu. */
  static final int WATER_LIMIT = 50;

  private final List<Category> categories;

  Scale(List<Category> categories) {
    this.categories = categories;
  }

  /**
   * @param letter second sign beside the colour
   * @param ink colour of a letter on {@code colour}, contrast at least 4.5
   */
  record Category(String letter, int low, int high, Words name, String colour, String ink) {}

  /** Best first. */
  List<Category> categories() {
    return categories;
  }

  /** The category of an index rounded to a whole number, as both decisions have it. */
  Category of(int index) {
    return categories.stream()
        .filter(category -> index >= category.low && index <= category.high)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(this + " has no index " + index));
  }

  private static Category category(
      String letter, int low, int high, String vi, String en, String colour) {
    boolean dark = List.of("#8F3F97", "#7E0023", "#3333FF").contains(colour);
    return new Category(letter, low, high, new Words(vi, en), colour, dark ? "#FFFFFF" : "#000000");
  }
}
