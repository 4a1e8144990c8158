package vn.tnmt.lakehouse.ingestion.format.stationtext;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_FIELD_COUNT;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.text.LineScanner;
import vn.tnmt.lakehouse.ingestion.reader.text.Lines;

/**
 * The text files of automatic monitoring stations (Thông tư 10/2021/TT-BTNMT, Điều 39, Phụ lục 15,
 * Bảng 34): no header, one line a parameter, {@code symbol⇥value⇥unit⇥yyyyMMddHHmmss⇥status}.
 *
 * <p>A line is cut at TABs; when that gives no known order, at white space. Four orders are known,
 * told apart by where the time (14 digits) stands:
 *
 * <ol>
 *   <li>symbol value unit time [status]
 *   <li>time symbol value unit
 *   <li>time symbol value
 *   <li>symbol value time [status] — how a line with an empty unit looks after cutting at spaces
 * </ol>
 *
 * A line of five fields between TABs is of the first order whatever its time looks like, so that a
 * bad time is told as a bad time. Cells are {@code symbol, value, unit, time, status}; a cell that
 * the line does not have (a missing status, a missing unit) is absent: nothing is invented.
 *
 * <p>The last line of a file without a line end was cut off (REC-04) when it fits no order, has
 * fewer fields than the line before, or a status of one digit.
 */
final class StationTextReader implements RecordReader {
  private static final int TIME_DIGITS = 14;
  private static final int MAX_FIELDS = 5;
  private static final String ORDERS =
      "symbol value unit time [status] | time symbol value [unit] | symbol value time [status]";

  private static final Header ORDER_1 = Header.of("symbol", "value", "unit", "time", "status");
  private static final Header ORDER_1_NO_STATUS = Header.of("symbol", "value", "unit", "time");
  private static final Header ORDER_2 = Header.of("time", "symbol", "value", "unit");
  private static final Header ORDER_3 = Header.of("time", "symbol", "value");
  private static final Header ORDER_4 = Header.of("symbol", "value", "time", "status");
  private static final Header ORDER_4_NO_STATUS = Header.of("symbol", "value", "time");

  private final LineScanner lines = new LineScanner();
  private final int[] from = new int[MAX_FIELDS];
  private final int[] to = new int[MAX_FIELDS];
  private int fields;

  @Override
  public Records open(SourceFile file, InputStream bytes) {
    lines.open(bytes);
    return new FoundRecords() {
      private int fieldsBefore;

      @Override
      protected @Nullable RawRecord find() throws IOException {
        while (lines.next()) {
          if (!Lines.blank(lines)) {
            RawRecord record = record(fieldsBefore);
            fieldsBefore = record.cells().size();
            return record;
          }
        }
        return null;
      }
    };
  }

  private RawRecord record(int fieldsBefore) {
    boolean ascii = Lines.ascii(lines);
    RawRecord unreadable = Lines.unreadable(lines, ascii);
    if (unreadable != null) {
      return unreadable;
    }
    byte[] bytes = lines.bytes;
    Header order = order();
    if (order == null || cutOff(order, fieldsBefore)) {
      return Flaws.line(
          lines.number(),
          Utf8.text(bytes, lines.start, lines.end, ascii),
          Flaws.of(lines.terminated() ? WRONG_FIELD_COUNT : FILE_CUT_OFF, "", ORDERS));
    }
    String[] values = new String[order.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Utf8.text(bytes, from[i], to[i], ascii);
    }
    return new RawRecord(lines.number(), 0, new Cells(order, values), "", List.of());
  }

  private boolean cutOff(Header order, int fieldsBefore) {
    return !lines.terminated()
        && (order.size() < fieldsBefore
            || (order.names().get(order.size() - 1).equals("status")
                && to[order.size() - 1] - from[order.size() - 1] == 1));
  }

  private Header order() {
    cutAtTabs();
    Header order = fields == MAX_FIELDS && !time(0) ? ORDER_1 : orderByTime();
    if (order == null) {
      cutAtSpaces();
      order = orderByTime();
    }
    return order;
  }

  private @Nullable Header orderByTime() {
    return switch (fields) {
      case 5 -> time(3) ? ORDER_1 : null;
      case 4 -> time(0) ? ORDER_2 : time(3) ? ORDER_1_NO_STATUS : time(2) ? ORDER_4 : null;
      case 3 -> time(0) ? ORDER_3 : time(2) ? ORDER_4_NO_STATUS : null;
      default -> null;
    };
  }

  /** Cuts at every TAB, keeping empty fields; empty fields after the fifth do not count. */
  private void cutAtTabs() {
    byte[] bytes = lines.bytes;
    fields = 0;
    int begin = lines.start;
    for (int i = begin; i <= lines.end; i++) {
      if (i == lines.end || bytes[i] == '\t') {
        if (fields < MAX_FIELDS) {
          from[fields] = begin;
          to[fields] = i;
          fields++;
        } else if (i > begin) {
          fields = MAX_FIELDS + 1;
          return;
        }
        begin = i + 1;
      }
    }
  }

  private void cutAtSpaces() {
    byte[] bytes = lines.bytes;
    fields = 0;
    int i = lines.start;
    while (true) {
      while (i < lines.end && bytes[i] <= ' ' && bytes[i] >= 0) {
        i++;
      }
      if (i == lines.end) {
        return;
      }
      if (fields == MAX_FIELDS) {
        fields++;
        return;
      }
      from[fields] = i;
      while (i < lines.end && (bytes[i] > ' ' || bytes[i] < 0)) {
        i++;
      }
      to[fields++] = i;
    }
  }

  private boolean time(int field) {
    byte[] bytes = lines.bytes;
    int digits = 0;
    for (int i = from[field]; i < to[field]; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        digits++;
      } else if (bytes[i] != ' ') {
        return false;
      }
    }
    return digits == TIME_DIGITS;
  }
}
