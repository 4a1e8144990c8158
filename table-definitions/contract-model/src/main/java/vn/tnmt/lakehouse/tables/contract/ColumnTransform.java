package vn.tnmt.lakehouse.tables.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of a contract's partitioning: a column, or a transform of one.
 *
 * @param name identity, years, months, days, hours, bucket or truncate
 * @param width buckets or width; 0 for the other transforms
 */
public record ColumnTransform(String name, String column, int width) {
  private static final Pattern PLAIN = Pattern.compile("\\w+");
  private static final Pattern CALL =
      Pattern.compile(
          "(years|months|days|hours)\\((\\w+)\\)|(bucket|truncate)\\((\\d{1,6}), *(\\w+)\\)");

  /** What may stand at a place. */
  public enum Form {
    PLAIN("a column"),
    ANY("a column, months(column), bucket(16, column) or the like");

    private final String meaning;

    Form(String meaning) {
      this.meaning = meaning;
    }

    String meaning() {
      return meaning;
    }
  }

  public static Optional<ColumnTransform> parse(String text, Form form) {
    if (PLAIN.matcher(text).matches()) {
      return Optional.of(new ColumnTransform("identity", text, 0));
    }
    Matcher call = CALL.matcher(text);
    if (form == Form.PLAIN || !call.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        call.group(1) != null
            ? new ColumnTransform(call.group(1), call.group(2), 0)
            : new ColumnTransform(call.group(3), call.group(5), Integer.parseInt(call.group(4))));
  }
}
