package vn.tnmt.lakehouse.ingestion.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.mapping.Outcome;
import vn.tnmt.lakehouse.ingestion.mapping.RowMapping;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RowRules;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * Mapping and rules of one feed, compiled: record → verdict. One instance serves one thread.
 *
 * <p>A record that its reader could not understand is not mapped: its reader's breaches say it all.
 * A fault of our own (REC-99) costs the one record, which is kept with what is known about it.
 */
public final class RowEngine {
  private static final System.Logger LOG = System.getLogger(RowEngine.class.getName());

  private final RowMapping mapping;
  private final RowRules rules;
  private final int columns;
  private final CellsJson json = new CellsJson();
  private final Set<String> logged = new HashSet<>();

  private RowEngine(RowMapping mapping, RowRules rules, int columns) {
    this.mapping = mapping;
    this.rules = rules;
    this.columns = columns;
  }

  /** {@code TNMT-2006} when the feed does not fit the contract; errors of rules as in RowRules. */
  public static RowEngine compile(Feed feed, Contract contract, CodeLists lists) {
    return new RowEngine(
        RowMapping.compile(feed, contract, lists),
        RowRules.compile(contract, lists),
        contract.columns().size());
  }

  public Verdict apply(RawRecord record, SourceFile file, RuleContext context) {
    byte[] cells = json.of(Cells.copyOf(record.cells()));
    if (blocks(record.breaches())) {
      return verdict(new Object[columns], record.breaches(), cells);
    }
    try {
      Outcome outcome = mapping.apply(record, file);
      int told = outcome.breaches().size();
      rules.check(outcome.row(), context, outcome.breaches());
      outcome.settle(told);
      return verdict(outcome.row(), outcome.breaches(), cells);
    } catch (RuntimeException e) {
      List<Breach> breaches = new ArrayList<>(record.breaches());
      breaches.add(BuiltInRules.INTERNAL_FAULT.breach("", mark(e), ""));
      return verdict(new Object[columns], breaches, cells);
    }
  }

  private Verdict verdict(Object[] row, List<Breach> breaches, byte[] cells) {
    return new Verdict(row, breaches, blocks(breaches), cells);
  }

  /**
   * The mark under which a fault is in the log: what Java says of it is for its operator, not for
   * publishers. Each kind is logged once.
   */
  private String mark(RuntimeException e) {
    StackTraceElement[] stack = e.getStackTrace();
    String place = e.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
    String mark = "%08x".formatted(place.hashCode());
    if (logged.add(mark)) {
      LOG.log(System.Logger.Level.ERROR, "REC-99 " + mark, e);
    }
    return mark;
  }

  private static boolean blocks(List<Breach> breaches) {
    for (int i = 0; i < breaches.size(); i++) {
      if (breaches.get(i).severity() == Severity.BLOCK) {
        return true;
      }
    }
    return false;
  }
}
