package vn.tnmt.lakehouse.ingestion.reader;

import java.io.IOException;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Content that cannot be read any further; the reader that catches it tells the breach. An
 * IOException so that it passes through streams and parsers.
 */
public final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Breach breach;

  public Unreadable(BuiltInRules rule, String value, String expected) {
    super(rule.code() + " " + value);
    this.breach = Flaws.of(rule, value, expected);
  }

  public static Unreadable damaged(String value, String expected) {
    return new Unreadable(BuiltInRules.FILE_DAMAGED, value, expected);
  }

  /** A kind of file that nobody reads here, in words. */
  public static Unreadable kind(String value, String expected) {
    return new Unreadable(BuiltInRules.KIND_NOT_READ, value, expected);
  }

  public static Unreadable overLimit(String value, String expected) {
    return new Unreadable(BuiltInRules.OVER_LIMIT, value, expected);
  }

  Breach breach() {
    return breach;
  }
}
