package vn.tnmt.lakehouse.transform.index;

/**
 * The levels of VN_WQI with the names, colours and uses of bảng 7 of Quyết định 1460/QĐ-TCMT. The
 * English texts are not in the decision.
 */
public enum WqiCategory {
  VERY_GOOD(
      91,
      100,
      "Rất tốt",
      "Very good",
      "#3333FF",
      "Sử dụng tốt cho mục đích cấp nước sinh hoạt",
      "Good for domestic water supply"),
  GOOD(
      76,
      90,
      "Tốt",
      "Good",
      "#00E400",
      "Cấp nước sinh hoạt nhưng cần biện pháp xử lý phù hợp",
      "Domestic supply with suitable treatment"),
  MODERATE(
      51,
      75,
      "Trung bình",
      "Moderate",
      "#FFFF00",
      "Tưới tiêu và mục đích tương đương",
      "Irrigation and the like"),
  BAD(
      26,
      50,
      "Xấu",
      "Bad",
      "#FF7E00",
      "Giao thông thủy và mục đích tương đương",
      "Navigation and the like"),
  POOR(
      10,
      25,
      "Kém",
      "Very bad",
      "#FF0000",
      "Nước ô nhiễm nặng, cần biện pháp xử lý trong tương lai",
      "Heavily polluted, to be treated in future"),
  TOXIC(
      0,
      9,
      "Ô nhiễm rất nặng",
      "Severely polluted",
      "#7E0023",
      "Nước nhiễm độc, cần khắc phục, xử lý",
      "Toxic, to be remedied now");

  private final int lowest;
  private final int highest;
  private final String vi;
  private final String en;
  private final String colour;
  private final String useVi;
  private final String useEn;

  WqiCategory(
      int lowest, int highest, String vi, String en, String colour, String useVi, String useEn) {
    this.lowest = lowest;
    this.highest = highest;
    this.vi = vi;
    this.en = en;
    this.colour = colour;
    this.useVi = useVi;
    this.useEn = useEn;
  }

  /** The level of an index between 0 and 100. */
  public static WqiCategory of(int wqi) {
    for (WqiCategory category : values()) {
      if (wqi >= category.lowest && wqi <= category.highest) {
        return category;
      }
    }
    throw new IllegalArgumentException("VN_WQI is between 0 and 100, not " + wqi);
  }

  public int lowest() {
    return lowest;
  }

  public int highest() {
    return highest;
  }

  public String vi() {
    return vi;
  }

  public String en() {
    return en;
  }

  /** Official colour as {@code #RRGGBB}. */
  public String colour() {
    return colour;
  }

  public String useVi() {
    return useVi;
  }

  public String useEn() {
    return useEn;
  }
}
