package vn.tnmt.lakehouse.ingestion.feed;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.nio.file.Path;
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
}
