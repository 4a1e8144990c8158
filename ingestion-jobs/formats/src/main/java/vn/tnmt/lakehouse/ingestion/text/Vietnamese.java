package vn.tnmt.lakehouse.ingestion.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vietnamese syllables, made from the rules of the script (onset, rime, tone) and not from a
 * dictionary: so names count as well.
 */
public final class Vietnamese {
  private static final String ALPHABET = "abcdeghiklmnopqrstuvxyăâêôơưđ";

  /** Grave, acute, tilde, hook above, dot below. */
  private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";

  /** Of {@code nghiêng} with its marks apart, and one more. */
  private static final int MAX_LENGTH = 10;

  private static final Set<String> ONSETS =
      words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x");

  private static final Set<String> RIMES =
      words(
          "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
              + " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt"
              + " iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm"
              + " oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt"
              + " ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêt ui um un ung uơ up ut uy"
              + " uya uych uyên uyêt uyn uynh uyp uyt uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn"
              + " ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu");

  /** What follows {@code qu}. */
  private static final Set<String> RIMES_OF_QU =
      words(
          "a ac ach ai an ang anh ao at au ay ăc ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên"
              + " ênh êt i ich in inh it ơ ơi ôc y ych yên yêt ynh yt");

  private static final Set<String> FRONT = Set.of("e", "ê", "i", "y");
  private static final BitSet LETTERS = letters();

  private Vietnamese() {}

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.split(" ")));
  }

  /**
   * Whether a character is a letter of the Vietnamese alphabet, small or capital, with any tone.
   */
  static boolean letter(char c) {
    return c < 0x80
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        : c < 0x1F00 && LETTERS.get(c);
  }

  private static BitSet letters() {
    BitSet letters = new BitSet();
    for (char c = 0x80; c < 0x1F00; c++) {
      letters.set(c, marked(c));
    }
    return letters;
  }

  private static boolean marked(char c) {
    String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
    String base = base(Character.toLowerCase(parts.charAt(0)), parts.substring(1));
    return base != null && ALPHABET.contains(base);
  }

  /** A letter without its tone; null when the marks are not Vietnamese. */
  private static @Nullable String base(char letter, String marks) {
    char base = letter;
    boolean toned = false;
    for (int i = 0; i < marks.length(); i++) {
      char mark = marks.charAt(i);
      if (TONES.indexOf(mark) >= 0 && !toned) {
        toned = true;
      } else {
        int with =
            List.of("a\u0306", "a\u0302", "e\u0302", "o\u0302", "o\u031B", "u\u031B")
                .indexOf("" + base + mark);
        if (with < 0) {
          return null;
        }
        base = "ăâêôơư".charAt(with);
      }
    }
    return !toned || "aăâeêioôơuưy".indexOf(base) >= 0 ? String.valueOf(base) : null;
  }

  /** A character of figures, units and typography that any text may hold beside its letters. */
  static boolean sign(char c) {
    if (c < 0x80) {
      return !letter(c);
    }
    return "\u00A0°±²³µ·×÷§«»¼½¾¹º\u2013\u2014\u2018\u2019\u201C\u201D\u2022\u2026\u2030\u20AC\u201A\u201E\u2039\u203A\u2122"
            .indexOf(c)
        >= 0;
  }

  /** Whether a word, in any case and in composed form, is a syllable that Vietnamese can have. */
  public static boolean syllable(String word) {
    if (word.isEmpty() || word.length() > MAX_LENGTH) {
      return false;
    }
    String parts = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    StringBuilder plain = new StringBuilder();
    char tone = 0;
    for (int i = 0; i < parts.length(); ) {
      int next = i + 1;
      while (next < parts.length()
          && Character.getType(parts.charAt(next)) == Character.NON_SPACING_MARK) {
        if (TONES.indexOf(parts.charAt(next)) >= 0) {
          if (tone != 0) {
            return false;
          }
          tone = parts.charAt(next);
        }
        next++;
      }
      String letter = base(parts.charAt(i), parts.substring(i + 1, next));
      if (letter == null || !ALPHABET.contains(letter)) {
        return false;
      }
      plain.append(letter);
      i = next;
    }
    return plain.length() <= 7 && syllable(plain.toString(), tone);
  }

  private static boolean syllable(String plain, char tone) {
    for (int length = Math.min(3, plain.length() - 1); length >= 0; length--) {
      String onset = plain.substring(0, length);
      String rime = plain.substring(length);
      if ((length == 0 || ONSETS.contains(onset)) && fits(onset, rime) && fits(rime, tone)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String onset, String rime) {
    boolean front = FRONT.contains(rime.substring(0, 1));
    return switch (onset) {
      case "qu" -> RIMES_OF_QU.contains(rime);
      case "k", "gh", "ngh" -> front && RIMES.contains(rime);
      case "c", "ng" -> !front && RIMES.contains(rime);
      case "g" -> (!front || rime.startsWith("i")) && RIMES.contains(rime);
      case "gi" -> !rime.startsWith("i") && !rime.startsWith("y") && RIMES.contains(rime);
      case "" -> RIMES.contains(rime);
      default -> RIMES.contains(rime) && !rime.startsWith("yê");
    };
  }

  /** A syllable that ends in a stop has the acute or the dot. */
  private static boolean fits(String rime, char tone) {
    boolean stop =
        rime.endsWith("p") || rime.endsWith("t") || rime.endsWith("c") || rime.endsWith("ch");
    return !stop || tone == '\u0301' || tone == '\u0323';
  }
}
