package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/** Where a feed's files are fetched, and which of them. */
public sealed interface Transport extends Serializable {
  /** Names of the feed's files below its root. */
  FilePattern pattern();

  /** How many days before the business date files may be named and still be fetched. */
  int lookbackDays();

  /**
   * A folder that the platform can read.
   *
   * @param root the folder
   */
  record Directory(String root, FilePattern pattern, int lookbackDays) implements Transport {}
}
