package vn.tnmt.lakehouse.transform.report;

import java.util.Locale;
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
    Scale.Category category = scale.of(value);
    return new Html(
        "<i class=\"chip\" style=\"background:%s;color:%s\">%s</i>"
            .formatted(category.colour(), category.ink(), category.letter()));
  }

  /** A bar of neutral grey, {@code part} of {@code whole} long. */
  static Html bar(double part, double whole) {
    double percent = whole <= 0 ? 0 : Math.min(100, 100 * part / whole);
    return new Html(
        "<i class=\"bar-track\"><i style=\"width:%s%%\"></i></i>"
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
