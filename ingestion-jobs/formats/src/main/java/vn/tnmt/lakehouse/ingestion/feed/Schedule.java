package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/**
 * When the feed owes a delivery.
 *
 * @param everyDays days from one delivery to the next
 * @param latenessDays days that a delivery may be late before it is missed
 */
public record Schedule(int everyDays, int latenessDays) implements Serializable {}
