package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.DimensionsRecord;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.formula.ptg.AbstractFunctionPtg;
import org.apache.poi.ss.formula.ptg.AttrPtg;
import org.apache.poi.ss.formula.ptg.ConcatPtg;
import org.apache.poi.ss.formula.ptg.Ptg;
import org.apache.poi.ss.formula.ptg.ValueOperatorPtg;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/** The rows of one XLS sheet: cell records of the same row that follow each other. */
final class XlsRows implements SheetRows {
  private static final int WORKSHEET = 0x0010;

  /** Functions that give numbers. */
  private static final Set<String> NUMBERS =
      Set.of(
          "SUM",
          "AVERAGE",
          "MIN",
          "MAX",
          "ROUND",
          "COUNT",
          "COUNTA",
          "PRODUCT",
          "MEDIAN",
          "SQRT",
          "ABS",
          "INT",
          "POWER",
          "LN",
          "LOG10",
          "EXP",
          "STDEV",
          "SUBTOTAL",
          "SUMPRODUCT");

  private final XlsBook book;
  private final RowCells cells = new RowCells();
  private @Nullable Record ahead;
  private boolean ended;
  private long number;
  private int formulaColumn = -1;
  private final List<Merge> merges = new ArrayList<>();
  private long lastTold;
  private long lastRow;

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
        unresolved();
        ended = true;
        return;
      }
      if (record instanceof BOFRecord) {
        book.skipSubstream(record);
      } else if (record instanceof StringRecord text && formulaColumn >= 0) {
        cells.put(formulaColumn, text.getString());
        formulaColumn = -1;
      } else if (record instanceof CellValueRecordInterface cell) {
        unresolved();
        if (current >= 0 && cell.getRow() != current) {
          ahead = record;
          return;
        }
        current = cell.getRow();
        number = current + 1;
        cell(record, cell);
      } else if (record instanceof MergeCellsRecord areas) {
        merges(areas);
      } else if (record instanceof DimensionsRecord size) {
        lastTold = size.getLastRow();
      } else if (record instanceof RowRecord row) {
        lastRow = Math.max(lastRow, row.getRowNumber() + 1);
      }
    }
  }

  /** A formula of text whose text does not follow. */
  private void unresolved() {
    if (formulaColumn >= 0) {
      cells.formula(formulaColumn, "…");
      formulaColumn = -1;
    }
  }

  private void merges(MergeCellsRecord areas) {
    for (int i = 0; i < areas.getNumAreas() && merges.size() < Merge.MOST; i++) {
      CellRangeAddress area = areas.getAreaAt(i);
      Merge merge =
          new Merge(area.getFirstRow() + 1L, area.getLastRow() + 1L, area.getFirstColumn());
      if (merge.downwards()) {
        merges.add(merge);
      }
    }
  }

  @Override
  public List<Merge> merges() {
    return merges;
  }

  @Override
  public long lastTold() {
    return lastTold > Math.max(number, lastRow) ? lastTold : 0;
  }

  private void cell(Record record, CellValueRecordInterface cell) {
    int column = cell.getColumn() & 0xFFFF;
    if (record instanceof NumberRecord value) {
      cells.put(column, numeric(cell, value.getValue()));
    } else if (record instanceof LabelSSTRecord shared) {
      String text = book.text(shared.getSSTIndex());
      if (text == null) {
        cells.lacks(Integer.toString(shared.getSSTIndex()));
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
      } else if (isNumber(formula)) {
        cells.formula(column, "…");
      }
    }
  }

  /**
   * Whether a formula can have no empty text as its result, so that one that is stored says that
   * nobody has computed it: what it does last is arithmetic.
   */
  private static boolean isNumber(FormulaRecord formula) {
    Ptg[] tokens;
    try {
      tokens = formula.getParsedExpression();
    } catch (RuntimeException e) {
      return true; // nobody knows what it does, nor that its result is right
    }
    Ptg last = tokens.length == 0 ? null : tokens[tokens.length - 1];
    return (last instanceof ValueOperatorPtg && !(last instanceof ConcatPtg))
        || (last instanceof AttrPtg attribute && attribute.isSum())
        || (last instanceof AbstractFunctionPtg function && NUMBERS.contains(function.getName()));
  }

  private void error(int column, int code) {
    cells.error(
        column,
        FormulaError.isValidCode(code) ? FormulaError.forInt((byte) code).getString() : "#?");
  }

  private String numeric(CellValueRecordInterface cell, double value) {
    return book.format(cell.getXFIndex()).text(value, book.from1904(), book.decimal());
  }
}
