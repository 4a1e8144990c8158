package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.Severity;

/** The breaches that readers find, and the records that stand for what could not be read. */
final class Flaws {
  static final String EMPTY_FILE = "REC-01";
  static final String BINARY = "REC-02";
  static final String NAME_NOT_IN_PATTERN = "REC-03";
  static final String CUT_OFF = "REC-04";
  static final String WRONG_FIELDS = "REC-05";
  static final String NOT_UTF8 = "REC-06";
  static final String COLUMNS_MISSING = "REC-07";
  static final String COLUMNS_UNKNOWN = "REC-08";
  static final String BROKEN_JSON = "REC-09";
  static final String NO_VALUE_IN_ROW = "REC-19";

  private Flaws() {}

  static Breach block(String rule, String value, String expected) {
    return new Breach(rule, Severity.BLOCK, "", value, expected);
  }

  static Breach warn(String rule, String value, String expected) {
    return new Breach(rule, Severity.WARN, "", value, expected);
  }

  /** A record for the whole file. */
  static RawRecord file(String rule, String value, String expected) {
    return line(0, "", block(rule, value, expected));
  }

  /** A record for a line that could not be cut into cells. */
  static RawRecord line(long line, String text, Breach... breaches) {
    return new RawRecord(line, 0, Cells.none(), text, List.of(breaches));
  }
}
