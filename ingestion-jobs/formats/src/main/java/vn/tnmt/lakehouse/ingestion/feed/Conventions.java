package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * How a publisher writes numbers, dates and text.
 *
 * @param timeZone of times without an offset
 * @param decimal decimal separator, {@code .} or {@code ,}, or {@link #AUTO_DECIMAL}
 * @param dates patterns of {@link DatePatterns}, tried in order
 * @param encoding {@link #AUTO} or a label of {@link vn.tnmt.lakehouse.ingestion.text.Encoding}
 * @param missing texts that mean “no value”, compared after trimming; blank always does
 */
public record Conventions(
    ZoneId timeZone, char decimal, List<String> dates, String encoding, Set<String> missing)
    implements Serializable {
  /** What {@link #encoding} says when the data must tell. */
  public static final String AUTO = "auto";

  /** What {@link #decimal} is when the data must tell. */
  public static final char AUTO_DECIMAL = '*';
}
