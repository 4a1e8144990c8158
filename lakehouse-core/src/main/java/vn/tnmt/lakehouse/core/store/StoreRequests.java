package vn.tnmt.lakehouse.core.store;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Requests to the object store, by kind; each attempt counts. What this process asks for, its
 * catalogue and its tasks included: what executors of a cluster ask for is not seen here.
 *
 * @param list listings, a page each
 * @param get objects or ranges of them read
 * @param head looks at whether an object is there
 * @param put objects and parts written, copies, and the beginnings and ends of writes in parts
 * @param delete deletions, one object or many
 */
public record StoreRequests(long list, long get, long head, long put, long delete) {
  private static final AtomicLongArray COUNTS = new AtomicLongArray(5);

  /** Since this process began. */
  public static StoreRequests soFar() {
    return new StoreRequests(
        COUNTS.get(0), COUNTS.get(1), COUNTS.get(2), COUNTS.get(3), COUNTS.get(4));
  }

  /** Since an earlier moment. */
  public StoreRequests since(StoreRequests earlier) {
    return new StoreRequests(
        list - earlier.list,
        get - earlier.get,
        head - earlier.head,
        put - earlier.put,
        delete - earlier.delete);
  }

  public long all() {
    return list + get + head + put + delete;
  }

  /**
   * One request goes out.
   *
   * @param operation the S3 API's name of it, for example {@code ListObjectsV2}
   */
  static void count(String operation) {
    COUNTS.incrementAndGet(kind(operation));
  }

  private static int kind(String operation) {
    if (operation.startsWith("List")) {
      return 0;
    }
    if (operation.startsWith("Get")) {
      return 1;
    }
    if (operation.startsWith("Head")) {
      return 2;
    }
    return operation.startsWith("Delete") ? 4 : 3;
  }
}
