package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.nio.file.Path;

/** Where a feed's files are fetched, and which of them. */
public sealed interface Transport extends Serializable {
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

  /**
   * A folder that the platform can read.
   *
   * @param root the folder
   */
  record Directory(String root, FilePattern pattern, int lookbackDays) implements Transport {
    @Override
    public String location() {
      return Path.of(root).toAbsolutePath().normalize().toString().replace('\\', '/');
    }
  }
}
