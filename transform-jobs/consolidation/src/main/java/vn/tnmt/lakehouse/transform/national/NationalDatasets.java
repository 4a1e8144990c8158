package vn.tnmt.lakehouse.transform.national;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.dictionary.Computation;
import vn.tnmt.lakehouse.transform.report.ReportSections;

/**
 * The national datasets that are registered, checked against the contracts, each after those that
 * it is computed from.
 */
public final class NationalDatasets {
  private final Map<String, NationalDataset> ordered;
  private final Contracts contracts;

  private NationalDatasets(Map<String, NationalDataset> ordered, Contracts contracts) {
    this.ordered = ordered;
    this.contracts = contracts;
  }

  /** What {@link ServiceLoader} finds, unchecked. */
  static List<NationalDataset> found() {
    List<NationalDataset> found = new ArrayList<>();
    ServiceLoader.load(NationalDataset.class).forEach(found::add);
    return found;
  }

  /**
   * The registered datasets.
   *
   * @throws TnmtException TNMT-2011 when a declaration is impossible: an unknown input, a cycle, a
   *     unit that is no column, a contract that nobody computes, and so on; names class and key
   */
  public static NationalDatasets registered(Contracts contracts) {
    return of(found(), contracts);
  }

  static NationalDatasets of(Collection<NationalDataset> datasets, Contracts contracts) {
    Map<String, NationalDataset> byTable = new TreeMap<>();
    for (NationalDataset dataset : datasets) {
      NationalDataset other = byTable.put(dataset.table(), dataset);
      if (other != null) {
        throw invalid(dataset, "table", "is computed by " + place(other) + ", too", "keep one");
      }
    }
    byTable
        .values()
        .forEach(dataset -> new Declaration(dataset, byTable.keySet(), contracts).check());
    for (Contract contract : contracts.all()) {
      if (contract.kind() == Kind.NATIONAL && !byTable.containsKey(contract.dataset())) {
        throw TnmtException.of(
            ErrorCode.NATIONAL_INVALID,
            contract.dataset() + " has a contract, but nobody computes it",
            contract.source(),
            "register its NationalDataset in META-INF/services, or give the contract another zone");
      }
    }
    Map<String, NationalDataset> ordered = new LinkedHashMap<>();
    byTable.values().forEach(dataset -> order(dataset, byTable, ordered, new ArrayDeque<>()));
    return new NationalDatasets(ordered, contracts);
  }

  private static void order(
      NationalDataset dataset,
      Map<String, NationalDataset> byTable,
      Map<String, NationalDataset> ordered,
      Deque<String> path) {
    if (ordered.containsKey(dataset.table())) {
      return;
    }
    if (path.contains(dataset.table())) {
      path.addLast(dataset.table());
      while (!path.peekFirst().equals(dataset.table())) {
        path.removeFirst();
      }
      throw invalid(
          dataset,
          "inputs",
          "is computed from itself: " + String.join(" → ", path),
          "take one of these inputs away");
    }
    path.addLast(dataset.table());
    for (Input input : dataset.inputs()) {
      NationalDataset before = byTable.get(input.dataset());
      if (before != null) {
        order(before, byTable, ordered, path);
      }
    }
    path.removeLast();
    ordered.put(dataset.table(), dataset);
  }

  /** Each after its inputs. */
  public Collection<NationalDataset> all() {
    return ordered.values();
  }

  /** Dataset → what its page in the dictionary says of its computation. */
  public Map<String, Computation> computations() {
    Map<String, Computation> computations = new TreeMap<>();
    all()
        .forEach(
            dataset ->
                computations.put(
                    dataset.table(),
                    new Computation(
                        dataset.inputs().stream().map(Input::dataset).toList(),
                        dataset.policies().stream().map(Policy::described).toList())));
    return computations;
  }

  /** What the datasets add to the report; {@code TNMT-2012} when a section is impossible. */
  public ReportSections sections() {
    return ReportSections.of(
        all().stream().map(NationalDataset::section).flatMap(Optional::stream).toList(), contracts);
  }

  private static String place(NationalDataset dataset) {
    return dataset.getClass().getName();
  }

  static TnmtException invalid(NationalDataset dataset, String key, String what, String todo) {
    return TnmtException.of(
        ErrorCode.NATIONAL_INVALID,
        dataset.table() + " " + what,
        place(dataset) + "." + key + "()",
        todo);
  }

  /** One dataset's declaration beside the contracts. */
  private record Declaration(NationalDataset dataset, Set<String> computed, Contracts contracts) {
    void check() {
      Contract contract = contract();
      checkUnit(contract);
      checkInputs();
      checkPolicies();
    }

    private Contract contract() {
      Contract contract =
          contracts.all().stream()
              .filter(c -> c.dataset().equals(dataset.table()))
              .findFirst()
              .orElseThrow(() -> invalid(dataset, "table", "has no contract", nearest()));
      if (contract.kind() != Kind.NATIONAL) {
        throw invalid(
            dataset,
            "table",
            "is not of zone national in " + contract.source(),
            "say zone: national");
      }
      if (contract.key().isEmpty()) {
        throw invalid(
            dataset, "table", "has no key in " + contract.source(), "give it a primaryKey");
      }
      return contract;
    }

    private String nearest() {
      return Nearest.hint(
          dataset.table(), contracts.all().stream().map(Contract::dataset).toList());
    }

    private void checkUnit(Contract contract) {
      if (dataset.unit().isEmpty()) {
        throw invalid(dataset, "unit", "has no unit", "name the columns it is computed by");
      }
      for (String column : dataset.unit()) {
        if (contract.find(column).isEmpty()) {
          throw invalid(
              dataset,
              "unit",
              "has no column '" + column + "'",
              Nearest.hint(column, contract.columnNames()));
        }
        if (!contract.column(column).required()) {
          throw invalid(
              dataset,
              "unit",
              "may be null in '" + column + "', and rows of no unit would be lost",
              "say required: true in " + contract.source());
        }
      }
    }

    private void checkInputs() {
      if (dataset.inputs().isEmpty()) {
        throw invalid(dataset, "inputs", "has no input", "name the tables it is computed from");
      }
      Set<String> seen = new HashSet<>();
      for (Input input : dataset.inputs()) {
        Contract contract = checkKnown(input);
        if (!seen.add(input.dataset())) {
          throw invalid(dataset, "inputs", "names " + input.dataset() + " twice", "name it once");
        }
        if (!input.reach().all()) {
          requireColumn(contract, input.reach().column());
          if (!dataset.unit().contains(input.reach().unitColumn())) {
            throw invalid(
                dataset,
                "inputs",
                "reaches "
                    + input.dataset()
                    + " by '"
                    + input.reach().unitColumn()
                    + "', no unit column",
                "use one of " + dataset.unit());
          }
        }
        if (input.inForce()) {
          requireColumn(contract, NationalEngine.VALID_FROM);
          requireColumn(contract, NationalEngine.VALID_TO);
        }
      }
    }

    private Contract checkKnown(Input input) {
      Contract contract =
          contracts.all().stream()
              .filter(c -> c.dataset().equals(input.dataset()))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalid(
                          dataset,
                          "inputs",
                          "has an unknown input '" + input.dataset() + "'",
                          Nearest.hint(
                              input.dataset(),
                              contracts.all().stream().map(Contract::dataset).toList())));
      if ((contract.kind() == Kind.OPS && !input.dataset().equals(Input.QUARANTINE))
          || (contract.kind() == Kind.NATIONAL && !computed.contains(input.dataset()))) {
        throw invalid(
            dataset,
            "inputs",
            "has the input " + input.dataset() + ", which is neither standard nor computed",
            "use a standard dataset or a registered national one");
      }
      return contract;
    }

    private void requireColumn(Contract contract, String column) {
      if (contract.find(column).isEmpty()) {
        throw invalid(
            dataset,
            "inputs",
            "needs the column '" + column + "' of " + contract.dataset() + ", which has none",
            Nearest.hint(column, contract.columnNames()));
      }
    }

    private void checkPolicies() {
      for (Policy<?> policy : dataset.policies()) {
        if (!policy.key().startsWith(dataset.table() + ".")) {
          throw invalid(
              dataset,
              "policies",
              "has a policy '" + policy.key() + "'",
              "begin its key with '" + dataset.table() + ".'");
        }
      }
    }
  }
}
