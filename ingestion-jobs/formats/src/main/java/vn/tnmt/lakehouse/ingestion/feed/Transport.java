package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.List;

/**
 * Where a feed's files are fetched, and which of them. What follows from the kind of transport is
 * asked here: nobody else needs to know which kinds there are.
 */
public interface Transport extends Serializable {
  /** Names of the feed's files below its root. */
  FilePattern pattern();

  /** How many days before the business date files may be named and still be fetched. */
  int lookbackDays();

  /**
   * The root as text without a slash at its end, comparable between feeds: two feeds of the same
   * location look into the same place; a location that begins with another one and a slash lies
   * below it. Holds no secret.
   */
  String location();

  /** Whether records bring a {@code $geometry} that the format alone would not have. */
  default boolean hasGeometry() {
    return false;
  }

  /** What about the feed does not go with this transport. */
  default List<Problem> problems(Feed feed) {
    return List.of();
  }
}
