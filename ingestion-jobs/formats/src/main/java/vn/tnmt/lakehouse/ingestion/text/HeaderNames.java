package vn.tnmt.lakehouse.ingestion.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;

/** Names of columns whose bytes may be in any encoding: the names that a feed knows tell which. */
public final class HeaderNames {
  private HeaderNames() {}

  /**
   * A name as people see it: composed (NFC), without characters that show nothing (zero-width
   * spaces, byte order marks), with plain spaces for others, none at its ends.
   */
  public static String clean(String name) {
    return plain(name) ? name : Normalizer.normalize(visible(name), Normalizer.Form.NFC);
  }

  private static boolean plain(String name) {
    int length = name.length();
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) <= ' ' ? i == 0 || i == length - 1 : name.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static String visible(String name) {
    StringBuilder visible = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isSpaceChar(c)) {
        visible.append(' ');
      } else if (Character.getType(c) != Character.FORMAT) {
        visible.append(c);
      }
    }
    return visible.toString().strip();
  }

  /**
   * The names as text.
   *
   * @param bytewise the names, one character a byte
   * @param known the names that the feed uses
   * @param encoding a label of {@link Encoding}; any other text means that the data must tell
   * @return names that no encoding explains stay bytewise
   */
  public static List<String> read(List<String> bytewise, Set<String> known, String encoding) {
    if (bytewise.stream().allMatch(ColumnEncoding::plain)) {
      return bytewise;
    }
    List<String> best = Encoding.of(encoding).map(named -> decoded(bytewise, named)).orElse(null);
    if (best != null) {
      return best;
    }
    List<String> utf8 =
        bytewise.stream().anyMatch(name -> Bytes.utf8OrNull(name) == null)
            ? null
            : bytewise.stream().map(Bytes::utf8OrNull).map(ColumnEncoding::once).toList();
    long most = 0;
    if (utf8 != null) {
      best = utf8;
      most = known(utf8, known);
    }
    for (Encoding candidate : Encoding.LEGACY) {
      List<String> names = decoded(bytewise, candidate);
      long matches = known(names, known);
      if (matches > most) {
        best = names;
        most = matches;
      }
    }
    if (best != null) {
      return best;
    }
    EncodingEvidence evidence = new EncodingEvidence();
    bytewise.forEach(name -> evidence.add(name, true));
    ColumnEncoding decided = evidence.decide(evidence);
    return bytewise.stream().map(name -> decided.read(name, true).text()).toList();
  }

  /**
   * The names of a header that is Unicode already but may be mojibake: cells of a spreadsheet in
   * fonts of an old encoding.
   *
   * @param known the names that the feed uses
   * @return the names as they stand, unless an encoding gives more of the known ones; one that is
   *     known as it stands stays. Names that were different may become the same
   */
  public static List<String> ofShown(List<String> names, Set<String> known) {
    List<String> best = names;
    long most = known(names, known);
    for (Encoding candidate : Encoding.LEGACY) {
      List<String> read =
          names.stream().map(name -> isKnown(name, known) ? name : shown(name, candidate)).toList();
      long matches = known(read, known);
      if (matches > most) {
        best = read;
        most = matches;
      }
    }
    return best;
  }

  private static String shown(String name, Encoding encoding) {
    String bytewise = ColumnEncoding.plain(name) ? null : Bytes.mojibake(name);
    return bytewise == null
        ? name
        : Normalizer.normalize(encoding.decode(bytewise), Normalizer.Form.NFC);
  }

  private static List<String> decoded(List<String> names, Encoding encoding) {
    return names.stream().map(encoding::decode).toList();
  }

  private static long known(List<String> names, Set<String> known) {
    return names.stream()
        .filter(name -> isKnown(name, known))
        .filter(name -> !Bytes.ascii(name))
        .count();
  }

  private static boolean isKnown(String name, Set<String> known) {
    return known.contains(clean(name));
  }
}
