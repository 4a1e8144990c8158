package vn.tnmt.lakehouse.ingestion.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;

/** Names of columns whose bytes may be in any encoding: the names that a feed knows tell which. */
public final class HeaderNames {
  private HeaderNames() {}

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
   * Names that were typed in an old font into a program that knows Unicode: each byte is shown as
   * the letter that Windows-1252 has for it, {@code Tªn} for {@code Tên}.
   *
   * @param shown the names as the file has them
   * @param known the names that the feed uses
   * @param encoding a label of {@link Encoding}; any other text means that the known names tell
   */
  public static List<String> readShown(List<String> shown, Set<String> known, String encoding) {
    if (encoding.equals(Encoding.UTF_8.label()) || shown.stream().allMatch(Bytes::ascii)) {
      return shown;
    }
    List<Encoding> candidates = Encoding.of(encoding).map(List::of).orElse(Encoding.LEGACY);
    List<String> best = shown;
    long most = known(shown, known);
    for (Encoding candidate : candidates) {
      List<String> names = shown.stream().map(name -> behind(name, candidate)).toList();
      long matches = known(names, known);
      if (matches > most) {
        best = names;
        most = matches;
      }
    }
    return best;
  }

  private static String behind(String shown, Encoding encoding) {
    String bytes = Bytes.ascii(shown) ? null : Bytes.mojibake(shown);
    return bytes == null
        ? shown
        : Normalizer.normalize(encoding.decode(bytes), Normalizer.Form.NFC);
  }

  private static List<String> decoded(List<String> names, Encoding encoding) {
    return names.stream().map(encoding::decode).toList();
  }

  private static long known(List<String> names, Set<String> known) {
    return names.stream()
        .filter(name -> known.contains(Normalizer.normalize(name.strip(), Normalizer.Form.NFC)))
        .filter(name -> !Bytes.ascii(name))
        .count();
  }
}
