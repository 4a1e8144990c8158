package vn.tnmt.lakehouse.ingestion.reader;

/**
 * One file of a delivery, as the publisher named it.
 *
 * @param path path below the feed's root, {@code /}-separated, NFC
 * @param size bytes
 * @param recognised false when the name is not in the feed's pattern: the file is kept and
 *     reported, its content is not interpreted
 */
public record SourceFile(String path, long size, boolean recognised) {}
