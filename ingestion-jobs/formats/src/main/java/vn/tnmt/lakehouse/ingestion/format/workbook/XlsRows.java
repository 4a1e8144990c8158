package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.table.CellFormat;
import vn.tnmt.lakehouse.ingestion.reader.table.CellTexts;

/** The rows of one XLS sheet: cell records of the same row that follow each other. */
final class XlsRows implements SheetRows {
  private static final int WORKSHEET = 0x0010;

  private final XlsBook book;
  private final RowCells cells = new RowCells();
  private @Nullable Record ahead;
  private boolean ended;
  private long number;
  private int formulaColumn = -1;

  XlsRows(XlsBook book, Record begin) throws IOException {
    this.book = book;
    if (!(begin instanceof BOFRecord sheet) || sheet.getType() != WORKSHEET) {
      book.skipSubstream(begin);
      ended = true;
    }
  }

  @Override
  public boolean next() throws IOException {
    while (!ended) {
      try {
        row();
      } catch (RuntimeException e) {
        // POI takes some records apart only when their values are asked for.
        ended = true;
        throw XlsBook.damaged(e);
      }
      if (cells.width > 0 || cells.flaw != null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public RowCells cells() {
    return cells;
  }

  @Override
  public void close() throws IOException {
    while (!ended) {
      // The next sheet begins where this one ends.
      row();
    }
  }

  private void row() throws IOException {
    cells.clear();
    long current = -1;
    while (true) {
      Record record = ahead == null ? book.read() : ahead;
      ahead = null;
      if (record == null || record instanceof EOFRecord) {
        ended = true;
        return;
      }
      if (record instanceof BOFRecord) {
        book.skipSubstream(record);
      } else if (record instanceof StringRecord text && formulaColumn >= 0) {
        cells.put(formulaColumn, text.getString());
        formulaColumn = -1;
      } else if (record instanceof CellValueRecordInterface cell) {
        if (current >= 0 && cell.getRow() != current) {
          ahead = record;
          return;
        }
        current = cell.getRow();
        number = current + 1;
        formulaColumn = -1;
        cell(record, cell);
      }
    }
  }

  private void cell(Record record, CellValueRecordInterface cell) {
    int column = cell.getColumn() & 0xFFFF;
    if (record instanceof NumberRecord value) {
      cells.put(column, numeric(cell, value.getValue()));
    } else if (record instanceof LabelSSTRecord shared) {
      String text = book.text(shared.getSSTIndex());
      if (text == null) {
        cells.flaw = "shared string " + shared.getSSTIndex();
      } else {
        cells.put(column, text);
      }
    } else if (record instanceof LabelRecord label) {
      cells.put(column, label.getValue());
    } else if (record instanceof BoolErrRecord value) {
      if (value.isBoolean()) {
        cells.put(column, Boolean.toString(value.getBooleanValue()));
      } else {
        error(column, value.getErrorValue());
      }
    } else if (record instanceof FormulaRecord formula) {
      if (formula.hasCachedResultString()) {
        formulaColumn = column;
      } else if (formula.getCachedResultTypeEnum() == CellType.BOOLEAN) {
        cells.put(column, Boolean.toString(formula.getCachedBooleanValue()));
      } else if (formula.getCachedResultTypeEnum() == CellType.ERROR) {
        error(column, formula.getCachedErrorValue());
      } else if (formula.getCachedResultTypeEnum() == CellType.NUMERIC) {
        cells.put(column, numeric(cell, formula.getValue()));
      }
    }
  }

  private void error(int column, int code) {
    cells.error(
        column,
        FormulaError.isValidCode(code) ? FormulaError.forInt((byte) code).getString() : "#?");
  }

  private String numeric(CellValueRecordInterface cell, double value) {
    CellFormat format = book.format(cell.getXFIndex());
    String date =
        format == CellFormat.NUMBER ? null : CellTexts.date(value, format, book.from1904());
    return date == null ? CellTexts.number(value, book.decimal()) : date;
  }
}
