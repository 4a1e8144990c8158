package vn.tnmt.lakehouse.ingestion.reader.text;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.TOTALS_LEFT_OUT;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Records of rows, with notes that are no record's own: those about the whole file go to its first
 * record, those about rows of totals to the record before (to the first one when there is none).
 */
public abstract class TextRecords extends FoundRecords {
  /** Bytes of a file by which its form is decided: its first stretch holds them. */
  public static final int HEAD = 1 << 16;

  private final Deque<RawRecord> ready = new ArrayDeque<>();
  private final List<Breach> pending = new ArrayList<>();
  private final boolean holdsBack;
  private @Nullable RawRecord held;
  private long leftOut;

  /**
   * @param holdsBack whether there may be notes about the record before
   */
  protected TextRecords(boolean holdsBack) {
    this.holdsBack = holdsBack;
  }

  /** Reads on and {@link #add}s the records of what was read; false at the end. */
  protected abstract boolean read() throws IOException;

  protected final void add(RawRecord record) {
    ready.add(record);
  }

  /** About the file, for its first record. */
  protected final void tell(Breach breach) {
    pending.add(breach);
  }

  /** Forgets what was told and added so far. */
  protected final void forget() {
    ready.clear();
    pending.clear();
  }

  protected final void totals(long line, String text) {
    leftOut(TOTALS_LEFT_OUT, line, text);
  }

  /** That a row, and all below it, is no data. */
  protected final void passedOver(long line, String text) {
    leftOut(PASSED_OVER, line, text);
  }

  private void leftOut(BuiltInRules rule, long line, String text) {
    String shown = text.length() > Totals.SHOWN ? text.substring(0, Totals.SHOWN) + "…" : text;
    Breach note = Flaws.of(rule, line + ": " + shown, "");
    if (held == null) {
      if (pending.size() < Totals.MAX_NOTES) {
        pending.add(note);
      }
    } else if (leftOut++ < Totals.MAX_NOTES) {
      held = with(held, List.of(note));
    }
  }

  @Override
  protected final RawRecord find() throws IOException {
    RawRecord found = following();
    if (!holdsBack) {
      return found;
    }
    if (held == null) {
      held = found;
      found = found == null ? null : following();
    }
    RawRecord before = held;
    held = found;
    leftOut = 0;
    return before;
  }

  private @Nullable RawRecord following() throws IOException {
    while (ready.isEmpty()) {
      if (!read()) {
        return null;
      }
    }
    RawRecord record = ready.remove();
    if (!pending.isEmpty()) {
      record = with(record, pending);
      pending.clear();
    }
    return record;
  }

  private static RawRecord with(RawRecord record, List<Breach> more) {
    List<Breach> breaches = new ArrayList<>(record.breaches());
    breaches.addAll(more);
    return new RawRecord(
        record.line(), record.part(), record.cells(), record.text(), List.copyOf(breaches));
  }
}
