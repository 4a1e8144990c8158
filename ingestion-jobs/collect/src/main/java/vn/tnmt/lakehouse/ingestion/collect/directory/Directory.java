package vn.tnmt.lakehouse.ingestion.collect.directory;

import java.nio.file.Path;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * A folder that the platform can read.
 *
 * @param root the folder
 * @param quietSeconds a file modified less than this ago may still be written, and is left for the
 *     next night; 0 takes it if it holds still while it is read
 */
public record Directory(String root, FilePattern pattern, int lookbackDays, int quietSeconds)
    implements CollectedTransport {
  /** A folder whose files need not have been quiet. */
  public Directory(String root, FilePattern pattern, int lookbackDays) {
    this(root, pattern, lookbackDays, 0);
  }

  @Override
  public String location() {
    return Path.of(root).toAbsolutePath().normalize().toString().replace('\\', '/');
  }

  @Override
  public Offer open(OfferRequest request) {
    return DirectoryOffer.open(this, request);
  }
}
