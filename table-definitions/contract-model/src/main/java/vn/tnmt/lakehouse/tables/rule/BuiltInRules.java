package vn.tnmt.lakehouse.tables.rule;

import java.util.Arrays;
import java.util.Optional;

/** The rules that every record must keep, whatever its contract says: it must be readable. */
public enum BuiltInRules {
  EMPTY_FILE(1, Severity.BLOCK),
  BINARY_CONTENT(2, Severity.BLOCK),
  NAME_NOT_IN_PATTERN(3, Severity.BLOCK),
  FILE_CUT_OFF(4, Severity.BLOCK),
  WRONG_FIELD_COUNT(5, Severity.BLOCK),
  NOT_UTF8(6, Severity.BLOCK),
  MISSING_COLUMNS(7, Severity.BLOCK),
  UNKNOWN_COLUMN(8, Severity.WARN),
  BROKEN_JSON(9, Severity.BLOCK),
  MISSING_VALUE(10, Severity.BLOCK),
  NOT_A_NUMBER(11, Severity.BLOCK),
  NOT_A_DATE(12, Severity.BLOCK),
  CODE_NOT_IN_LIST(13, Severity.BLOCK),
  UNKNOWN_SYMBOL(14, Severity.BLOCK),
  UNKNOWN_UNIT(15, Severity.BLOCK),
  GEOMETRY_REPAIRED(16, Severity.WARN),
  GEOMETRY_UNUSABLE(17, Severity.BLOCK),
  DEFAULT_UNIT_USED(18, Severity.WARN),
  ROW_WITHOUT_VALUES(19, Severity.BLOCK),
  CONFLICTING_DUPLICATE(20, Severity.BLOCK),
  REFERENCE_NOT_FOUND(21, Severity.BLOCK),
  READ_AS(22, Severity.NOTE),
  TOTALS_LEFT_OUT(23, Severity.NOTE),
  TOO_MANY_COLUMNS(24, Severity.BLOCK),
  RECORD_TOO_LONG(25, Severity.BLOCK),
  AXES_SWAPPED(26, Severity.BLOCK),
  METRES_NOT_DEGREES(27, Severity.BLOCK),
  FILE_PROTECTED(28, Severity.BLOCK),
  FILE_DAMAGED(29, Severity.BLOCK),
  OVER_LIMIT(30, Severity.BLOCK),
  PASSED_OVER(31, Severity.NOTE),
  CRS_NOT_ACCEPTED(32, Severity.BLOCK),
  BROKEN_XML(33, Severity.BLOCK),
  UNREADABLE_CONTAINER(34, Severity.BLOCK),
  PART_NOT_IN_FILE(35, Severity.BLOCK),
  WRONG_CRS(36, Severity.BLOCK),
  REPEATED_NAME(37, Severity.WARN),
  RECORD_TOO_LARGE(38, Severity.BLOCK),
  SEVERAL_VALUES(39, Severity.BLOCK),
  ENCODING_UNDECIDED(40, Severity.BLOCK),
  LETTER_NOT_IN_ENCODING(41, Severity.BLOCK),
  NUMBER_AMBIGUOUS(42, Severity.BLOCK),
  DATE_AMBIGUOUS(43, Severity.BLOCK),
  NAME_NOT_FOUND(44, Severity.BLOCK),
  NAME_AMBIGUOUS(45, Severity.BLOCK),
  FORMER_NAME(46, Severity.WARN),
  ARCHIVE_LIMIT_PASSED(47, Severity.BLOCK),
  ARCHIVE_MEMBER_REFUSED(48, Severity.BLOCK),
  ARCHIVE_LOCKED(49, Severity.BLOCK),
  ARCHIVE_BROKEN(50, Severity.BLOCK),
  DELIVERY_REJECTED(51, Severity.BLOCK),
  CORRECTION_COLUMNS(52, Severity.NOTE),
  NO_DATA_MARK(60, Severity.WARN),
  COUNT_DIFFERS(61, Severity.BLOCK),
  KIND_NOT_READ(62, Severity.BLOCK),
  NO_GEOMETRY(63, Severity.WARN),
  FORMULA_WITHOUT_RESULT(64, Severity.BLOCK),
  MERGED_CELLS(65, Severity.WARN),
  INTERNAL_FAULT(99, Severity.BLOCK);

  private final String code;
  private final Severity severity;

  BuiltInRules(int number, Severity severity) {
    this.code = "REC-" + (number < 10 ? "0" : "") + number;
    this.severity = severity;
  }

  /** The stable code, for example {@code REC-07}. */
  public String code() {
    return code;
  }

  public Severity severity() {
    return severity;
  }

  public Breach breach(String column, String value, String expected) {
    return new Breach(code, severity, column, value, expected);
  }

  public static Optional<BuiltInRules> of(String code) {
    return Arrays.stream(values()).filter(rule -> rule.code.equals(code)).findFirst();
  }
}
