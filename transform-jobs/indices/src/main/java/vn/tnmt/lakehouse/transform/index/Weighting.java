package vn.tnmt.lakehouse.transform.index;

/**
 * How groups IV and V are put together. Both forms are in use; which one was used is stored beside
 * every index.
 *
 * <p>{@link #UNWEIGHTED}: {@code sqrt(IV·V)}; {@link #WEIGHTED}, group IV twice: {@code
 * cbrt(IV²·V)}.
 */
public enum Weighting {
  UNWEIGHTED("unweighted"),
  WEIGHTED("weighted");

  private final String code;

  Weighting(String code) {
    this.code = code;
  }

  /** What configuration and the national table say. */
  public String code() {
    return code;
  }

  public static Weighting of(String code) {
    for (Weighting weighting : values()) {
      if (weighting.code.equals(code)) {
        return weighting;
      }
    }
    throw new IllegalArgumentException("Weighting is unweighted or weighted, not " + code);
  }

  double of(double groupIv, double groupV) {
    return switch (this) {
      case UNWEIGHTED -> Math.sqrt(groupIv * groupV);
      case WEIGHTED -> Math.cbrt(groupIv * groupIv * groupV);
    };
  }
}
