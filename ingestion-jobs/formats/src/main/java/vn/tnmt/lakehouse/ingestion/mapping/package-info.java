/**
 * A record as delivered → the contract's columns, by a feed's mapping compiled once. Plain Java.
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.mapping.RowMapping} is the entrance. Nothing on the row
 * path throws for bad content: parsers answer with a sentinel, which becomes a breach.
 */
package vn.tnmt.lakehouse.ingestion.mapping;
