package vn.tnmt.lakehouse.transform.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The rejected rows that go back with a receipt.
 *
 * @param rows rows in the files; one row may hold several records of one line
 * @param csv name of the CSV file beside the receipt; empty when nothing was rejected
 * @param xlsx name of the XLSX file; empty when there is none, {@code limits} says why
 * @param mended whether the XLSX (for a feed of CSV the CSV, too), once mended, can be read by the
 *     feed as it is; else the delivered files are to be mended
 * @param limits what the files do not hold
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rejects(long rows, String csv, String xlsx, boolean mended, List<Limit> limits) {
  public static final Rejects NONE = new Rejects(0, "", "", false, List.of());

  /** What a file of rejected rows cannot hold. */
  public enum Limit {
    /** More rows than a sheet has (1,048,576 with the header): CSV only. */
    XLSX_ROWS,
    /** More columns than a sheet has (16,384), or than the CSV is given: the first ones. */
    COLUMNS,
    /** A cell longer than a sheet's cells may be (32,767 characters) is cut; the CSV has it. */
    XLSX_CELL
  }

  public Rejects {
    limits = List.copyOf(limits);
  }
}
