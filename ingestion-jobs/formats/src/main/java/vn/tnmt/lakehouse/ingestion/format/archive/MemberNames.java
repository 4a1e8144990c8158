package vn.tnmt.lakehouse.ingestion.format.archive;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.text.Encoding;

/**
 * Names of archive members, whose encoding archives do not tell: UTF-8 when the bytes are, else the
 * old code page in which the words look Vietnamese (Windows-1258, TCVN3, CP437). NFC.
 */
final class MemberNames {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");
  private static final Pattern TONES = Pattern.compile("[\u0300\u0301\u0303\u0309\u0323]");
  private static final Pattern SYLLABLE =
      Pattern.compile(
          "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?"
              + "(?:a[iouy]?|ă|â[uy]?|e[o]?|êu?|i[aêu]?u?|iêu|o[aăeio]?[iyo]?|ôi?|ơi?"
              + "|u[aâêôiơy]?[iu]?|uy[aêu]|uây|uôi|ư[aơiu]?[iu]?|y[aê]?u?)"
              + "(?:ch?|m|ng?|nh|p|t)?");

  private MemberNames() {}

  /** The name that the bytes most likely are. */
  static String of(byte[] raw) {
    if (Utf8.valid(raw, 0, raw.length)) {
      return nfc(new String(raw, StandardCharsets.UTF_8));
    }
    String best = "";
    int bestScore = Integer.MIN_VALUE;
    for (Function<byte[], String> page : pages().toList()) {
      String name = nfc(page.apply(raw));
      int score = score(name);
      if (score > bestScore) {
        best = name;
        bestScore = score;
      }
    }
    return best;
  }

  /** A name that was decoded as ISO 8859-1, or, when it has other letters, as what it is. */
  static String ofLatin1(String name) {
    return name.chars().allMatch(c -> c <= 0xFF)
        ? of(name.getBytes(StandardCharsets.ISO_8859_1))
        : nfc(name);
  }

  private static Stream<Function<byte[], String>> pages() {
    return Stream.concat(
        Stream.of("windows-1258", "IBM437")
            .filter(Charset::isSupported)
            .map(name -> raw -> new String(raw, Charset.forName(name))),
        Stream.<Function<byte[], String>>of(
            raw -> Encoding.TCVN3.decode(Utf8.bytewise(raw, 0, raw.length)),
            raw -> new String(raw, StandardCharsets.ISO_8859_1)));
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static int score(String name) {
    int score = 0;
    Matcher words = WORD.matcher(name);
    while (words.find()) {
      String word = words.group();
      if (word.chars().anyMatch(c -> c >= 0x80)) {
        score += vietnamese(word) ? 2 : -2;
      }
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 && !Character.isLetter(c)) {
        score -= 3;
      }
    }
    return score;
  }

  private static boolean vietnamese(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean oneCase =
        word.equals(lower)
            || word.equals(word.toUpperCase(Locale.ROOT))
            || word.substring(1).equals(lower.substring(1));
    Matcher tones = TONES.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD));
    String plain = tones.replaceAll("");
    return oneCase
        && tones.reset().results().count() <= 1
        && SYLLABLE.matcher(nfc(plain)).matches();
  }
}
