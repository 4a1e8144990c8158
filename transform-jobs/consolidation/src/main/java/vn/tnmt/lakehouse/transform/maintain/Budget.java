package vn.tnmt.lakehouse.transform.maintain;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** How long new work may be begun; what was begun is carried to its end. */
public final class Budget {
  /** Nobody waits for more, and less begins nothing. */
  private static final long LONGEST_SECONDS = 7 * 86_400;

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh]?)");

  private final LongSupplier nanos;
  private final long began;
  private final long lasts;

  Budget(Duration lasting, LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.lasts = lasting.toNanos();
  }

  /** One that begins now. */
  public static Budget of(Duration lasting) {
    return new Budget(lasting, System::nanoTime);
  }

  /**
   * A time as people type it: {@code 90}, {@code 90s}, {@code 15m}, {@code 2h}.
   *
   * @throws TnmtException {@code TNMT-5004}
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    long seconds = 0;
    if (matcher.matches()) {
      seconds =
          Long.parseLong(matcher.group(1))
              * switch (matcher.group(2)) {
                case "h" -> 3_600;
                case "m" -> 60;
                default -> 1;
              };
    }
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không phải một khoảng thời gian / '%s' is no time that maintenance could take"
              .formatted(text),
          "--budget",
          "viết như 90s, 15m, 2h, nhiều nhất 7 ngày / write 90s, 15m or 2h, 7 days at most");
    }
    return Duration.ofSeconds(seconds);
  }

  public boolean isSpent() {
    return nanos.getAsLong() - began >= lasts;
  }
}
