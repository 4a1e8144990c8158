package vn.tnmt.lakehouse.ingestion.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How well texts in unknown bytes read in each encoding: of the different words that hold other
 * than ASCII, the share that are Vietnamese syllables, less the share that hold letters Vietnamese
 * does not have. Words that look French count half. Words that are only signs ({@code µg}, {@code
 * m²}) speak for no encoding: they count half at most in each of them.
 */
final class Score {
  /** More words than this say no more. */
  private static final int MAX_WORDS = 4000;

  /** The letters of VISCII that stand where other encodings have control characters. */
  private static final String VISCII_CONTROLS = "\u0002\u0005\u0006\u0014\u0019\u001E";

  private static final String FRENCH = "àâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ";
  private static final double HALF = 0.5;

  /** What Windows-1252 has besides {@link Vietnamese#sign}; in old encodings these are letters. */
  private static final String MARKS = "¡¢£¤¥¦¨©ª¬®¯´¶¸¿†‡";

  private final Set<String> words = new HashSet<>();

  void add(String bytewise) {
    if (words.size() < MAX_WORDS) {
      words.addAll(words(bytewise));
    }
  }

  /**
   * As {@link #add}, without the words that are only signs or one letter; false when there are no
   * others.
   */
  boolean addLetters(String bytewise) {
    List<String> letters = words(bytewise);
    letters.removeIf(word -> word.length() == 1 || signs(Encoding.WINDOWS_1252.decode(word)));
    if (words.size() < MAX_WORDS) {
      words.addAll(letters);
    }
    return !letters.isEmpty();
  }

  /** The words of a text that hold other than ASCII. */
  private static List<String> words(String text) {
    List<String> found = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = from;
      boolean ascii = true;
      while (to < text.length() && ofWord(text.charAt(to))) {
        ascii &= text.charAt(to) < 0x80 && text.charAt(to) >= ' ';
        to++;
      }
      if (!ascii) {
        found.add(text.substring(from, to));
      }
      from = to + 1;
    }
    return found;
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
      String western = Encoding.WINDOWS_1252.decode(word);
      if (encoding == Encoding.WINDOWS_1252) {
        sum += western(western);
      } else {
        double vietnamese = vietnamese(encoding.decode(word));
        sum += signs(western) ? Math.min(HALF, vietnamese) : vietnamese;
      }
    }
    return share(sum, words.size());
  }

  /** Whether both encodings read every word alike. */
  boolean alike(Encoding one, Encoding other) {
    return words.stream().allMatch(word -> one.decode(word).equals(other.decode(word)));
  }

  /** As the words show themselves when taken for Windows-1252, Vietnamese counting in full. */
  double asShown() {
    return share(
        words.stream().map(Encoding.WINDOWS_1252::decode).mapToDouble(Score::asItStands).sum(),
        words.size());
  }

  /** The same for the words of one text in Unicode. */
  static double ofText(String text) {
    List<String> found = words(text);
    return share(found.stream().mapToDouble(Score::asItStands).sum(), found.size());
  }

  /** A word with a sign where no sign stands ({@code Tr¹m}) is none. */
  private static double asItStands(String word) {
    return signsInPlace(word) ? Math.max(vietnamese(word), western(word)) : 0;
  }

  private static double share(double sum, int words) {
    return words == 0 ? 0 : Math.max(0, sum / words);
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

  /** Whether all that is not ASCII are signs where signs stand: {@code °C}, {@code m³}, alone. */
  private static boolean signs(String word) {
    return word.chars().allMatch(c -> c < 0x80 || sign((char) c)) && signsInPlace(word);
  }

  /**
   * Whether every sign of a word stands where texts have it. In old encodings letters have the
   * bytes of signs, and so show as signs inside of words: {@code s«ng}, {@code Hµ}, {@code §¹i}.
   */
  private static boolean signsInPlace(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < 0x80 || !sign(c)) {
        continue;
      }
      boolean after = i > 0 && letter(word.charAt(i - 1));
      boolean before = i + 1 < word.length() && letter(word.charAt(i + 1));
      boolean inPlace =
          switch (c) {
            case '²', '³', '¹', '»' -> !before;
            case '°', 'º' -> !after || !before;
            case '§' -> i + 1 == word.length() || punctuation(word.charAt(i + 1));
            case 'µ', '«', '±', '×', '÷', '·', '¼', '½', '¾' -> !after;
            case '®', '©', 'ª' -> !before;
            default -> MARKS.indexOf(c) < 0 || (!after && !before);
          };
      if (!inPlace) {
        return false;
      }
    }
    return true;
  }

  private static boolean letter(char c) {
    return c < 0x80 ? Vietnamese.letter(c) : !sign(c);
  }

  private static boolean sign(char c) {
    return Vietnamese.sign(c) || MARKS.indexOf(c) >= 0;
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
