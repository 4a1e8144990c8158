package vn.tnmt.lakehouse.ingestion.load;

import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/**
 * A record of a delivery and what is said about it: a row of a raw table.
 *
 * @param file path of the file in the delivery
 */
record RawRow(LoadOptions.Delivery delivery, String file, RawRecord record, Verdict verdict) {}
