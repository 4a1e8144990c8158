package vn.tnmt.lakehouse.ingestion.reader;

/**
 * How many rows a file, or a layer of it, says that it has.
 *
 * @param part of the layer's first record
 * @param source who says so, in Vietnamese and English
 * @param rows that it says
 * @param untold rows that were read but have no record, such as deleted ones; less than 0 where
 *     records stand for more than this source counts
 */
public record RowCount(int part, String source, long rows, long untold) {}
