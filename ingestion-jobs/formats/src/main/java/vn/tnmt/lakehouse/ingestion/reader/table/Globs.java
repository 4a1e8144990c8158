package vn.tnmt.lakehouse.ingestion.reader.table;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.base.text.BoundedText;

/** Texts that are told by patterns in which {@code *} is any text; case does not matter. */
public record Globs(List<Pattern> patterns) {
  public static Globs of(List<String> globs) {
    return new Globs(globs.stream().map(Globs::pattern).toList());
  }

  private static Pattern pattern(String glob) {
    String regex =
        Stream.of(CellTexts.clean(glob).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  public boolean match(String text) {
    if (patterns.isEmpty()) {
      return false;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    return patterns.stream().anyMatch(pattern -> BoundedText.matches(pattern, composed));
  }
}
