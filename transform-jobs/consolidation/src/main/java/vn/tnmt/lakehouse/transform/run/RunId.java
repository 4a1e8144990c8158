package vn.tnmt.lakehouse.transform.run;

import java.time.LocalDate;
import java.util.OptionalLong;
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
  private static final Pattern BRANCH = Pattern.compile("run_[0-9_]+(?:_e(\\d{1,10}))?");
  private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})-(\\d+)");

  public static RunId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID, "not a run id: " + text, "", "use a form like 2026-03-14-1");
    }
    return new RunId(LocalDate.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * The Iceberg branch that this run writes to: {@code run_2026_03_14_1_e42}. A run that died is
   * redone under its own number, but what it still commits goes to a branch that nobody reads.
   *
   * @param epoch number of the lake's lease; 0 for none
   */
  public String branch(long epoch) {
    return "run_" + toString().replace('-', '_') + (epoch == 0 ? "" : "_e" + epoch);
  }

  /** Number of the lease under which a branch of a run was made; empty when it is none. */
  public static OptionalLong epochOf(String branch) {
    Matcher matcher = BRANCH.matcher(branch);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1)));
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
