package vn.tnmt.lakehouse.tables.codelist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name taken apart for comparing: where the tone mark stands (hoà, hòa), i or y (Mỹ, Mĩ), Đ or Ð,
 * case, spaces, hyphens and punctuation of any kind, and NFC or NFD make no difference.
 *
 * @param words each without its tone mark, which follows the word; other marks kept
 */
record NameKey(List<String> words) {
  private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";
  private static final String OTHER_MARKS = "\u0302\u0306\u031B";
  private static final Set<Character> APOSTROPHES = Set.of('\'', '\u2019', '\u2018', '`', '\u02BC');
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern ONLY_Y = Pattern.compile("([bcdđghklmnpqrstvx]*|qu)y([\\p{M}]?)");
  private static final Pattern ZEROS = Pattern.compile("0+(?=\\d)");

  /** Longest first: the kinds of units, as they are put before names, and their abbreviations. */
  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("thành phố", "thanh_pho"),
          new Prefix("thị xã", "thi_xa"),
          new Prefix("thị trấn", "thi_tran"),
          new Prefix("đặc khu", "dac_khu"),
          new Prefix("t p", "thanh_pho"),
          new Prefix("t x", "thi_xa"),
          new Prefix("t t", "thi_tran"),
          new Prefix("tp", "thanh_pho"),
          new Prefix("tx", "thi_xa"),
          new Prefix("tt", "thi_tran"),
          new Prefix("đk", "dac_khu"),
          new Prefix("tỉnh", "tinh"),
          new Prefix("quận", "quan"),
          new Prefix("huyện", "huyen"),
          new Prefix("phường", "phuong"),
          new Prefix("xã", "xa"),
          new Prefix("t", "tinh"),
          new Prefix("q", "quan"),
          new Prefix("h", "huyen"),
          new Prefix("p", "phuong"),
          new Prefix("x", "xa"));

  private record Prefix(NameKey key, String kind) {
    Prefix(String text, String kind) {
      this(NameKey.of(text), kind);
    }
  }

  /**
   * @param name what is left when the kind is taken off
   * @param kind as {@code unit_type} of the code lists has it; empty when the name has none
   */
  record Split(NameKey name, String kind) {}

  NameKey {
    words = List.copyOf(words);
  }

  static NameKey of(String text) {
    String parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    StringBuilder tone = new StringBuilder();
    for (int i = 0; i <= parts.length(); i++) {
      char c = i < parts.length() ? Character.toLowerCase(parts.charAt(i)) : ' ';
      if (c == 'ð' || c == 'ɖ') {
        c = 'đ';
      }
      if (TONES.indexOf(c) >= 0) {
        tone.append(c);
      } else if (Character.isLetterOrDigit(c) || OTHER_MARKS.indexOf(c) >= 0) {
        word.append(c);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK
          && Character.getType(c) != Character.FORMAT
          && !APOSTROPHES.contains(c)) {
        if (!word.isEmpty()) {
          words.add(word(word.append(tone).toString()));
        }
        word.setLength(0);
        tone.setLength(0);
      }
    }
    return new NameKey(words);
  }

  private static String word(String word) {
    var only = ONLY_Y.matcher(word);
    return only.matches()
        ? only.group(1) + "i" + only.group(2)
        : ZEROS.matcher(word).lookingAt() ? ZEROS.matcher(word).replaceFirst("") : word;
  }

  /** Whether the name is written without any mark. */
  boolean bare() {
    return words.stream().allMatch(word -> word.chars().allMatch(c -> c < 0x80));
  }

  /** For comparing with marks. */
  String exact() {
    return String.join(" ", words);
  }

  /** For comparing without marks: ASCII letters and digits, words apart. */
  String loose() {
    return MARKS.matcher(exact()).replaceAll("").replace('đ', 'd');
  }

  /** Takes the kind of unit off, when something is left behind it. */
  Split split() {
    for (Prefix prefix : PREFIXES) {
      List<String> kind = prefix.key.words;
      if (words.size() > kind.size()) {
        NameKey head = new NameKey(words.subList(0, kind.size()));
        boolean same =
            head.words.equals(kind) || (head.bare() && head.loose().equals(prefix.key.loose()));
        if (same) {
          return new Split(new NameKey(words.subList(kind.size(), words.size())), prefix.kind);
        }
      }
    }
    return new Split(this, "");
  }
}
