/**
 * Formats of files, each a package of its own below this one: its keys ({@code Csv}), their checks
 * ({@code CsvType}), its reader and what it can do ({@link
 * vn.tnmt.lakehouse.ingestion.format.Trait}).
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.format.Formats} finds them by {@code META-INF/services}, in
 * any jar. Whoever must know something about a feed's format asks {@link
 * vn.tnmt.lakehouse.ingestion.format.Format}; which format it is, nobody outside its package asks.
 *
 * <p>To add one: a package with a {@code FormatType} and a {@code Format}, a line in the services
 * file, its keys in {@code docs/feeds.md}. What readers share is in {@code ingestion.reader}.
 */
package vn.tnmt.lakehouse.ingestion.format;
