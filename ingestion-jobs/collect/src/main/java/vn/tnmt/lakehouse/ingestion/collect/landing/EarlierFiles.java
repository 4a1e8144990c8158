package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What earlier deliveries of a feed brought, merged from their indices in the order of the paths.
 * To be asked for paths in ascending order.
 */
public final class EarlierFiles {
  /**
   * The newest version of a file that was received.
   *
   * @param deliveryId the delivery that brought it
   * @param name what the publisher's side called it (an ETag); empty when it had no name
   */
  public record Version(
      String deliveryId, long modifiedMillis, long size, String sha256, String name) {}

  /** An index and its next entry; {@code rank} tells older from newer deliveries. */
  private record Cursor(IndexEntry next, int rank, Manifest delivery, IndexReader rest) {}

  private final PriorityQueue<Cursor> cursors =
      new PriorityQueue<>(
          Comparator.<Cursor, String>comparing(cursor -> cursor.next.path())
              .thenComparing(Cursor::rank));

  private String asked;
  private Version answer;

  /**
   * @param deliveries oldest first
   */
  public EarlierFiles(LandingStore store, List<Manifest> deliveries) {
    for (int rank = 0; rank < deliveries.size(); rank++) {
      Manifest delivery = deliveries.get(rank);
      String key = delivery.landing() + "/" + Manifest.INDEX;
      advance(rank, delivery, new IndexReader(store, key, 0, delivery.indexBytes()));
    }
  }

  /** The newest version received of a path; null when there is none. May be asked again. */
  public @Nullable Version newest(String path) {
    if (path.equals(asked)) {
      return answer;
    }
    asked = path;
    answer = find(path);
    return answer;
  }

  /** Shows every version that is left, path by path; {@link #newest} knows none of them then. */
  public void rest(BiConsumer<String, Version> each) {
    while (!cursors.isEmpty()) {
      Cursor cursor = cursors.remove();
      each.accept(cursor.next.path(), version(cursor));
      advance(cursor.rank, cursor.delivery, cursor.rest);
    }
  }

  private Version find(String path) {
    @Nullable Version newest = null;
    while (!cursors.isEmpty() && cursors.peek().next.path().compareTo(path) <= 0) {
      Cursor cursor = cursors.remove();
      IndexEntry entry = cursor.next;
      if (entry.path().equals(path)) {
        newest = version(cursor);
      }
      advance(cursor.rank, cursor.delivery, cursor.rest);
    }
    return newest;
  }

  private static Version version(Cursor cursor) {
    IndexEntry entry = cursor.next;
    return new Version(
        cursor.delivery.deliveryId(),
        entry.modifiedMillis(),
        entry.size(),
        entry.sha256(),
        entry.version());
  }

  private void advance(int rank, Manifest delivery, IndexReader index) {
    IndexEntry next = index.next();
    if (next != null) {
      cursors.add(new Cursor(next, rank, delivery, index));
    }
  }
}
