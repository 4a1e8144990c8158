package vn.tnmt.lakehouse.transform.erase;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * What is to be erased: a delivery, or all that a key of a dataset stands for.
 *
 * @param deliveryId empty for a key
 * @param dataset empty for a delivery
 * @param key key column → value as typed, in the contract's order; empty for a delivery
 */
public record Subject(String deliveryId, String dataset, Map<String, String> key) {
  /** How subjects are named in {@code ops.erasure}. */
  public enum Scope {
    DELIVERY,
    KEY
  }

  /** A delivery by its id, or the beginning of it. */
  public static Subject delivery(String id) {
    return new Subject(id, "", Map.of());
  }

  /**
   * What a key stands for.
   *
   * @throws TnmtException {@code TNMT-5004} when these are not the columns of the dataset's key
   */
  public static Subject key(Contract contract, Map<String, String> typed) {
    List<String> columns = contract.key();
    if (!Set.copyOf(columns).equals(typed.keySet()) || columns.isEmpty()) {
      Set<String> given = new TreeSet<>(typed.keySet());
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "khóa của %s gồm %s, đã cho %s / the key of %1$s is %2$s, and %3$s was given"
              .formatted(contract.dataset(), columns, given),
          "--key",
          "--key "
              + columns.stream().map(column -> column + "=…").collect(Collectors.joining(" ")));
    }
    Map<String, String> key = new LinkedHashMap<>();
    columns.forEach(column -> key.put(column, typed.get(column).strip()));
    return new Subject("", contract.dataset(), key);
  }

  public Scope scope() {
    return dataset.isEmpty() ? Scope.DELIVERY : Scope.KEY;
  }

  /** The same with a delivery's whole id. */
  Subject named(String id) {
    return new Subject(id, dataset, key);
  }

  /** By which the subject is known again, and nothing else of it. */
  String sha256(String lakeId) {
    return Sha256.hex(
        String.join("\u0000", lakeId, deliveryId, dataset, key.toString())
            .getBytes(StandardCharsets.UTF_8));
  }

  /** What may be written into logs: of a key its dataset alone. */
  public String named() {
    return scope() == Scope.DELIVERY ? deliveryId : dataset;
  }

  /** As the operator typed it: for the operator's eyes. */
  @Override
  public String toString() {
    return scope() == Scope.DELIVERY
        ? deliveryId
        : dataset
            + " "
            + key.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(" "));
  }
}
