package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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

  /**
   * A table or a query of a database, landed as NDJSON.
   *
   * @param url JDBC address; holds no user, no password
   * @param table parts of the table's name, as the catalogue writes them; empty for a query
   * @param query one SELECT; empty for a table
   * @param name what the landed files are called, fit for a file name
   * @param key columns by which rows are ordered; unique, so that the bytes are
   * @param incrementColumn only rows above its highest value so far; empty for the whole table
   * @param partition ranges that are files of their own, read side by side; {@link Partition#NONE}
   *     for one file
   * @param geometry column that is landed as {@code $geometry}; empty for none
   * @param fetchSize rows asked for at a time
   * @param statement how long the database may think about one statement
   */
  record Jdbc(
      String url,
      String user,
      Secret password,
      List<String> table,
      String query,
      String name,
      List<String> key,
      String incrementColumn,
      Partition partition,
      String geometry,
      int fetchSize,
      Duration statement,
      TransferPolicy limits)
      implements Transport {

    /**
     * Ranges of a column.
     *
     * @param column of numbers, dates or times
     * @param parts files; 1 means that there are no ranges
     */
    public record Partition(String column, int parts) implements Serializable {
      public static final Partition NONE = new Partition("", 1);
    }

    /** Whether only new rows are taken. */
    public boolean incremental() {
      return !incrementColumn.isEmpty();
    }

    /**
     * The landed files: a snapshot has the same name every night, so that the same rows are not
     * stored twice; new rows are a new file. Undated, so that every earlier delivery is consulted.
     */
    @Override
    public FilePattern pattern() {
      return FilePattern.parse(
          name
              + (incremental() ? "_{day}" : "")
              + (partition.parts() > 1 ? "/part-{part}" : "")
              + ".ndjson");
    }

    @Override
    public int lookbackDays() {
      return 0;
    }

    @Override
    public String location() {
      return url + "#" + (query.isEmpty() ? String.join(".", table) : query.strip());
    }
  }
}
