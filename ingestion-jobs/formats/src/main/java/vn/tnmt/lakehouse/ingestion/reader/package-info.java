/**
 * Bytes of one file → records with file and line. Plain Java: the same code runs in Spark tasks and
 * in the offline validator.
 *
 * <p>Here is what every reader gives ({@link vn.tnmt.lakehouse.ingestion.reader.RecordReader},
 * records and their cells) and what many use: {@code GuardedReader} and {@code BinaryGuard} answer
 * for what is wrong with a whole file (REC-01, REC-02, REC-03, REC-06), {@code CellsBuilder} serves
 * formats whose records name their own fields, {@code Spool} and {@code SpooledFile} those that are
 * read at random, within {@code FileLimits}. The readers themselves stand with their formats.
 *
 * <p>Below: {@code text} (lines and rows), {@code table} (typed cells), {@code json}, {@code xml},
 * {@code zip} (parts of a file), and {@code feed}, which puts the reader of a feed together.
 */
package vn.tnmt.lakehouse.ingestion.reader;
