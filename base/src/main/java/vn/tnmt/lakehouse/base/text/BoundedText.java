package vn.tnmt.lakehouse.base.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that a regular expression may look at so many times only, in proportion to its length.
 * Java's matcher goes back and forth; against a text that was made for it, it would do so for
 * years. Patterns come from contracts and feeds, texts from publishers.
 */
public final class BoundedText implements CharSequence {
  /** Looks at each character; a pattern of ours looks at each a few times. */
  private static final int LOOKS = 1_000;

  private static final int AT_LEAST = 10_000;

  private final CharSequence text;
  private long left;

  private BoundedText(CharSequence text, long left) {
    this.text = text;
    this.left = left;
  }

  /**
   * Whether all of a text matches.
   *
   * @param matcher of any text; afterwards its groups are those of this one
   * @return false also when that took too many looks
   */
  public static boolean matches(Matcher matcher, CharSequence text) {
    try {
      return matcher
          .reset(new BoundedText(text, Math.max(AT_LEAST, (long) LOOKS * text.length())))
          .matches();
    } catch (Exhausted e) {
      return false;
    }
  }

  /** As {@link #matches(Matcher, CharSequence)}, for a pattern. */
  public static boolean matches(Pattern pattern, CharSequence text) {
    return matches(pattern.matcher(""), text);
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Too many looks; a signal, without a stack. */
  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("too many looks", null, false, false);
    }
  }
}
