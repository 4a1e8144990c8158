package vn.tnmt.lakehouse.ingestion.collect.offer;

import vn.tnmt.lakehouse.ingestion.feed.Transport;

/** A transport whose files can be fetched. */
public interface CollectedTransport extends Transport {
  /**
   * What there is for a feed of this transport on one night.
   *
   * @throws vn.tnmt.lakehouse.base.error.TnmtException {@code TNMT-1001}, {@code TNMT-1002} when
   *     there is nothing to list
   */
  Offer open(OfferRequest request);
}
