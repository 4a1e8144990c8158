package vn.tnmt.lakehouse.ingestion.format.parquet;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of 16 bits (IEEE 754 binary16). */
final class Half {
  private static final int DIGITS = 5;
  private static final int INFINITY = 0x7C00;

  private Half() {}

  static float value(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0x1F
            ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0 ? fraction * 0x1p-24f : Math.scalb(1024f + fraction, exponent - 25);
    return bits < 0 ? -size : size;
  }

  /** The shortest decimal that no other number of 16 bits is nearer to. */
  static String text(short bits) {
    float value = value(bits);
    int size = bits & 0x7FFF;
    if (size == 0 || size >= INFINITY) {
      return size == 0 ? "0" : Float.toString(value);
    }
    float above = Math.abs(value);
    double low = (above + (double) value((short) (size - 1))) / 2;
    double high = above + (above - low);
    BigDecimal exact = new BigDecimal(above);
    for (int digits = 1; digits <= DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() > low && rounded.doubleValue() < high) {
        exact = rounded;
        break;
      }
    }
    return (bits < 0 ? "-" : "") + exact.stripTrailingZeros().toPlainString();
  }
}
