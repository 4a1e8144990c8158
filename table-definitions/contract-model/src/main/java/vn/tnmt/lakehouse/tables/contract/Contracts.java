package vn.tnmt.lakehouse.tables.contract;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.source.SourceFiles;

/**
 * All contracts of the platform.
 *
 * <p>Errors while loading: {@code TNMT-2001} not YAML, {@code TNMT-2002} unknown key, {@code
 * TNMT-2003} a contract that says something impossible; each with file and line.
 */
public final class Contracts {
  private static final String FOLDER = "contracts";

  private final Map<String, Contract> byDataset;

  private final Map<String, String> texts;

  private Contracts(Map<String, Contract> byDataset, Map<String, String> texts) {
    this.byDataset = byDataset;
    this.texts = Map.copyOf(texts);
  }

  /** The contracts that are part of the platform. */
  public static Contracts bundled() {
    return Bundled.CONTRACTS;
  }

  /** The contracts below a folder: every {@code *.yaml}. */
  public static Contracts load(Path folder) {
    return of(SourceFiles.below(folder, ".yaml"));
  }

  /**
   * Contracts from the texts of their files.
   *
   * @param texts file name → YAML
   */
  public static Contracts of(Map<String, String> texts) {
    Map<String, Contract> contracts = new TreeMap<>();
    texts.forEach(
        (file, text) -> {
          Contract contract =
              ContractYaml.read(YamlNode.parse(file, text, ErrorCode.CONTRACT_INVALID));
          Contract other = contracts.put(contract.dataset(), contract);
          if (other != null) {
            throw TnmtException.of(
                ErrorCode.CONTRACT_INVALID,
                contract.dataset() + ": có hai quy chuẩn / the dataset has two contracts",
                other.source() + ", " + file,
                "keep one");
          }
        });
    Contracts all = new Contracts(contracts, texts);
    contracts.values().forEach(all::checkReferences);
    contracts.values().forEach(contract -> all.checkCircle(contract, new ArrayDeque<>()));
    checkRuleCodes(contracts.values());
    return all;
  }

  /** A code names one rule in the whole nation; only references share their built-in one. */
  private static void checkRuleCodes(Collection<Contract> contracts) {
    Map<String, RuleSpec> byCode = new HashMap<>();
    for (Contract contract : contracts) {
      for (RuleSpec rule : contract.rules()) {
        RuleSpec other = byCode.put(rule.code(), rule);
        if (other != null && rule.kind() != RuleKind.REFERENCE) {
          throw TnmtException.of(
              ErrorCode.CONTRACT_INVALID,
              "mã quy tắc lặp lại / rule code " + rule.code() + " is used twice",
              other.where() + ", " + rule.where(),
              "give each rule a code of its own");
        }
      }
    }
  }

  /** File name ({@link Contract#source}) → YAML: what {@link #of} makes the same contracts from. */
  public Map<String, String> texts() {
    return texts;
  }

  /** Every contract, ordered by dataset. */
  public List<Contract> all() {
    return List.copyOf(byDataset.values());
  }

  /** The contract of a dataset; {@code TNMT-2004} when there is none. */
  public Contract contract(String dataset) {
    Contract contract = byDataset.get(dataset);
    if (contract == null) {
      throw TnmtException.of(
          ErrorCode.CONTRACT_UNKNOWN,
          "không có tập dữ liệu / there is no dataset '" + dataset + "'",
          "",
          Nearest.to(dataset, byDataset.keySet())
              .map(name -> "did you mean '" + name + "'?")
              .orElse("known: " + String.join(", ", new ArrayList<>(byDataset.keySet()))));
    }
    return contract;
  }

  private void checkReferences(Contract contract) {
    for (Reference reference : contract.references()) {
      Contract target = byDataset.get(reference.dataset());
      List<String> columns = target == null ? List.of() : target.columnNames();
      if (!columns.contains(reference.targetColumn())) {
        String to = reference.dataset() + "." + reference.targetColumn();
        throw TnmtException.of(
            ErrorCode.CONTRACT_INVALID,
            "rule "
                + reference.rule()
                + " refers to "
                + to
                + (target == null
                    ? ", but there is no such dataset"
                    : ", which has no such column"),
            where(contract, reference),
            target == null
                ? Nearest.hint(reference.dataset(), byDataset.keySet())
                : Nearest.hint(reference.targetColumn(), columns));
      }
    }
  }

  /**
   * A night brings in first what is referred to, so two datasets may not wait for each other. Rows
   * may refer to rows of their own dataset that stand.
   */
  private void checkCircle(Contract contract, Deque<String> path) {
    path.addLast(contract.dataset());
    for (Reference reference : contract.references()) {
      if (reference.dataset().equals(contract.dataset())) {
        continue;
      }
      if (path.contains(reference.dataset())) {
        throw TnmtException.of(
            ErrorCode.CONTRACT_INVALID,
            "tham chiếu vòng tròn / references go in a circle: "
                + String.join(" → ", path)
                + " → "
                + reference.dataset(),
            where(contract, reference),
            "take one of these references away");
      }
      checkCircle(contract(reference.dataset()), path);
    }
    path.removeLast();
  }

  private static String where(Contract contract, Reference reference) {
    return contract.rules().stream()
        .filter(rule -> rule.column().equals(reference.column()))
        .filter(rule -> rule.code().equals(reference.rule()))
        .map(RuleSpec::where)
        .findFirst()
        .orElse(contract.source());
  }

  /** Loaded once per JVM, when first asked for. */
  private static final class Bundled {
    static final Contracts CONTRACTS = of(SourceFiles.bundled(Contracts.class, FOLDER, ".yaml"));
  }
}
