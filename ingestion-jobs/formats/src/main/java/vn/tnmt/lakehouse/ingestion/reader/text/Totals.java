package vn.tnmt.lakehouse.ingestion.reader.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.text.Encoding;
import vn.tnmt.lakehouse.ingestion.text.Readings;

/**
 * Tells rows of totals by the text of their first cell that is not blank. A pattern is that text
 * without regard to case and a colon at its end; {@code *} at a pattern's end stands for any rest.
 * Where texts are bytes of any encoding, those are meant that say so in one of the encodings.
 */
public final class Totals {
  static final int SHOWN = 200;

  /** Notes about rows of totals on one record; what is over is left out silently. */
  static final int MAX_NOTES = 20;

  private final List<String> whole;
  private final List<String> begins;
  private final boolean bytewise;

  /** The text that was asked about last, and the encoding in which it says totals. */
  private String first = "";

  private Optional<Encoding> encoding = Optional.empty();

  /**
   * @param bytewise whether texts are one character a byte
   */
  public Totals(List<String> patterns, boolean bytewise) {
    this.bytewise = bytewise;
    whole = patterns.stream().filter(p -> !p.endsWith("*")).map(Totals::plain).toList();
    begins =
        patterns.stream()
            .filter(p -> p.endsWith("*"))
            .map(p -> plain(p.substring(0, p.length() - 1)))
            .filter(p -> !p.isEmpty())
            .toList();
  }

  /** {@code totals:} of a format, or {@code footer:}. */
  public static List<String> of(YamlNode format, String key) {
    return format.texts(key).stream()
        .map(text -> Normalizer.normalize(text.strip(), Normalizer.Form.NFC))
        .toList();
  }

  public boolean none() {
    return whole.isEmpty() && begins.isEmpty();
  }

  public boolean matches(String firstText) {
    if (!bytewise) {
      return says(firstText);
    }
    first = firstText;
    encoding = Readings.ofBytes(firstText, this::says);
    return encoding.isPresent();
  }

  /**
   * How a row is quoted whose first text matched last: in the encoding in which that says totals;
   * that text alone when the row as a whole is not in it.
   */
  public String quoted(String row) {
    return encoding
        .flatMap(known -> Readings.in(known, row).or(() -> Readings.in(known, first)))
        .orElse(row);
  }

  private boolean says(String firstText) {
    String text = plain(firstText);
    return whole.contains(text) || begins.stream().anyMatch(text::startsWith);
  }

  private static String plain(String text) {
    String stripped = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    while (stripped.endsWith(":")) {
      stripped = stripped.substring(0, stripped.length() - 1).stripTrailing();
    }
    return stripped.toLowerCase(Locale.ROOT);
  }
}
