package vn.tnmt.lakehouse.transform.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;

/** Small pieces of markup and of order that several parts of the page share. */
final class Views {
  private Views() {}

  /** The square with the category's colour and letter; hatched with a dash when missing. */
  static Html chip(Scale scale, @Nullable Integer value) {
    if (value == null) {
      return new Html("<i class=\"chip none\">–</i>");
    }
    return chip(scale.of(value));
  }

  static Html chip(Scale.Category category) {
    return new Html("<i class=\"chip %s\">%s</i>".formatted(paint(category), category.letter()));
  }

  /** The rules that give the chips of some scales their colours: a page has no style attributes. */
  static Html paints(Stream<Scale> scales) {
    return new Html(
        scales
            .flatMap(scale -> scale.categories().stream())
            .map(
                category ->
                    ".%s{background:%s;color:%s}"
                        .formatted(paint(category), category.colour(), category.ink()))
            .distinct()
            .collect(Collectors.joining("\n")));
  }

  private static String paint(Scale.Category category) {
    return "c" + category.colour().substring(1);
  }

  /** A bar of neutral grey, {@code part} of {@code whole} long. */
  static Html bar(double part, double whole) {
    double percent = whole <= 0 ? 0 : Math.min(100, 100 * part / whole);
    return new Html(
        "<svg class=\"bar-track\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M0 0h%sv1H0z\"/></svg>"
            .formatted(String.format(Locale.ROOT, "%.1f", percent)));
  }

  /** Pieces of markup one after the other. */
  static Html html(Object... parts) {
    StringBuilder out = new StringBuilder();
    for (Object part : parts) {
      out.append(
          part instanceof Html html
              ? html.markup()
              : part instanceof Words words ? words.html().markup() : Html.escape((String) part));
    }
    return new Html(out.toString());
  }
}
