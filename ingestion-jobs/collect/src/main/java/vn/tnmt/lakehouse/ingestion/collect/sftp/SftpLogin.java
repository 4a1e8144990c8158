package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;

/** How a user is known to an SFTP server. */
public sealed interface SftpLogin extends Serializable {
  /** By password, asked for as such or in a dialogue of one question. */
  record Password(Secret password) implements SftpLogin {}

  /**
   * By a private key.
   *
   * @param key the key's text, OpenSSH or PEM
   * @param passphrase of the key; null when it has none
   */
  record Key(Secret key, @Nullable Secret passphrase) implements SftpLogin {}
}
