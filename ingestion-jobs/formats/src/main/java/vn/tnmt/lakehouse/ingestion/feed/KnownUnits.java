package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** Which parameters there are, and in which units each may be delivered. */
record KnownUnits(Map<String, String> canonicalUnits, Set<Conversion> conversions) {
  private static final String ANY = "*";

  private record Conversion(String parameter, String unit, String canonicalUnit) {}

  static KnownUnits of(CodeLists lists) {
    Map<String, String> units = new HashMap<>();
    lists.rows("parameters").forEach(row -> units.put(row.get("parameter"), row.get("unit")));
    Set<Conversion> conversions = new HashSet<>();
    lists
        .rows("unit_conversions")
        .forEach(
            row ->
                conversions.add(
                    new Conversion(
                        row.get("parameter"), row.get("unit"), row.get("canonical_unit"))));
    return new KnownUnits(units, conversions);
  }

  Collection<String> names() {
    return canonicalUnits.keySet();
  }

  boolean knows(String parameter) {
    return canonicalUnits.containsKey(parameter);
  }

  /** Whether values of a known parameter in this unit become its canonical unit. */
  boolean converts(String parameter, String unit) {
    String canonical = canonicalUnits.get(parameter);
    return unit.equals(canonical)
        || conversions.contains(new Conversion(parameter, unit, canonical))
        || conversions.contains(new Conversion(ANY, unit, canonical));
  }
}
