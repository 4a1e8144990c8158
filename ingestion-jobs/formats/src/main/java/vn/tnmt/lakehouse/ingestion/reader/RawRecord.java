package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * One record as delivered: the unit that row conservation counts.
 *
 * <p>A record is a line of a station file, a row of a CSV, a feature of a GeoJSON, or, where the
 * feed melts wide columns into rows, one non-blank cell of such a row. A file that yields no record
 * yields one of these with {@code line} 0 and a breach that says why, so that no file is
 * unaccounted for.
 *
 * @param line first source line, counted from 1; feature number for GeoJSON; 0 for the whole file
 * @param part 0, or the number of the melted column within the line, counted from 0
 * @param cells column name as delivered → text as delivered (never trimmed, never null); in the
 *     order of the file
 * @param text the line's text when it could not be cut into cells, otherwise empty
 * @param breaches what the reader itself found wrong
 */
public record RawRecord(
    long line, int part, Map<String, String> cells, String text, List<Breach> breaches) {}
