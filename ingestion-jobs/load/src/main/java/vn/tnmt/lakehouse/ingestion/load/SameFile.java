package vn.tnmt.lakehouse.ingestion.load;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.gate.Finding;

/** Whether a delivery brings a file again that came before under another name. */
public final class SameFile {
  /** A delivery of more files is a stream of small ones, among which equal ones are no wonder. */
  private static final int MOST_FILES = 100;

  /** A file of fewer bytes may well be equal to another by chance: an empty list, a header. */
  private static final int LEAST_BYTES = 200;

  private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

  private record Before(LocalDate businessDate, String path) {}

  private SameFile() {}

  /**
   * Finds an earlier delivery that had the same files.
   *
   * @param earlier deliveries of the same feed
   */
  public static Optional<Finding> find(
      Deliveries landing, List<Manifest> earlier, Manifest delivery) {
    if (delivery.files() > MOST_FILES) {
      return Optional.empty();
    }
    Map<String, Before> known = new HashMap<>();
    for (Manifest manifest : earlier) {
      if (manifest.files() <= MOST_FILES && !manifest.landing().equals(delivery.landing())) {
        for (IndexEntry entry : files(landing, manifest)) {
          known.put(entry.sha256(), new Before(manifest.businessDate(), entry.path()));
        }
      }
    }
    for (IndexEntry entry : files(landing, delivery)) {
      Before before = known.get(entry.sha256());
      if (before != null && entry.size() >= LEAST_BYTES && !before.path.equals(entry.path())) {
        return Optional.of(finding(entry.path(), before));
      }
    }
    return Optional.empty();
  }

  /** A damaged index is the load's to tell; here it only means that nothing is known. */
  private static List<IndexEntry> files(Deliveries landing, Manifest delivery) {
    try {
      return landing.files(delivery);
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.DELIVERY_DAMAGED) {
        return List.of();
      }
      throw e;
    }
  }

  private static Finding finding(String path, Before before) {
    LocalDate day = before.businessDate;
    return new Finding(
        FindingKind.REPEATED,
        List.of(),
        "%s là tệp của %s (%s, %s) với tên mới"
            .formatted(
                path,
                // in the middle of a sentence: thứ Ba, chủ Nhật
                day.getDayOfWeek()
                    .getDisplayName(TextStyle.FULL, VIETNAMESE)
                    .replaceFirst("^T", "t")
                    .replaceFirst("^C", "c"),
                DateTimeFormatter.ofPattern("dd/MM/yyyy").format(day),
                before.path),
        "%s is %s's file again (%s, %s) with a new name"
            .formatted(
                path,
                day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                day,
                before.path));
  }
}
