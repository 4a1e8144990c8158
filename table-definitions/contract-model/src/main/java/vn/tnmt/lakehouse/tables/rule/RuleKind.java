package vn.tnmt.lakehouse.tables.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.tables.rule.RuleArgument.Form;

/**
 * What a declared rule can be. A missing value keeps every rule but {@link #REQUIRED}.
 *
 * <p>Besides its own arguments, each kind takes {@code when}: a mapping of text columns to the
 * value (or values) they must have for the rule to apply.
 */
public enum RuleKind {
  /** The column has a value. */
  REQUIRED("required"),
  /** {@code min <= value <= max}; either may be left out. */
  RANGE(
      "range",
      RuleArgument.optional("min", Form.NUMBER),
      RuleArgument.optional("max", Form.NUMBER)),
  /**
   * {@code min <= value <= max}, both looked up in a code list: the row of {@code list} whose
   * {@code listKey} is the value of column {@code key}. No row or an empty cell: no limit.
   */
  RANGE_BY_CODE(
      "rangeByCode",
      RuleArgument.required("list", Form.TEXT),
      RuleArgument.required("listKey", Form.TEXT),
      RuleArgument.required("key", Form.COLUMN),
      RuleArgument.optional("min", Form.TEXT),
      RuleArgument.optional("max", Form.TEXT)),
  /** The whole text matches a regular expression. */
  PATTERN("pattern", RuleArgument.required("pattern", Form.TEXT)),
  /** The text is one of a few. */
  ONE_OF("oneOf", RuleArgument.required("values", Form.TEXTS)),
  /**
   * The text stands in a column of a code list; with {@code validAt}, on a row whose {@code
   * valid_from}/{@code valid_to} cells (both inclusive, empty is open) hold that column's date.
   */
  CODE_LIST(
      "codeList",
      RuleArgument.required("list", Form.TEXT),
      RuleArgument.required("listColumn", Form.TEXT),
      RuleArgument.optional("validAt", Form.COLUMN)),
  /** The instant, or the calendar day in Vietnam, is not after the run's as-of instant. */
  NOT_AFTER_AS_OF("notAfterAsOf"),
  /** The day (in Vietnam, for instants) is not before {@code date}. */
  NOT_BEFORE("notBefore", RuleArgument.required("date", Form.TEXT)),
  /**
   * The point lies in the box. With {@code unlessSwapped} it also passes when it would after
   * swapping longitude and latitude, so that only {@link #SWAPPED_COORDINATES} tells of it.
   */
  WITHIN_BOX(
      "withinBox",
      RuleArgument.required("lon", Form.COLUMN),
      RuleArgument.required("lat", Form.COLUMN),
      RuleArgument.required("west", Form.NUMBER),
      RuleArgument.required("east", Form.NUMBER),
      RuleArgument.required("south", Form.NUMBER),
      RuleArgument.required("north", Form.NUMBER),
      RuleArgument.optional("unlessSwapped", Form.FLAG)),
  /** The point does not lie in the box only after swapping longitude and latitude. */
  SWAPPED_COORDINATES(
      "swappedCoordinates",
      RuleArgument.required("lon", Form.COLUMN),
      RuleArgument.required("lat", Form.COLUMN),
      RuleArgument.required("west", Form.NUMBER),
      RuleArgument.required("east", Form.NUMBER),
      RuleArgument.required("south", Form.NUMBER),
      RuleArgument.required("north", Form.NUMBER)),
  /**
   * {@code left op right} for numbers, texts, dates or instants; {@code tolerance} is relative (0.1
   * lets {@code left} exceed {@code right} by 10 % of its size) and for numbers only.
   */
  COMPARE(
      "compare",
      RuleArgument.required("left", Form.COLUMN),
      RuleArgument.required("op", Form.TEXT),
      RuleArgument.required("right", Form.COLUMN),
      RuleArgument.optional("tolerance", Form.NUMBER)),
  /** The value exists in a column of another dataset; not a row rule. */
  REFERENCE("reference", RuleArgument.required("to", Form.TEXT)),
  /**
   * So many different values of column {@code of} are in the table; with {@code inForce}, in rows
   * whose {@code valid_from}/{@code valid_to} (both inclusive, empty is open) hold the business
   * date. Audited each night; not a row rule.
   */
  COUNT(
      "count",
      RuleArgument.required("of", Form.COLUMN),
      RuleArgument.required("is", Form.NUMBER),
      RuleArgument.optional("inForce", Form.FLAG));

  private final String yamlName;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<RuleArgument> arguments;

  RuleKind(String yamlName, RuleArgument... arguments) {
    this.yamlName = yamlName;
    this.arguments = List.of(arguments);
  }

  /** The name that contracts use. */
  public String yamlName() {
    return yamlName;
  }

  public List<RuleArgument> arguments() {
    return arguments;
  }

  /** Whether a row keeps or breaks it by itself; else it takes other rows to tell. */
  public boolean ofRow() {
    return this != REFERENCE && this != COUNT;
  }

  public static Optional<RuleKind> of(String yamlName) {
    return Arrays.stream(values()).filter(kind -> kind.yamlName.equals(yamlName)).findFirst();
  }

  public static List<String> yamlNames() {
    return Arrays.stream(values()).map(RuleKind::yamlName).toList();
  }
}
