package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/** The breaches that readers find, and the records that stand for what could not be read. */
public final class Flaws {
  private Flaws() {}

  public static Breach of(BuiltInRules rule, String value, String expected) {
    return rule.breach("", value, expected);
  }

  /** A record for the whole file. */
  public static RawRecord file(BuiltInRules rule, String value, String expected) {
    return line(0, "", of(rule, value, expected));
  }

  /** A record for a line that could not be cut into cells. */
  public static RawRecord line(long line, String text, Breach... breaches) {
    return new RawRecord(line, 0, Cells.none(), text, List.of(breaches));
  }
}
