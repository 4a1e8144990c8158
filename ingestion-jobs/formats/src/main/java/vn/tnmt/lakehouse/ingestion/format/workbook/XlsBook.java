package vn.tnmt.lakehouse.ingestion.format.workbook;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_PROTECTED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.NumberFormat;

/**
 * A legacy XLS workbook (BIFF8), record by record with Apache POI's low-level reader. Only the
 * shared texts are held in memory; XLS has at most 65,536 rows a sheet.
 */
final class XlsBook implements SheetBook {
  private static final int BIFF8 = 0x0600;

  private final POIFSFileSystem files;
  private final List<Tab> tabs = new ArrayList<>();
  private final Map<Integer, String> codes = new HashMap<>();
  private final List<Integer> styles = new ArrayList<>();
  private final char decimal;
  private @Nullable SSTRecord texts;
  private NumberFormat[] formats = new NumberFormat[0];
  private boolean from1904;

  /** Records from the current position on; the next substream is the sheet of this number. */
  private @Nullable XlsRecords records;

  private int nextSheet;

  private XlsBook(POIFSFileSystem files, char decimal) {
    this.files = files;
    this.decimal = decimal;
  }

  static XlsBook open(Path file, char decimal) throws IOException {
    POIFSFileSystem files;
    try {
      files = new POIFSFileSystem(file.toFile(), true);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    XlsBook book = new XlsBook(files, decimal);
    try {
      book.globals();
      return book;
    } catch (IOException | RuntimeException e) {
      book.close();
      throw e;
    }
  }

  @Override
  public List<Tab> sheets() {
    return List.copyOf(tabs);
  }

  @Override
  public SheetRows open(Tab tab) throws IOException {
    int sheet = (Integer) tab.key();
    if (records == null || nextSheet > sheet) {
      restart();
    }
    for (; nextSheet < sheet; nextSheet++) {
      skipSubstream(read());
    }
    nextSheet++;
    return new XlsRows(this, read());
  }

  @Override
  public boolean marked() {
    return false;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  NumberFormat format(int style) {
    return style >= 0 && style < formats.length ? formats[style] : NumberFormat.GENERAL;
  }

  /** The shared text of a number, or null when there is none. */
  @Nullable String text(int index) {
    return texts == null || index < 0 || index >= texts.getNumUniqueStrings()
        ? null
        : texts.getString(index).getString();
  }

  boolean from1904() {
    return from1904;
  }

  char decimal() {
    return decimal;
  }

  /** The next record, or null at the end. */
  @Nullable Record read() throws IOException {
    try {
      return records.next();
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private void globals() throws IOException {
    DirectoryNode root = files.getRoot();
    if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
      throw new Unreadable(FILE_PROTECTED, "XLSX", "");
    }
    List<BoundSheetRecord> sheets = new ArrayList<>();
    start();
    Record first = read();
    if (!(first instanceof BOFRecord begin) || begin.getVersion() != BIFF8) {
      throw Unreadable.kind("Excel 5.0/95", XlsxBook.READ);
    }
    for (Record record = read();
        record != null && !(record instanceof EOFRecord);
        record = read()) {
      if (record instanceof BoundSheetRecord sheet) {
        sheets.add(sheet);
      } else if (record instanceof SSTRecord shared) {
        texts = shared;
      } else if (record instanceof DateWindow1904Record window) {
        from1904 = window.getWindowing() == 1;
      } else if (record instanceof FormatRecord format) {
        codes.put(format.getIndexCode(), format.getFormatString());
      } else if (record instanceof ExtendedFormatRecord style) {
        styles.add((int) style.getFormatIndex());
      }
    }
    formats =
        styles.stream().map(id -> NumberFormat.of(id, codes.get(id))).toArray(NumberFormat[]::new);
    List<BoundSheetRecord> inFile = new ArrayList<>(sheets);
    inFile.sort(Comparator.comparingInt(BoundSheetRecord::getPositionOfBof));
    for (BoundSheetRecord sheet : sheets) {
      tabs.add(
          new Tab(
              sheet.getSheetname(),
              sheet.isHidden() || sheet.isVeryHidden(),
              inFile.indexOf(sheet)));
    }
  }

  private void restart() throws IOException {
    start();
    skipSubstream(read());
    nextSheet = 0;
  }

  private void start() throws IOException {
    try {
      DirectoryNode root = files.getRoot();
      String stream =
          root.hasEntryCaseInsensitive("Workbook")
              ? "Workbook"
              : root.hasEntryCaseInsensitive("Book") ? "Book" : "";
      if (stream.isEmpty()) {
        throw root.hasEntryCaseInsensitive("WordDocument")
            ? Unreadable.kind("Word", XlsxBook.READ)
            : Unreadable.damaged("OLE2 không có / without Workbook", "XLS, XLSX");
      }
      records =
          new XlsRecords(root.createDocumentInputStream(root.getEntryCaseInsensitive(stream)));
    } catch (Unreadable e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Reads to the end of the substream whose first record is given, charts inside it included. */
  void skipSubstream(Record begin) throws IOException {
    int depth = begin instanceof BOFRecord ? 1 : 0;
    while (depth > 0) {
      Record record = read();
      if (record == null) {
        return;
      }
      depth += record instanceof BOFRecord ? 1 : record instanceof EOFRecord ? -1 : 0;
    }
  }

  /** POI throws for content; the file is a temporary one of ours, so that it is not the disk. */
  static Unreadable damaged(Exception e) {
    if (e instanceof EncryptedDocumentException
        || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("password")) {
      return new Unreadable(FILE_PROTECTED, "XLS", "");
    }
    return Unreadable.damaged("OLE2", "XLS (Excel 97-2003)");
  }
}
