package vn.tnmt.lakehouse.ingestion.load;

import java.io.Serializable;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/**
 * What one load does: the deliveries of one dataset, judged by one contract, for one run.
 *
 * @param context as-of instant and business date; the date is that of the raw rows
 * @param branch branch of the raw table to append to; empty for {@code main}
 */
public record LoadOptions(
    String runId, String branch, Contract contract, RuleContext context, List<Delivery> deliveries)
    implements Serializable {

  /** A delivery and the feed that says how to read it. */
  public record Delivery(Feed feed, Manifest manifest) implements Serializable {}

  /** {@code TNMT-5004} when a delivery is of another dataset or not of its feed. */
  public LoadOptions {
    deliveries = List.copyOf(deliveries);
    for (Delivery delivery : deliveries) {
      if (!delivery.feed().dataset().equals(contract.dataset())
          || !delivery.feed().id().equals(delivery.manifest().feedId())) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "delivery %s of feed %s cannot be loaded into %s by feed %s"
                .formatted(
                    delivery.manifest().deliveryId(),
                    delivery.manifest().feedId(),
                    contract.dataset(),
                    delivery.feed().id()));
      }
    }
  }
}
