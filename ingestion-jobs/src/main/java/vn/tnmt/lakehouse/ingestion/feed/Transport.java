package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.nio.file.Path;
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
   */
  record Directory(String root, FilePattern pattern, int lookbackDays) implements Transport {
    @Override
    public String location() {
      return Path.of(root).toAbsolutePath().normalize().toString().replace('\\', '/');
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
