package vn.tnmt.lakehouse.ingestion.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How well texts in unknown bytes read in each encoding: of the different words that hold other
 * than ASCII, the share that are Vietnamese syllables, less the share that hold letters Vietnamese
 * does not have. Words that are only signs ({@code µg}), or look French, count half.
 */
final class Score {
  /** More words than this say no more. */
  private static final int MAX_WORDS = 4000;

  /** The letters of VISCII that stand where other encodings have control characters. */
  private static final String VISCII_CONTROLS = "\u0002\u0005\u0006\u0014\u0019\u001E";

  private static final String FRENCH = "àâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ";
  private static final double HALF = 0.5;

  private final Set<String> words = new HashSet<>();

  void add(String bytewise) {
    for (int from = 0; from < bytewise.length() && words.size() < MAX_WORDS; ) {
      int to = from;
      boolean ascii = true;
      while (to < bytewise.length() && ofWord(bytewise.charAt(to))) {
        ascii &= bytewise.charAt(to) < 0x80 && bytewise.charAt(to) >= ' ';
        to++;
      }
      if (!ascii) {
        words.add(bytewise.substring(from, to));
      }
      from = to + 1;
    }
  }

  void add(Score other) {
    for (String word : other.words) {
      if (words.size() < MAX_WORDS) {
        words.add(word);
      }
    }
  }

  /** Number of different words seen. */
  int words() {
    return words.size();
  }

  /** 0 to 1; at most one half for Windows-1252, which does not have the letters of Vietnamese. */
  double of(Encoding encoding) {
    double sum = 0;
    for (String word : words) {
      String text = encoding.decode(word);
      sum += encoding == Encoding.WINDOWS_1252 ? western(text) : vietnamese(text);
    }
    return share(sum);
  }

  /** Whether both encodings read every word alike. */
  boolean alike(Encoding one, Encoding other) {
    return words.stream().allMatch(word -> one.decode(word).equals(other.decode(word)));
  }

  /** As the words show themselves when taken for Windows-1252, Vietnamese counting in full. */
  double asShown() {
    double sum = 0;
    for (String word : words) {
      String text = Encoding.WINDOWS_1252.decode(word);
      sum += Math.max(vietnamese(text), western(text));
    }
    return share(sum);
  }

  private double share(double sum) {
    return words.isEmpty() ? 0 : Math.max(0, sum / words.size());
  }

  private static boolean ofWord(char c) {
    return c >= 0x80
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || VISCII_CONTROLS.indexOf(c) >= 0;
  }

  private static double vietnamese(String word) {
    boolean signsOnly = true;
    boolean syllables = true;
    for (int from = 0; from < word.length(); ) {
      int to = from;
      boolean ascii = true;
      while (to < word.length() && !Vietnamese.sign(word.charAt(to))) {
        char c = word.charAt(to);
        if (!Vietnamese.letter(c)) {
          return -1;
        }
        ascii &= c < 0x80;
        to++;
      }
      if (to > from && !ascii) {
        String run = word.substring(from, to);
        signsOnly = false;
        syllables &= Vietnamese.syllable(run) && !smallBeforeCapital(run);
      }
      from = to + 1;
    }
    return signsOnly ? HALF : syllables ? 1 : 0;
  }

  /** An encoding that puts capitals inside of words is the wrong one. */
  private static boolean smallBeforeCapital(String run) {
    for (int i = 1; i < run.length(); i++) {
      if (Character.isLowerCase(run.charAt(i - 1)) && Character.isUpperCase(run.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether every word is a unit or the like, with none but ASCII letters. */
  boolean signsOnly() {
    return words.stream().allMatch(word -> signs(Encoding.WINDOWS_1252.decode(word)));
  }

  /** Whether an encoding has a Vietnamese letter or a sign for everything in every word. */
  boolean possible(Encoding encoding) {
    return words.stream().allMatch(word -> vietnamese(encoding.decode(word)) >= 0);
  }

  /** Signs where they stand beside letters: {@code °C}, {@code µg}, {@code m³}; or alone. */
  private static boolean signs(String word) {
    boolean letters = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < 0x80) {
        letters |= Vietnamese.letter(c);
      } else if (!Vietnamese.sign(c)) {
        return false;
      } else if (letters ? "²³°".indexOf(c) < 0 && !punctuation(c) : inWord(word, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether letters follow a sign that does not begin a unit. */
  private static boolean inWord(String word, int i) {
    return i + 1 < word.length()
        && Vietnamese.letter(word.charAt(i + 1))
        && "°µ²³".indexOf(word.charAt(i)) < 0
        && !punctuation(word.charAt(i));
  }

  private static boolean punctuation(char c) {
    return c >= 0x2010 || c == '\u00A0';
  }

  private static double western(String word) {
    if (signs(word)) {
      return HALF;
    }
    int letters = 0;
    int french = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 0x80 && FRENCH.indexOf(c) >= 0) {
        french++;
      } else if (c >= 0x80 && !Vietnamese.sign(c)) {
        return -1;
      }
      letters += Character.isLetter(c) ? 1 : 0;
    }
    boolean cased = word.equals(word.toUpperCase(Locale.ROOT)) || !smallBeforeCapital(word);
    return french > 0 && cased && letters > 1 && french * 2 <= letters + 1 ? HALF : 0;
  }
}
