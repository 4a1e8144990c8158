package vn.tnmt.lakehouse.transform.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of VN_WQI, by group, with their units. */
public enum WqiParameter {
  /** no unit */
  PH(WqiGroup.I, "pH", "pH"),
  /** µg/L, as are all of group II */
  ALDRIN(WqiGroup.II, "Aldrin (ug/L)", "Aldrin"),
  BHC(WqiGroup.II, "BHC (ug/L)", "BHC"),
  DIELDRIN(WqiGroup.II, "Dieldrin (ug/L)", "Dieldrin"),
  /** the sum of p,p'-DDT, p,p'-DDD and p,p'-DDE */
  DDTS(WqiGroup.II, "DDTs (ug/L)", "DDTs"),
  /** the sum of heptachlor and heptachlor epoxide */
  HEPTACHLORS(WqiGroup.II, "Heptachlor+epoxide (ug/L)", "Heptachlor", "Heptachlor_epoxide"),
  /** mg/L, as are all of group III */
  AS(WqiGroup.III, "As", "As"),
  CD(WqiGroup.III, "Cd", "Cd"),
  PB(WqiGroup.III, "Pb", "Pb"),
  CR6(WqiGroup.III, "Cr6", "Cr6"),
  CU(WqiGroup.III, "Cu", "Cu"),
  ZN(WqiGroup.III, "Zn", "Zn"),
  HG(WqiGroup.III, "Hg", "Hg"),
  /** mg/L, as are all of group IV; counts only together with the water temperature */
  DO(WqiGroup.IV, "DO_pct_sat", "DO"),
  BOD5(WqiGroup.IV, "BOD5", "BOD5"),
  COD(WqiGroup.IV, "COD", "COD"),
  TOC(WqiGroup.IV, "TOC", "TOC"),
  /** as N */
  NH4(WqiGroup.IV, "N-NH4", "NH4_N"),
  /** as N */
  NO3(WqiGroup.IV, "N-NO3", "NO3_N"),
  /** as N */
  NO2(WqiGroup.IV, "N-NO2", "NO2_N"),
  /** as P */
  PO4(WqiGroup.IV, "P-PO4", "PO4_P"),
  /** MPN/100 mL */
  COLIFORM(WqiGroup.V, "Coliform", "Coliform"),
  /** MPN/100 mL */
  E_COLI(WqiGroup.V, "E.coli", "E_coli");

  private static final Map<String, WqiParameter> BY_NAME =
      Stream.of(values())
          .flatMap(p -> p.parameters.stream().map(name -> Map.entry(name, p)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final WqiGroup group;
  private final String row;

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<String> parameters;

  WqiParameter(WqiGroup group, String row, String... parameters) {
    this.group = group;
    this.row = row;
    this.parameters = List.of(parameters);
  }

  /**
   * The parameter that a canonical name of {@code water.sample} counts to; two names that count to
   * one are added up.
   */
  public static Optional<WqiParameter> of(String parameter) {
    return Optional.ofNullable(BY_NAME.get(parameter));
  }

  public WqiGroup group() {
    return group;
  }

  /** The canonical names in {@code water.sample}. */
  public List<String> parameters() {
    return parameters;
  }

  /** The name in the code list {@code vn_wqi_bp}. */
  String row() {
    return row;
  }
}
