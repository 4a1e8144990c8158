package vn.tnmt.lakehouse.validator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.transform.receipt.Receipt.AtTheMinistry;

/**
 * References to other datasets (REC-21), offline: against the values that the bundle lists and
 * those accepted in the same check. A reference that the bundle has no list for is left to the
 * ministry.
 */
final class References {
  /** Values of a referred column that are held in memory; with more, the ministry checks. */
  private static final int MOST_VALUES = 2_000_000;

  private final Map<String, Set<String>> known = new HashMap<>();
  private final Map<String, Set<String>> columnsReferredTo = new HashMap<>();

  References(Bundle bundle) {
    bundle.references().forEach((name, values) -> known.put(name, new HashSet<>(values)));
    for (Contract contract : bundle.contracts().all()) {
      for (Reference reference : contract.references()) {
        columnsReferredTo
            .computeIfAbsent(reference.dataset(), dataset -> new HashSet<>())
            .add(reference.targetColumn());
      }
    }
  }

  private static String name(Reference reference) {
    return reference.dataset() + "." + reference.targetColumn();
  }

  /** Remembers what later feeds of the same check may refer to. */
  void accepted(Contract contract, Object[] row) {
    for (String column : columnsReferredTo.getOrDefault(contract.dataset(), Set.of())) {
      Set<String> values = known.get(contract.dataset() + "." + column);
      Object value = row[contract.index(column)];
      if (values != null && value != null) {
        values.add(value.toString());
        if (values.size() > MOST_VALUES) {
          known.remove(contract.dataset() + "." + column);
        }
      }
    }
  }

  Of of(Contract contract) {
    return new Of(contract);
  }

  /** The references of one contract. */
  final class Of {
    private final List<Reference> checked = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<AtTheMinistry> atTheMinistry = new ArrayList<>();

    private Of(Contract contract) {
      for (Reference reference : contract.references()) {
        if (known.containsKey(name(reference))) {
          checked.add(reference);
          positions.add(contract.index(reference.column()));
        } else {
          atTheMinistry.add(
              new AtTheMinistry(reference.rule(), reference.column(), name(reference)));
        }
      }
    }

    /** The first reference that finds nothing, as a breach; null when all are kept. */
    @Nullable Breach broken(Object[] row) {
      for (int i = 0; i < checked.size(); i++) {
        Object value = row[positions.get(i)];
        Set<String> values = known.get(name(checked.get(i)));
        if (value != null && values != null && !values.contains(value.toString())) {
          return BuiltInRules.REFERENCE_NOT_FOUND.breach(
              checked.get(i).column(), value.toString(), checked.get(i).dataset());
        }
      }
      return null;
    }

    List<AtTheMinistry> atTheMinistry() {
      return List.copyOf(atTheMinistry);
    }
  }
}
