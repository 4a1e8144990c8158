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
 * @param cells the record's cells as delivered, in the form of {@link CellsJson}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Verdict(Object[] row, List<Breach> breaches, boolean blocked, byte[] cells) {}
