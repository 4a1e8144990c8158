package vn.tnmt.lakehouse.ingestion.format;

import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;

/**
 * What a feed tells the reader of its files beside the format.
 *
 * @param columns that the feed speaks of
 * @param decimal separator in which numbers of typed cells are written
 * @param encoding of texts: a label, or {@code auto}
 * @param bytewise whether the reader hands out every text that is not ASCII bytewise, one character
 *     a byte, for a decoder behind it; only asked of {@link Trait#BYTES}
 */
public record Reading(KnownColumns columns, char decimal, String encoding, boolean bytewise) {
  public static final String UTF_8 = "UTF-8";

  /** Files in UTF-8, numbers with a point. */
  public static Reading of(KnownColumns columns) {
    return new Reading(columns, '.', UTF_8, false);
  }

  /** Whether the feed names no other encoding for all its texts. */
  public boolean unicode() {
    return encoding.equals(UTF_8);
  }
}
