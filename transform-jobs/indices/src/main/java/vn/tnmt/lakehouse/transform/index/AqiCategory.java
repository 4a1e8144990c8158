package vn.tnmt.lakehouse.transform.index;

/**
 * The levels of VN_AQI with the names and colours of Quyết định 1459/QĐ-TCMT. The English names are
 * not in the decision.
 */
public enum AqiCategory {
  GOOD(0, 50, "Tốt", "Good", "#00E400"),
  MODERATE(51, 100, "Trung bình", "Moderate", "#FFFF00"),
  SENSITIVE(101, 150, "Kém", "Unhealthy for sensitive groups", "#FF7E00"),
  UNHEALTHY(151, 200, "Xấu", "Unhealthy", "#FF0000"),
  VERY_UNHEALTHY(201, 300, "Rất xấu", "Very unhealthy", "#8F3F97"),
  HAZARDOUS(301, 500, "Nguy hại", "Hazardous", "#7E0023");

  private final int lowest;
  private final int highest;
  private final String vi;
  private final String en;
  private final String colour;

  AqiCategory(int lowest, int highest, String vi, String en, String colour) {
    this.lowest = lowest;
    this.highest = highest;
    this.vi = vi;
    this.en = en;
    this.colour = colour;
  }

  /** The level of an index between 0 and 500. */
  public static AqiCategory of(int aqi) {
    for (AqiCategory category : values()) {
      if (aqi >= category.lowest && aqi <= category.highest) {
        return category;
      }
    }
    throw new IllegalArgumentException("VN_AQI is between 0 and 500, not " + aqi);
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
}
