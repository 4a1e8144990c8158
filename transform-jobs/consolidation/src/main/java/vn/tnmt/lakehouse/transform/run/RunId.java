package vn.tnmt.lakehouse.transform.run;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * One execution of the pipeline for a business date: {@code 2026-03-14-1}. The number grows when a
 * date is run again because something new arrived after its release; a run that died is redone
 * under its own number.
 */
public record RunId(LocalDate businessDate, int number) {
  private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})-(\\d+)");

  public static RunId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID, "not a run id: " + text, "", "use a form like 2026-03-14-1");
    }
    return new RunId(LocalDate.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The Iceberg branch that this run writes to. */
  public String branch() {
    return "run_" + toString().replace('-', '_');
  }

  /** The release that this run makes, when it succeeds. */
  public String releaseId() {
    return "R" + toString().replace("-", "").substring(0, 8) + "-" + number;
  }

  @Override
  public String toString() {
    return businessDate + "-" + number;
  }
}
