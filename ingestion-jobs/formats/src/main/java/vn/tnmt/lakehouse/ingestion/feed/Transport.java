package vn.tnmt.lakehouse.ingestion.feed;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
   * @param quietSeconds a file modified less than this ago may still be written, and is left for
   *     the next night; 0 takes it if it holds still while it is read
   */
  record Directory(String root, FilePattern pattern, int lookbackDays, int quietSeconds)
      implements Transport {
    /** A folder whose files need not have been quiet. */
    public Directory(String root, FilePattern pattern, int lookbackDays) {
      this(root, pattern, lookbackDays, 0);
    }

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

  /**
   * A web server.
   *
   * @param urls of {@code URLS} the files; else the one page or list that names them
   * @param caFile PEM file of the only certification authorities to be trusted; empty for the
   *     platform's
   */
  record Http(
      Kind kind,
      List<Named> urls,
      FilePattern pattern,
      int lookbackDays,
      HttpAuth auth,
      String caFile,
      TransferPolicy policy)
      implements Transport {
    /** What tells which files there are. */
    public enum Kind {
      URLS,
      MANIFEST,
      INDEX
    }

    /**
     * A file and where it is.
     *
     * @param path its name as a file of the feed; empty unless {@code URLS}
     */
    public record Named(DayTemplate url, DayTemplate path) implements Serializable {}

    @Override
    public String location() {
      String text = urls.stream().map(named -> named.url().text()).collect(joining(" "));
      return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
  }

  /**
   * A bucket of an S3-compatible object store that is not the platform's own.
   *
   * @param prefix of the keys, with a slash at its end; empty for the whole bucket
   * @param endpoint URL; empty for Amazon's own
   * @param accessKey null, as {@code secretKey}, for a bucket that anybody may read
   */
  record S3(
      String bucket,
      String prefix,
      String endpoint,
      String region,
      boolean pathStyle,
      Secret accessKey,
      Secret secretKey,
      FilePattern pattern,
      int lookbackDays,
      TransferPolicy policy)
      implements Transport {
    @Override
    public String location() {
      String root = (endpoint.isEmpty() ? "s3://" : endpoint + "/") + bucket + "/" + prefix;
      return root.substring(0, root.length() - 1);
    }
  }

  /**
   * A folder of an SFTP server.
   *
   * @param root the folder; below the user's own folder when it does not begin with a slash
   * @param login how the user is known to the server
   * @param hostKeys fingerprints {@code SHA256:…}, one of which the server's key must have; empty
   *     when {@code knownHosts} tells
   * @param knownHosts a file in the form of OpenSSH's {@code known_hosts}; empty when there is none
   * @param quietSeconds a file modified less than this before now is left for the next run
   */
  record Sftp(
      String host,
      int port,
      String root,
      String user,
      SftpLogin login,
      Set<String> hostKeys,
      String knownHosts,
      FilePattern pattern,
      int lookbackDays,
      int quietSeconds,
      TransferPolicy limits)
      implements Transport {
    @Override
    public String location() {
      return remote("sftp", user, host, port, root);
    }
  }

  /** How a user is known to an SFTP server. */
  sealed interface SftpLogin extends Serializable {
    /** By password, asked for as such or in a dialogue of one question. */
    record Password(Secret password) implements SftpLogin {}

    /**
     * By a private key.
     *
     * @param key the key's text, OpenSSH or PEM
     * @param passphrase of the key; null when it has none
     */
    record Key(Secret key, Secret passphrase) implements SftpLogin {}
  }

  /**
   * A folder of an FTP server.
   *
   * @param root the folder; below the user's own folder when it does not begin with a slash
   * @param password null when there is none
   * @param caFile certificates (PEM) of those who may vouch for the server; empty for those that
   *     Java trusts
   * @param passive whether the client makes the data connections
   * @param encoding of file names
   * @param quietSeconds a file modified less than this before now is left for the next run
   */
  record Ftp(
      String host,
      int port,
      String root,
      String user,
      Secret password,
      Tls tls,
      String caFile,
      boolean passive,
      String encoding,
      FilePattern pattern,
      int lookbackDays,
      int quietSeconds,
      TransferPolicy limits)
      implements Transport {
    @Override
    public String location() {
      return remote("ftp", user, host, port, root);
    }
  }

  /** How an FTP connection is encrypted: not at all, on request, or from the first byte. */
  enum Tls {
    NONE,
    EXPLICIT,
    IMPLICIT
  }

  private static String remote(String scheme, String user, String host, int port, String root) {
    String path = root.startsWith("/") ? root : "/~/" + root;
    return "%s://%s@%s:%d%s"
        .formatted(
            scheme, user, host.toLowerCase(Locale.ROOT), port, path.replaceAll("(/\\.)*/*$", ""));
  }
}
