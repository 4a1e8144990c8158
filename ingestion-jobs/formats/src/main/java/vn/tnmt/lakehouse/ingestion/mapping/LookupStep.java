package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Lookup;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.codelist.UnitNames;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * The code of an administrative unit by its name, on the day that another column tells. No unit is
 * REC-44 with the nearest names, several are REC-45 with the candidates; the name of a former
 * province is REC-46, a warning, where the feed lets it stand for its successor.
 */
final class LookupStep implements RowMapping.Step {
  /** Answers kept: the same names come again and again. */
  private static final int MAX_KEPT = 10_000;

  private final String column;
  private final int index;
  private final Delivered.Getter source;
  private final Set<String> missing;
  private final ColumnMapping mapping;
  private final UnitNames names;
  private final ZoneId zone;
  private final int day;
  private final int within;
  private final boolean dayRequired;
  private final boolean provinceRequired;
  private final Map<Question, UnitNames.Found> answers = new HashMap<>();

  private record Question(String name, String within, boolean before) {}

  private LookupStep(
      Feed feed,
      Contract contract,
      ColumnMapping mapping,
      int index,
      Delivered delivered,
      UnitNames names) {
    this.column = contract.columns().get(index).name();
    this.index = index;
    this.source = delivered.getter(mapping.source());
    this.missing = feed.conventions().missing();
    this.mapping = mapping;
    this.names = names;
    this.zone = feed.conventions().timeZone();
    this.day = position(contract, mapping, mapping.lookup().validAt());
    this.within = position(contract, mapping, mapping.lookup().within());
    this.dayRequired = day >= 0 && contract.columns().get(day).required();
    this.provinceRequired = within >= 0 && contract.columns().get(within).required();
  }

  static LookupStep compile(
      Feed feed,
      Contract contract,
      ColumnMapping mapping,
      int index,
      Delivered delivered,
      CodeLists lists) {
    if (contract.columns().get(index).type() != LogicalType.STRING) {
      throw RowMapping.contradiction(
          mapping, "column '" + contract.columns().get(index).name() + "' holds no codes", null);
    }
    UnitNames names = lists == CodeLists.bundled() ? UnitNames.bundled() : UnitNames.of(lists);
    return new LookupStep(feed, contract, mapping, index, delivered, names);
  }

  private static int position(Contract contract, ColumnMapping mapping, String name) {
    int position = contract.columnNames().indexOf(name);
    if (position < 0 && !name.isEmpty()) {
      throw RowMapping.contradiction(mapping, "no column '" + name + "'", null);
    }
    return position;
  }

  @Override
  public void run(Object[] row, Outcome outcome) {
    String text = source.text();
    String name = text == null ? "" : Texts.clean(text);
    if (name.isEmpty() || missing.contains(name)) {
      row[index] = mapping.otherwise().isEmpty() ? null : mapping.otherwise();
      return;
    }
    String code = mapping.codes().get(name);
    if (code != null) {
      row[index] = code;
      return;
    }
    LocalDate on = day < 0 ? UnitNames.REFORM : day(row[day]);
    String province = within < 0 ? "" : (String) row[within];
    if (on == null || province == null) {
      if ((on == null && !dayRequired) || (province == null && !provinceRequired)) {
        outcome.add(BuiltInRules.NAME_NOT_FOUND, column, name, "");
      }
      outcome.undecide(column);
      return;
    }
    tell(name, on, row, outcome, find(name, province, on));
  }

  private LocalDate day(Object value) {
    return value instanceof Instant instant
        ? LocalDate.ofInstant(instant, zone)
        : (LocalDate) value;
  }

  private UnitNames.Found find(String name, String province, LocalDate on) {
    if (answers.size() > MAX_KEPT) {
      answers.clear();
    }
    return answers.computeIfAbsent(
        new Question(name, province, on.isBefore(UnitNames.REFORM)),
        question ->
            mapping.lookup().list().equals(Lookup.PROVINCES)
                ? names.province(name, on)
                : names.commune(name, province, on));
  }

  private void tell(
      String name, LocalDate on, Object[] row, Outcome outcome, UnitNames.Found found) {
    String others =
        found.others().stream().map(UnitNames.Unit::toString).collect(Collectors.joining(" | "));
    switch (found.kind()) {
      case FOUND -> row[index] = found.unit().code();
      case FORMER -> {
        if (mapping.lookup().former()) {
          row[index] = found.unit().code();
          outcome.add(BuiltInRules.FORMER_NAME, column, name, others);
        } else {
          outcome.add(BuiltInRules.NAME_NOT_FOUND, column, name, on + ": " + others);
        }
      }
      case AMBIGUOUS -> outcome.add(BuiltInRules.NAME_AMBIGUOUS, column, name, others);
      case NOT_FOUND -> outcome.add(BuiltInRules.NAME_NOT_FOUND, column, name, on + ": " + others);
    }
  }
}
