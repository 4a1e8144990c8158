package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a delivery can depart from those before it. Codes are stable. */
public enum FindingKind {
  /** A column appeared, disappeared or changed its place. */
  COLUMNS(1),
  /** Values stand one column beside their own. */
  SHIFTED(2),
  /** Two columns have changed places. */
  SWAPPED(3),
  /** A column's numbers are a large factor away from what they were. */
  SCALED(4),
  /** Far more blanks than before. */
  BLANK(5),
  /** Another kind of value: numbers became text, dates became numbers. */
  TYPE(6),
  /** Codes that were never seen in a column of few codes. */
  CODES(7),
  /** Texts much longer or shorter than before. */
  LENGTH(8),
  /** Far more or far fewer bytes than before. */
  VOLUME(9),
  /** A file that was delivered before, under another name. */
  REPEATED(10),
  /** A snapshot adds more records than its limit allows. */
  ADDED(11),
  /** A snapshot changes more records than its limit allows. */
  CHANGED(12),
  /** A snapshot lacks more records than its limit allows. */
  REMOVED(13),
  /** Its bytes in landing are not those that were received: no feed is asked, it is held. */
  DAMAGED(14);

  private final String code;

  FindingKind(int number) {
    this.code = String.format(Locale.ROOT, "GATE-%02d", number);
  }

  /** For example {@code GATE-04}. */
  public String code() {
    return code;
  }

  /** As feeds name it: {@code scaled}. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FindingKind> of(String yamlName) {
    return Arrays.stream(values()).filter(kind -> kind.yamlName().equals(yamlName)).findFirst();
  }
}
