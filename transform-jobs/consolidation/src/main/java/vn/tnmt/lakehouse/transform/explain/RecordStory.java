package vn.tnmt.lakehouse.transform.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * One record's whole way through the platform.
 *
 * @param receivedAt in Vietnam's zone, with its offset
 * @param cells as delivered, column → text
 * @param row as understood, column → text; without the columns that stayed missing
 * @param outcome accepted, quarantined, duplicate or superseded, on the night it was received
 * @param decidedBy the record that it repeats or that superseded it
 * @param replaced when a later night overwrote or removed it: by what, in which run
 */
public record RecordStory(
    String dataset,
    String runId,
    String publisher,
    String feed,
    String deliveryId,
    String landing,
    String receivedAt,
    String file,
    long line,
    int part,
    Map<String, String> cells,
    String text,
    Map<String, String> row,
    List<Breach> breaches,
    String outcome,
    Optional<Place> decidedBy,
    Optional<Replacement> replaced) {
  /**
   * A record, by where it came from.
   *
   * @param file empty for a delivery as a whole
   */
  public record Place(String deliveryId, String file, long line, int part) {
    @Override
    public String toString() {
      return file.isEmpty()
          ? "delivery " + deliveryId
          : file + ":" + line + (part == 0 ? "" : "#" + part) + " of delivery " + deliveryId;
    }
  }

  /**
   * How a record came to an end.
   *
   * @param removed whether a snapshot lacked it; otherwise a record took its place
   */
  public record Replacement(String runId, boolean removed, Place by) {}
}
