package vn.tnmt.lakehouse.validator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.tnmt.lakehouse.ingestion.settle.Fate.Outcome;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;

/** Counts records and broken rules as the ledger does. */
final class Tally {
  private static final Comparator<Example> ORDER =
      Comparator.comparing(Example::file)
          .thenComparingLong(Example::line)
          .thenComparing(Example::column)
          .thenComparing(Example::value)
          .thenComparing(Example::expected);

  private record Rule(String code, Severity severity) implements Comparable<Rule> {
    @Override
    public int compareTo(Rule other) {
      int byCode = code.compareTo(other.code);
      return byCode != 0 ? byCode : severity.compareTo(other.severity);
    }
  }

  private static final class Found {
    private long broken;
    private final TreeSet<Example> examples = new TreeSet<>(ORDER);
  }

  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Rule, Found> rules = new TreeMap<>();

  void add(String file, long line, Outcome outcome, List<Breach> breaches) {
    outcomes.merge(outcome, 1L, Long::sum);
    for (Breach breach : breaches) {
      Found found =
          rules.computeIfAbsent(new Rule(breach.rule(), breach.severity()), rule -> new Found());
      found.broken++;
      // Records come in order of file and line: once there are enough, later lines add none.
      if (found.examples.size() < Receipt.EXAMPLES
          || (found.examples.last().line() == line && found.examples.last().file().equals(file))) {
        found.examples.add(
            new Example(file, line, breach.column(), breach.value(), breach.expected()));
        if (found.examples.size() > Receipt.EXAMPLES) {
          found.examples.pollLast();
        }
      }
    }
  }

  Counts counts() {
    return new Counts(
        outcomes.values().stream().mapToLong(n -> n).sum(),
        count(Outcome.ACCEPTED),
        count(Outcome.QUARANTINED),
        count(Outcome.DUPLICATE),
        count(Outcome.SUPERSEDED),
        0);
  }

  private long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  List<BrokenRule> rules(RuleTexts texts) {
    List<BrokenRule> broken = new ArrayList<>();
    rules.forEach(
        (rule, found) -> {
          RuleText text = texts.text(rule.code());
          broken.add(
              new BrokenRule(
                  rule.code(),
                  rule.severity(),
                  found.broken,
                  new Words(text.titleVi(), text.titleEn()),
                  new Words(text.remedyVi(), text.remedyEn()),
                  List.copyOf(found.examples)));
        });
    return broken;
  }
}
