package vn.tnmt.lakehouse.transform.report;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;

/** Small pieces of markup and of order that several parts of the page share. */
final class Views {
  private Views() {}

  /** Suffix of text keys and element ids. */
  static String key(Scale scale) {
    return scale.name().toLowerCase(Locale.ROOT);
  }

  /** The value that gives a province its colour; null when missing. */
  static Integer value(Scale scale, Province province) {
    return switch (scale) {
      case AIR -> province.air() == null ? null : Integer.valueOf(province.air().worst());
      case WATER -> province.water() == null ? null : Integer.valueOf(province.water().worst());
    };
  }

  /** Highest VN_AQI or lowest VN_WQI first; equal values by code. */
  static <T> Comparator<T> worstFirst(
      Scale scale, Function<T, Integer> value, Function<T, String> code) {
    Comparator<T> byValue = Comparator.comparing(value);
    return (scale == Scale.AIR ? byValue.reversed() : byValue).thenComparing(code);
  }

  /** The square with the category's colour and letter; hatched with a dash when missing. */
  static Html chip(Scale scale, Integer value) {
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

  /** A pollutant as chemists write it: PM<sub>2.5</sub>. */
  static Html pollutant(String parameter) {
    return new Html(
        Html.escape(parameter)
            .replaceAll("^(PM)([0-9.]+)$", "$1<sub>$2</sub>")
            .replaceAll("^([A-Z]{1,2})([0-9])$", "$1<sub>$2</sub>"));
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
