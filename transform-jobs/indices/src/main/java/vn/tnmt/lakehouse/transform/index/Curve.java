package vn.tnmt.lakehouse.transform.index;

import java.util.Arrays;

/**
 * A sub-index as a function of one concentration: straight lines between knots, one constant below
 * the first knot and one above the last. A table's jump (100 below 0.3, 75 at 0.3) is a constant
 * that differs from the neighbouring knot.
 */
final class Curve {
  private final double below;
  private final double[] x;
  private final double[] y;
  private final double above;

  /** Knots in strictly rising order of {@code x}. */
  Curve(double below, double[] x, double[] y, double above) {
    if (x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException("A curve needs as many indices as concentrations");
    }
    for (int i = 1; i < x.length; i++) {
      if (!(x[i] > x[i - 1])) {
        throw new IllegalArgumentException("Knots must rise: " + Arrays.toString(x));
      }
    }
    this.below = below;
    this.x = x.clone();
    this.y = y.clone();
    this.above = above;
  }

  /** The index at {@code c}, exact at the knots; {@code NaN} for {@code NaN}. */
  double at(double c) {
    if (Double.isNaN(c)) {
      return Double.NaN;
    }
    int found = Arrays.binarySearch(x, c + 0.0); // + 0.0 turns -0.0 into 0.0
    if (found >= 0) {
      return y[found];
    }
    int next = -found - 1;
    if (next == 0) {
      return below;
    }
    if (next == x.length) {
      return above;
    }
    return y[next - 1] + (y[next] - y[next - 1]) / (x[next] - x[next - 1]) * (c - x[next - 1]);
  }

  /** {@code c} when an instrument can have measured it, else {@code NaN}. */
  static double measured(double c) {
    return c >= 0 && c < Double.POSITIVE_INFINITY ? c : Double.NaN;
  }

  /**
   * Half-up to an integer. <em>Interpretation</em>: both decisions say "rounded" only. 1e-9 is
   * added first because an index that is 109.5 on paper may be 109.49999999999999 in binary.
   */
  static int rounded(double index) {
    return (int) Math.floor(index + 0.5 + 1e-9);
  }
}
