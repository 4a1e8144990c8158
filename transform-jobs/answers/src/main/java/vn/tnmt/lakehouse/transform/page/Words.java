package vn.tnmt.lakehouse.transform.page;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text in both languages of the platform, Vietnamese first.
 *
 * @param vi Vietnamese
 * @param en English
 */
public record Words(String vi, String en) {
  public static final Words NONE = same("");

  /** A text that both languages write alike: a code, a small number. */
  public static Words same(String text) {
    return new Words(text, text);
  }

  /** The texts one after the other. */
  public static Words concat(Words... parts) {
    return new Words(
        Arrays.stream(parts).map(Words::vi).collect(Collectors.joining()),
        Arrays.stream(parts).map(Words::en).collect(Collectors.joining()));
  }

  /** The texts with {@code separator} between them; empty ones are left out. */
  public static Words join(String separator, List<Words> parts) {
    return new Words(join(separator, parts, Words::vi), join(separator, parts, Words::en));
  }

  private static String join(
      String separator, List<Words> parts, Function<Words, String> language) {
    return parts.stream()
        .map(language)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(separator));
  }

  /** This text with {@code {0}}, {@code {1}} … replaced. */
  public Words fill(Words... values) {
    return new Words(fill(vi, values, Words::vi), fill(en, values, Words::en));
  }

  private static String fill(String pattern, Words[] values, Function<Words, String> language) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
      int close = pattern.indexOf('}', open);
      int index = Integer.parseInt(pattern.substring(open + 1, close));
      out.append(pattern, from, open).append(language.apply(values[index]));
      from = close + 1;
    }
    return out.append(pattern.substring(from)).toString();
  }

  /** Inline markup of which the page shows one language at a time. */
  public Html html() {
    if (vi.equals(en)) {
      return Html.text(vi);
    }
    return inElement("span");
  }

  /** As {@link #html()}, for text within an SVG {@code text} element. */
  public Html svg() {
    return vi.equals(en) ? Html.text(vi) : inElement("tspan");
  }

  private Html inElement(String element) {
    return new Html(
        "<%1$s lang=\"vi\">%2$s</%1$s><%1$s lang=\"en\">%3$s</%1$s>"
            .formatted(element, Html.escape(vi), Html.escape(en)));
  }
}
