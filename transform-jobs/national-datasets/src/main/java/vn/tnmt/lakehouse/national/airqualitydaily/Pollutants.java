package vn.tnmt.lakehouse.national.airqualitydaily;

import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;

/** Pollutants and their concentrations as the page writes them. */
final class Pollutants {
  private Pollutants() {}

  /** As chemists write it: PM<sub>2.5</sub>. */
  static Html html(String parameter) {
    return new Html(
        Html.escape(parameter)
            .replaceAll("^(PM)([0-9.]+)$", "$1<sub>$2</sub>")
            .replaceAll("^([A-Z]{1,2})([0-9])$", "$1<sub>$2</sub>"));
  }

  /** With its concentration and, below it, what that is a mean of. */
  static Html html(String parameter, double concentration, Words average) {
    return new Html(
        "%s %s µg/m³<span class=\"under\">%s</span>"
            .formatted(
                html(parameter).markup(),
                Figures.fixed(concentration, 1).html().markup(),
                average.html().markup()));
  }

  /** Text key of the averaging that the daily index of a pollutant uses. */
  static String average(String parameter) {
    return switch (parameter) {
      case "PM2.5", "PM10" -> "average-24h";
      case "O3" -> "average-o3";
      default -> "average-1h";
    };
  }
}
