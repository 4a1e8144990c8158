package vn.tnmt.lakehouse.ingestion.collect.ftp;

import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteFolderKeys;
import vn.tnmt.lakehouse.ingestion.collect.remote.RemoteOffer;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * A folder of an FTP server.
 *
 * @param root the folder; below the user's own folder when it does not begin with a slash
 * @param password null when there is none
 * @param caFile certificates (PEM) of those who may vouch for the server; empty for those that Java
 *     trusts
 * @param passive whether the client makes the data connections
 * @param encoding of file names
 * @param quietSeconds a file modified less than this before now is left for the next run
 */
public record Ftp(
    String host,
    int port,
    String root,
    String user,
    @Nullable Secret password,
    Tls tls,
    String caFile,
    boolean passive,
    String encoding,
    FilePattern pattern,
    int lookbackDays,
    int quietSeconds,
    TransferPolicy limits)
    implements CollectedTransport {
  @Override
  public String location() {
    return RemoteFolderKeys.location("ftp", user, host, port, root);
  }

  @Override
  public Offer open(OfferRequest request) {
    Attempts attempts = new Attempts(limits);
    return RemoteOffer.open(
        new FtpFiles(this, () -> attempts.left(location())),
        limits,
        attempts,
        quietSeconds,
        request);
  }
}
