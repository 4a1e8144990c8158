package vn.tnmt.lakehouse.ingestion.engine;

import java.util.List;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * What the engine says about one record.
 *
 * @param row values in the contract's column order, of the classes of its logical types; null where
 *     there is none. A record that could not be read has no values
 * @param breaches every rule broken, the reader's first
 * @param blocked whether one of them blocks
 * @param contentHash hash over the row's values: two records of the same key with the same hash say
 *     the same
 * @param cells the record's cells as delivered, in the form of {@link CellsJson}
 * @param recordHash first 16 bytes of SHA-256 over {@code cells} and the record's text
 */
@SuppressWarnings("ArrayRecordComponent")
public record Verdict(
    Object[] row,
    List<Breach> breaches,
    boolean blocked,
    long contentHash,
    byte[] cells,
    byte[] recordHash) {}
