/**
 * Bytes of one file → records with file and line. Plain Java: the same code runs in Spark tasks and
 * in the offline validator.
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.reader.Readers} picks the reader of a feed; each reader
 * stands behind {@code GuardedReader}, which answers for what is wrong with a whole file (REC-01,
 * REC-02, REC-03, REC-06). Line-based formats share {@code LineScanner}; formats whose records name
 * their own fields share {@code CellsBuilder}; those that are read at random share {@code
 * SpooledFile}. {@code ArchiveReader} stands in front of any of them when files come packed.
 *
 * <p>Binary formats stand behind {@code BinaryGuard}; what is copied to a temporary file or
 * unpacked goes through {@code Spool} and {@code ZipParts}, which hold the limits.
 */
package vn.tnmt.lakehouse.ingestion.reader;
