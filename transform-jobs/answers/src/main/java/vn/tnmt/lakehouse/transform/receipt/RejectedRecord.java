package vn.tnmt.lakehouse.transform.receipt;

import java.util.List;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * One quarantined record.
 *
 * @param names the publisher's columns, in the order of the file
 * @param cells their texts as delivered
 * @param text the line, when it could not be cut into cells; else empty
 */
public record RejectedRecord(
    String file,
    long line,
    int part,
    List<String> names,
    List<String> cells,
    String text,
    List<Breach> breaches) {}
