package vn.tnmt.lakehouse.orchestration.demo;

import java.time.Instant;
import java.util.List;

/**
 * One file as a publisher would leave it for collection.
 *
 * @param publisher who sends it
 * @param feed which of the publisher's feeds it belongs to
 * @param night the night whose run takes it
 * @param path below the exports folder
 * @param modified the file's time stamp
 * @param content its bytes
 * @param fates one for each record that a reader must find in it, in order; empty when the platform
 *     has this path with these bytes already
 */
record DemoFile(
    String publisher,
    String feed,
    int night,
    String path,
    Instant modified,
    byte[] content,
    List<Fate> fates) {

  boolean isNew() {
    return !fates.isEmpty();
  }
}
