package vn.tnmt.lakehouse.transform.ledger;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a landing manifest says of a delivery, as the ledger keeps it.
 *
 * @param landing key of the delivery's folder in the bucket
 * @param bytes sum of the sizes of its files
 */
public record DeliveryFacts(
    String deliveryId,
    String publisher,
    String feed,
    String dataset,
    String contractVersion,
    LocalDate businessDate,
    Instant receivedAt,
    int files,
    long bytes,
    String landing,
    String contentSha256) {}
