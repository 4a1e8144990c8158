package vn.tnmt.lakehouse.ingestion.reader;

/**
 * One file of a delivery, as the publisher named it, or a member of one that is an archive.
 *
 * @param path path below the feed's root, {@code /}-separated, NFC; of a member {@code
 *     archive!/member}
 * @param size bytes; -1 when a member's is not known
 * @param recognised false when the name is not in the feed's pattern: the file is kept and
 *     reported, its content is not interpreted
 * @param delivered path of the file that was delivered; differs from {@code path} for members only
 * @param member path within the archive that holds it; empty for a file that is no member
 */
public record SourceFile(
    String path, long size, boolean recognised, String delivered, String member) {

  /** A file that was delivered. */
  public SourceFile(String path, long size, boolean recognised) {
    this(path, size, recognised, path, "");
  }
}
