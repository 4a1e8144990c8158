package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/**
 * The code of an administrative unit by its name.
 *
 * @param list {@link #PROVINCES} or {@link #COMMUNES}
 * @param validAt contract column with the day on which the name is meant; empty means the units in
 *     force since 2025-07-01
 * @param within contract column with the code of the province that a commune lies in; empty for
 *     provinces
 * @param former whether the name of a former province stands for the one it has become part of
 */
public record Lookup(String list, String validAt, String within, boolean former)
    implements Serializable {
  public static final String PROVINCES = "provinces";
  public static final String COMMUNES = "communes";
  public static final Lookup NONE = new Lookup("", "", "", false);

  public boolean isNone() {
    return list.isEmpty();
  }
}
