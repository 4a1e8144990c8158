/**
 * Feeds: how one publisher's files become the columns of a contract. Plain Java, no Spark.
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.feed.Feeds} reads the YAML (every key is described in
 * {@code docs/feeds.md}) into immutable, serialisable {@link vn.tnmt.lakehouse.ingestion.feed.Feed}
 * records; {@link vn.tnmt.lakehouse.ingestion.feed.FeedCheck} proves feeds against contracts
 * without data.
 */
package vn.tnmt.lakehouse.ingestion.feed;
