package vn.tnmt.lakehouse.core.config;

import java.util.List;
import java.util.Optional;

/**
 * One setting: its key, what its value must look like, its default, and what it means.
 *
 * @param formerly keys that this setting had in earlier versions: whoever still uses one is told
 *     the new one
 */
public record Setting(
    String key, Type type, String defaultValue, String description, List<String> formerly) {

  /** What a setting's text must look like. */
  public record Type(String name, List<String> choices, double least, double most) {
    public static final Type TEXT = new Type("text");
    public static final Type PATH = new Type("path");
    public static final Type FLAG = choice("true", "false").named("flag");

    private Type(String name) {
      this(name, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    public static Type choice(String... choices) {
      return new Type(
          "choice", List.of(choices), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Type integer(int least, int most) {
      return new Type("integer", List.of(), least, most);
    }

    /** A decimal number from {@code least} to {@code most}. */
    public static Type number(double least, double most) {
      return new Type("number", List.of(), least, most);
    }

    /** Whether the value may be any text: a name, an address, a path. */
    boolean isFreeText() {
      return name.equals("text") || name.equals("path");
    }

    private Type named(String other) {
      return new Type(other, choices, least, most);
    }

    /** Why {@code value} will not do; empty when it does. */
    Optional<String> complaint(String value) {
      return switch (name) {
        case "integer" ->
            value.matches("-?\\d{1,9}") ? outside(value) : Optional.of("not a whole number");
        case "number" ->
            value.matches("-?\\d{1,15}(\\.\\d{1,15})?")
                ? outside(value)
                : Optional.of("not a number");
        case "flag", "choice" ->
            choices.contains(value)
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", choices));
        default -> Optional.empty();
      };
    }

    private Optional<String> outside(String value) {
      double number = Double.parseDouble(value);
      return number >= least && number <= most
          ? Optional.empty()
          : Optional.of("must lie " + range());
    }

    private String range() {
      return "between %s and %s".formatted(plain(least), plain(most));
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** As {@code docs/settings.md} names it. */
    public String described() {
      return switch (name) {
        case "choice" -> String.join(", ", choices);
        case "integer", "number" -> name + " " + plain(least) + "–" + plain(most);
        default -> name;
      };
    }
  }
}
