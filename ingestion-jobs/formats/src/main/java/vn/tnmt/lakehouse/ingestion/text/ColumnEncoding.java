package vn.tnmt.lakehouse.ingestion.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of one column become text.
 *
 * @param bytes encoding of bytes that are not UTF-8; null when the evidence does not decide
 * @param alike other encodings that read all cells seen as {@code bytes} does: a cell that they
 *     read otherwise is undecided
 * @param shown encoding of the bytes that Unicode text shows when it is mojibake of Windows-1252;
 *     {@link Encoding#UTF_8} when it is to be taken as it stands, null when undecided
 * @param mixed whether other cells of the column are Unicode beyond doubt
 * @param twice whether cells that may or may not be encoded twice are
 * @param fixed whether the feed has named the encoding, so that nothing is left to evidence
 * @param why candidates and their scores, for people; empty when nothing had to be decided
 */
public record ColumnEncoding(
    @Nullable Encoding bytes,
    List<Encoding> alike,
    @Nullable Encoding shown,
    boolean mixed,
    boolean twice,
    boolean fixed,
    String why) {
  /** Every cell is what it seems: strict UTF-8. */
  public static ColumnEncoding named(Encoding encoding) {
    return new ColumnEncoding(encoding, List.of(), encoding, false, false, true, "");
  }

  /** What became of a cell. */
  public enum Outcome {
    READ,
    /** The evidence does not decide; the text is the delivered one. */
    UNDECIDED,
    /** Some bytes stand for nothing in the encoding; they are U+FFFD in the text. */
    MISFIT
  }

  /**
   * A cell as text.
   *
   * @param repaired whether the text had been encoded twice
   */
  public record Read(String text, Outcome outcome, boolean repaired) {
    static Read of(String text) {
      return new Read(text, Outcome.READ, false);
    }
  }

  /** Whether a text is the same in every encoding. */
  public static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a cell.
   *
   * @param bytewise whether the reader hands out bytes, one character each; else Unicode
   */
  public Read read(String cell, boolean bytewise) {
    if (plain(cell)) {
      return Read.of(cell);
    }
    boolean isBytes = bytewise && Bytes.bytewise(cell);
    if (fixed) {
      return fixed(cell, isBytes);
    }
    String unicode = isBytes ? Bytes.utf8OrNull(cell) : cell;
    if (unicode == null || Bytes.ascii(cell)) {
      return bytes == null || alike.stream().anyMatch(other -> differ(other, cell))
          ? undecided(cell)
          : decoded(bytes, cell);
    }
    String once = once(unicode, twice);
    if (!once.equals(unicode)) {
      return new Read(once, Outcome.READ, true);
    }
    String behind = shown == Encoding.UTF_8 ? null : Bytes.mojibake(unicode);
    if (behind == null) {
      return Read.of(unicode);
    }
    Read other = shown == null ? Read.of(unicode) : decoded(shown, behind);
    if (shown != null && other.text.equals(unicode)) {
      return Read.of(unicode);
    }
    boolean letters = new Score().addLetters(behind);
    if (!letters && (shown == null || mixed)) {
      return Read.of(unicode);
    }
    // Beside proven Unicode, a cell that reads well as it stands may be either.
    boolean either = !letters || (mixed && Score.ofText(unicode) >= EncodingEvidence.LEAST);
    return shown == null || either ? undecided(unicode) : other;
  }

  private boolean differ(Encoding other, String cell) {
    return !other.decode(cell).equals(bytes.decode(cell));
  }

  private Read fixed(String cell, boolean isBytes) {
    if (isBytes) {
      return decoded(bytes, cell);
    }
    String behind = bytes == Encoding.UTF_8 ? null : Bytes.mojibake(cell);
    return behind == null ? Read.of(cell) : decoded(bytes, behind);
  }

  private static Read undecided(String text) {
    return new Read(text, Outcome.UNDECIDED, false);
  }

  private static Read decoded(Encoding encoding, String cell) {
    String strict = encoding == Encoding.UTF_8 ? Bytes.utf8OrNull(cell) : null;
    String text = strict != null ? strict : encoding.decode(cell);
    boolean misfit = strict == null && text.indexOf(SingleBytes.NONE) >= 0;
    return new Read(text, misfit ? Outcome.MISFIT : Outcome.READ, false);
  }

  /**
   * The text behind one that was encoded to UTF-8 again after having been taken for Windows-1252,
   * which reads better than what is shown; the very same text when it was not.
   */
  static String once(String unicode) {
    return once(unicode, false);
  }

  /**
   * @param twice whether a text that reads as well as it stands is taken for encoded twice, too
   */
  static String once(String unicode, boolean twice) {
    String text = unicode;
    for (int times = 0; times < 3; times++) {
      String behind = behind(text);
      if (behind == null || (!twice && Score.ofText(behind) <= Score.ofText(text))) {
        return text;
      }
      text = behind;
    }
    return text;
  }

  /** What a text says when it is the mojibake of UTF-8; null when it cannot be. */
  static @Nullable String behind(String text) {
    String bytes = Bytes.mojibake(text);
    return bytes == null || Bytes.ascii(bytes) ? null : Bytes.utf8OrNull(bytes);
  }
}
