package vn.tnmt.lakehouse.transform.audit;

import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * A table that the night wrote.
 *
 * @param touched condition that holds for every row the night may have written
 */
public record WrittenTable(Contract contract, String touched) {}
