/**
 * The reader of a feed ({@link vn.tnmt.lakehouse.ingestion.reader.feed.Readers}): that of its
 * format, and around it what the feed leaves to each file: encodings and notations found by
 * evidence, cells that are not kept, rejected rows that come back.
 */
package vn.tnmt.lakehouse.ingestion.reader.feed;
