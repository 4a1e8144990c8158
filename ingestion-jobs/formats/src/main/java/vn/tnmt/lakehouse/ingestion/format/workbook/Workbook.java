package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.FormatType;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.RejectsDialect;
import vn.tnmt.lakehouse.ingestion.reader.BinaryGuard;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/**
 * Tables in a workbook, XLSX or XLS (which of them, the content says).
 *
 * @param sheet name, number counted from 1, {@code *} for every visible sheet or a name with {@code
 *     *}; empty for the first visible sheet
 * @param headerLine row of the header, counted from 1; 0 to find the row that has the columns
 * @param headerLines rows of the header; the names above fill to the right
 * @param totals first cells of rows that are passed over; {@code *} is any text
 * @param footer first cells of rows with which a table ends; {@code *} is any text
 * @param fillsMerged whether the value of cells that are merged downwards is that of every row
 */
public record Workbook(
    String sheet,
    int headerLine,
    int headerLines,
    List<String> totals,
    List<String> footer,
    boolean fillsMerged,
    FileLimits limits)
    implements Format {

  /**
   * The reader of rejected rows that come back as a workbook to a feed of another format: any other
   * zip is binary content (REC-02).
   */
  public static RecordReader returnedRejects(Reading reading) {
    Workbook form = new Workbook("", 1, 1, List.of(), List.of(), false, FileLimits.USUAL);
    return new BinaryGuard(new WorkbookReader(form, reading).returnedOnly());
  }

  @Override
  public FormatType type() {
    return WorkbookType.TYPE;
  }

  @Override
  public RecordReader reader(Reading reading) {
    return new BinaryGuard(new WorkbookReader(this, reading));
  }

  @Override
  public Optional<RejectsDialect> rejects() {
    return Optional.of(RejectsDialect.USUAL);
  }
}
