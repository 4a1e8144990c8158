package vn.tnmt.lakehouse.ingestion.collect.s3;

import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * A bucket of an S3-compatible object store that is not the platform's own.
 *
 * @param prefix of the keys, with a slash at its end; empty for the whole bucket
 * @param endpoint URL; empty for Amazon's own
 * @param accessKey null, as {@code secretKey}, for a bucket that anybody may read
 */
public record S3(
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
    implements CollectedTransport {
  @Override
  public String location() {
    String root = (endpoint.isEmpty() ? "s3://" : endpoint + "/") + bucket + "/" + prefix;
    return root.substring(0, root.length() - 1);
  }

  @Override
  public Offer open(OfferRequest request) {
    return S3Offer.open(this, request);
  }
}
