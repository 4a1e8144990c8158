package vn.tnmt.lakehouse.transform.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * VN_WQI, the surface water quality index of Quyết định 1460/QĐ-TCMT (12/11/2019). Units as in
 * {@link WqiParameter}.
 *
 * <p>Groups: I pH; II pesticides and III heavy metals, geometric means; IV organic matter and
 * nutrients, V microbes, arithmetic means. A group I, II or III without a parameter counts as 100.
 * {@code WQI = I/100 · II/100 · III/100 · (IV, or IV and V by their weighting)}.
 *
 * <p>An index needs group IV with at least 3 parameters and at least 3 of the 5 groups. Where a
 * known source presses on the water the decision also makes group II or III compulsory; the
 * platform does not know such sources yet, so this is not checked.
 *
 * <p><em>Interpretations</em>
 *
 * <ul>
 *   <li>N-NH4, Cd, Pb and Hg jump from 100 to 75 at their first limit, as the table prints "&lt;";
 *       no line below it.
 *   <li>Heptachlor and its epoxide are added up; if the laboratory reports one of them, that one
 *       counts.
 *   <li>DO counts only with a water temperature of 0–50 °C, where the saturation polynomial makes
 *       sense.
 *   <li>Rounding is half-up.
 * </ul>
 */
public final class VnWqi {
  private static final int FEWEST_GROUPS = 3;
  private static final int FEWEST_OF_GROUP_IV = 3;
  private static final double HIGHEST_TEMPERATURE = 50;

  private final Map<WqiParameter, Curve> curves = new EnumMap<>(WqiParameter.class);

  private VnWqi(List<Map<String, String>> rows) {
    for (WqiParameter p : WqiParameter.values()) {
      curves.put(
          p, curve(rows.stream().filter(row -> row.get("parameter").equals(p.row())).toList()));
    }
  }

  /** The decision's own tables, from the code list {@code vn_wqi_bp}. */
  public static VnWqi official() {
    return Official.VN_WQI;
  }

  /** Other tables of the same columns: {@code parameter, BPi, relation, qi}. */
  public static VnWqi of(List<Map<String, String>> rows) {
    return new VnWqi(rows);
  }

  /**
   * Dissolved oxygen at saturation.
   *
   * @param temperature of the water, °C
   * @return mg/L; {@code NaN} outside 0–50 °C
   */
  public static double saturation(double temperature) {
    double t = temperature <= HIGHEST_TEMPERATURE ? Curve.measured(temperature) : Double.NaN;
    return 14.652 - 0.41022 * t + 0.0079910 * t * t - 0.000077774 * t * t * t;
  }

  /**
   * The unrounded sub-index of one parameter.
   *
   * @param temperature of the water, °C; only DO needs it
   * @return 10–100, or {@code NaN} without a usable value
   */
  public double subIndex(WqiParameter parameter, double value, double temperature) {
    double c = Curve.measured(value);
    return curves
        .get(parameter)
        .at(parameter == WqiParameter.DO ? c / saturation(temperature) * 100 : c);
  }

  /**
   * The index of one sample.
   *
   * @param values by parameter; absent and {@code NaN} are both "not measured"
   * @param temperature of the water, °C; {@code NaN} when unknown
   */
  public WaterIndex index(
      Map<WqiParameter, Double> values, double temperature, Weighting weighting) {
    Map<WqiParameter, Double> indices = new EnumMap<>(WqiParameter.class);
    Map<WqiGroup, List<Double>> members = new EnumMap<>(WqiGroup.class);
    for (WqiParameter parameter : WqiParameter.values()) {
      double index = subIndex(parameter, values.getOrDefault(parameter, Double.NaN), temperature);
      if (!Double.isNaN(index)) {
        indices.put(parameter, index);
        members.computeIfAbsent(parameter.group(), g -> new ArrayList<>()).add(index);
      }
    }
    Map<WqiGroup, Double> groups = new EnumMap<>(WqiGroup.class);
    members.forEach((group, list) -> groups.put(group, mean(group, list)));

    Optional<NoIndexReason> reason = reason(members);
    double exact = reason.isPresent() ? Double.NaN : total(groups, weighting);
    OptionalInt wqi =
        reason.isPresent() ? OptionalInt.empty() : OptionalInt.of(Curve.rounded(exact));
    return new WaterIndex(wqi, exact, indices, groups, weighting, reason);
  }

  private static Optional<NoIndexReason> reason(Map<WqiGroup, List<Double>> members) {
    if (members.isEmpty()) {
      return Optional.of(NoIndexReason.NO_DATA);
    }
    if (members.getOrDefault(WqiGroup.IV, List.of()).size() < FEWEST_OF_GROUP_IV) {
      return Optional.of(NoIndexReason.GROUP_IV_TOO_FEW);
    }
    return members.size() < FEWEST_GROUPS
        ? Optional.of(NoIndexReason.GROUPS_TOO_FEW)
        : Optional.empty();
  }

  private static double total(Map<WqiGroup, Double> groups, Weighting weighting) {
    double iv = groups.get(WqiGroup.IV);
    Double v = groups.get(WqiGroup.V);
    return groups.getOrDefault(WqiGroup.I, 100.0)
        / 100
        * (groups.getOrDefault(WqiGroup.II, 100.0) / 100)
        * (groups.getOrDefault(WqiGroup.III, 100.0) / 100)
        * (v == null ? iv : weighting.of(iv, v));
  }

  private static double mean(WqiGroup group, List<Double> indices) {
    return switch (group) {
      case I, IV, V -> indices.stream().mapToDouble(q -> q).sum() / indices.size();
      case II, III -> Math.exp(indices.stream().mapToDouble(Math::log).sum() / indices.size());
    };
  }

  /**
   * Rows of one parameter: {@code =} is a knot; {@code <=} and {@code >=} a knot whose index also
   * holds beyond it; {@code <} and {@code >} an index that holds only beyond the concentration. The
   * list writes some limits as {@code "< 0.3"} with an empty relation.
   */
  private static Curve curve(List<Map<String, String>> rows) {
    double below = Double.NaN;
    double above = Double.NaN;
    List<double[]> knots = new ArrayList<>();
    for (Map<String, String> row : rows) {
      String limit = row.get("BPi");
      String relation = limit.startsWith("<") ? "<" : row.get("relation");
      double x = Double.parseDouble(limit.replace("<", "").strip());
      double q = Double.parseDouble(row.get("qi"));
      switch (relation) {
        case "=" -> knots.add(new double[] {x, q});
        case "<" -> below = q;
        case ">" -> above = q;
        case "<=" -> {
          knots.add(new double[] {x, q});
          below = q;
        }
        case ">=" -> {
          knots.add(new double[] {x, q});
          above = q;
        }
        default -> throw new IllegalArgumentException("Unknown relation in vn_wqi_bp: " + row);
      }
    }
    knots.sort(Comparator.comparingDouble(knot -> knot[0]));
    return new Curve(
        below,
        knots.stream().mapToDouble(knot -> knot[0]).toArray(),
        knots.stream().mapToDouble(knot -> knot[1]).toArray(),
        above);
  }

  private static final class Official {
    static final VnWqi VN_WQI = new VnWqi(CodeLists.bundled().rows("vn_wqi_bp"));
  }
}
