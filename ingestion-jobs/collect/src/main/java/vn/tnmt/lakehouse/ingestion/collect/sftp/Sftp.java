package vn.tnmt.lakehouse.ingestion.collect.sftp;

import java.util.Set;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderKeys;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteOffer;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

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
public record Sftp(
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
    implements CollectedTransport {
  @Override
  public String location() {
    return RemoteFolderKeys.location("sftp", user, host, port, root);
  }

  @Override
  public Offer open(OfferRequest request) {
    Attempts attempts = new Attempts(limits);
    return RemoteOffer.open(
        new SftpFiles(this, () -> attempts.left(location())),
        limits,
        attempts,
        quietSeconds,
        request);
  }
}
