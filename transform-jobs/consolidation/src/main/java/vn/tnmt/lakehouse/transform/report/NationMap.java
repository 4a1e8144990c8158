package vn.tnmt.lakehouse.transform.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.SectionContent.Layer;
import vn.tnmt.lakehouse.transform.report.SectionContent.ProvinceValue;

/**
 * Draws the whole national territory as SVG: mainland and islands in one frame, in place, with quần
 * đảo Hoàng Sa (Đà Nẵng) and quần đảo Trường Sa (Khánh Hoà) always shown and labelled.
 *
 * <p>Equirectangular, true to scale at 16° N; the frame spans 101.8–118.2° E and 6–23.9° N.
 */
final class NationMap {
  /** How many of the provinces that are worst off are named on the map. */
  private static final int NAMED = 3;

  private final String id;
  private final Scale scale;
  private final Texts texts;
  private final List<String> worstFirst;
  private final Map<String, Integer> values;

  /**
   * @param id of the section, for the parts of the drawing that others refer to
   */
  NationMap(String id, Layer layer, Texts texts) {
    this.id = id;
    this.scale = layer.scale();
    this.texts = texts;
    this.worstFirst = layer.worstFirst().stream().map(ProvinceValue::provinceCode).toList();
    this.values =
        layer.values().stream()
            .collect(Collectors.toMap(ProvinceValue::provinceCode, ProvinceValue::value));
  }

  /** The drawing; provinces carry {@code data-p} with their code. */
  Html draw(List<Territory> territories) {
    StringBuilder svg = new StringBuilder(64 * 1024);
    svg.append(
        """
        <svg viewBox="0 0 %d %d" role="img" tabindex="0" aria-labelledby="caption-%3$s" \
        aria-describedby="map-help"><defs><pattern id="hatch-%3$s" width="46" height="46" \
        patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <path fill="#e9ecee" d="M0 0h46v46H0z"/><path fill="#9aa4ac" d="M0 0h14v46H0z"/>\
        </pattern></defs>"""
            .formatted(Territory.WIDTH, Territory.HEIGHT, id));
    label(svg, 113.6, 14.1, "sea", texts.say("east-sea"));
    territories.forEach(territory -> shape(svg, territory));
    svg.append("<path class=\"chosen\" d=\"\"/>");
    territories.forEach(territory -> letter(svg, territory));
    for (Archipelago archipelago : Archipelago.values()) {
      double lon = archipelago.lon();
      label(svg, lon, archipelago.lat(), "isle", texts.say(archipelago.key()));
      label(svg, lon, archipelago.lat() - 0.36, "isle of", texts.say(archipelago.key() + "-of"));
    }
    names(svg, territories);
    return new Html(svg.append("</svg>").toString());
  }

  private Integer value(Territory territory) {
    return values.get(territory.province().code());
  }

  private void shape(StringBuilder svg, Territory territory) {
    Integer value = value(territory);
    svg.append(
        "<path class=\"province\" data-p=\"%s\" data-x=\"%d\" data-y=\"%d\" fill=\"%s\" d=\"%s\"/>"
            .formatted(
                Html.escape(territory.province().code()),
                (int) territory.middle().x,
                (int) territory.middle().y,
                value == null ? "url(#hatch-" + id + ")" : scale.of(value).colour(),
                territory.path()));
  }

  private void letter(StringBuilder svg, Territory territory) {
    Integer value = value(territory);
    svg.append(
        "<text class=\"letter\" x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
            .formatted(
                (int) territory.middle().x,
                (int) territory.middle().y,
                value == null ? "#1a2026" : scale.of(value).ink(),
                value == null ? "–" : scale.of(value).letter()));
  }

  private static void label(StringBuilder svg, double lon, double lat, String css, Words words) {
    Coordinate at = Territory.place(lon, lat);
    svg.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
            .formatted(css, (int) at.x, (int) at.y, words.svg().markup()));
  }

  /**
   * The provinces that are worst off are named beside the land, where nothing is covered, with a
   * line to their letter.
   */
  private void names(StringBuilder svg, List<Territory> territories) {
    List<String> worst = worstFirst.subList(0, Math.min(NAMED, worstFirst.size()));
    List<Territory> named =
        territories.stream()
            .filter(territory -> worst.contains(territory.province().code()))
            .sorted(Comparator.comparingDouble(territory -> territory.middle().y))
            .toList();
    int free = 0;
    for (Territory territory : named) {
      Coordinate from = territory.middle();
      // the south-west of the delta looks on the Gulf of Thailand
      boolean west = territory.province().lat() < 11 && territory.province().lon() < 105.6;
      int side = west ? -1 : 1;
      int y = Math.max((int) from.y, free);
      free = y + 160;
      int x = shore(territories, y, west) + side * 90;
      Words text =
          Words.concat(
              territory.province().name(), Words.same(" "), Figures.whole(value(territory)));
      svg.append(
          "<path class=\"lead-line\" d=\"M%d %dL%d %d\"/><text class=\"name%s\" x=\"%d\" y=\"%d\">%s</text>"
              .formatted(
                  (int) from.x + side * 60,
                  (int) from.y,
                  x - side * 20,
                  y,
                  west ? " west" : "",
                  x,
                  y,
                  text.svg().markup()));
    }
  }

  /** The outermost land of the mainland near the height of {@code y}. */
  private static int shore(List<Territory> territories, int y, boolean west) {
    IntStream land =
        territories.stream()
            .flatMap(territory -> territory.land().stream())
            .filter(at -> Math.abs(at.y - y) < 130 && at.x < Territory.x(110))
            .mapToInt(at -> (int) at.x);
    return west ? land.min().orElse(Territory.x(104)) : land.max().orElse(Territory.x(109.5));
  }
}
