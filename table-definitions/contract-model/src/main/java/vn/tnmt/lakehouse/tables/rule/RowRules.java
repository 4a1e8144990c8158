package vn.tnmt.lakehouse.tables.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Role;

/**
 * The rules of one contract, compiled to lambdas: what decides about a row. A row that keeps them
 * all costs no allocation. One instance serves one thread.
 *
 * <p>References and counts are declared in the contract but need other rows; they are not evaluated
 * here.
 */
public final class RowRules {
  /** Index of no column. */
  private static final int NEVER = -1;

  private final RowRule[] rules;
  private final Required[] required;

  private RowRules(RowRule[] rules, Required[] required) {
    this.rules = rules;
    this.required = required;
  }

  /** {@code TNMT-2003} when a rule cannot be compiled, {@code TNMT-2007} for unknown code lists. */
  public static RowRules compile(Contract contract, CodeLists lists) {
    RuleCompiler compiler = new RuleCompiler(contract, lists);
    List<RowRule> rules = new ArrayList<>();
    for (RuleSpec spec : contract.rules()) {
      if (spec.kind().ofRow()) {
        rules.add(compiler.compile(spec));
      }
    }
    Set<String> withOwnRule =
        contract.rules().stream()
            .filter(rule -> rule.kind() == RuleKind.REQUIRED && !rule.has("when"))
            .map(RuleSpec::column)
            .collect(Collectors.toSet());
    List<Required> required = new ArrayList<>();
    for (Column column : contract.columns()) {
      if (column.required() && !withOwnRule.contains(column.name())) {
        required.add(new Required(column.name(), contract.index(column.name()), NEVER));
      }
    }
    contract
        .find(Role.MISSING_REASON)
        .ifPresent(
            reason -> {
              String value = contract.find(Role.VALUE).orElseThrow().name();
              required.add(
                  new Required(value, contract.index(value), contract.index(reason.name())));
            });
    return new RowRules(rules.toArray(new RowRule[0]), required.toArray(new Required[0]));
  }

  /**
   * Adds a breach for each rule that the row breaks.
   *
   * <p>A required value that is missing breaks REC-10, unless {@code out} already holds a blocking
   * breach of that column: a value that could not be read is not also reported as missing.
   *
   * <p>A measured value may be missing where the contract has a column for the reason, and it is
   * given.
   *
   * @param row values in the contract's column order, of the classes of {@link
   *     vn.tnmt.lakehouse.tables.contract.LogicalType}
   */
  public void check(Object[] row, RuleContext context, List<Breach> out) {
    for (Required column : required) {
      if (row[column.index] == null && !column.excused(row) && !mentions(out, column.name)) {
        out.add(BuiltInRules.MISSING_VALUE.breach(column.name, "", ""));
      }
    }
    for (RowRule rule : rules) {
      rule.apply(row, context, out);
    }
  }

  private static boolean mentions(List<Breach> breaches, String column) {
    for (int i = 0; i < breaches.size(); i++) {
      Breach breach = breaches.get(i);
      if (breach.severity() == Severity.BLOCK && breach.column().equals(column)) {
        return true;
      }
    }
    return false;
  }

  /** A column without which a row is not whole, unless another one says why it is empty. */
  private record Required(String name, int index, int reason) {
    boolean excused(Object[] row) {
      return reason != NEVER && row[reason] != null;
    }
  }
}
