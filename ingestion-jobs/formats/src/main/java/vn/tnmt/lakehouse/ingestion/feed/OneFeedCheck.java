package vn.tnmt.lakehouse.ingestion.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.ingestion.format.Formats;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.contract.Role;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/** Proves one feed against its contract. */
final class OneFeedCheck {
  private final Feed feed;
  private final Contract contract;
  private final CodeLists lists;
  private final KnownUnits units;
  private final List<Problem> problems = new ArrayList<>();

  OneFeedCheck(Feed feed, Contract contract, CodeLists lists, KnownUnits units) {
    this.feed = feed;
    this.contract = contract;
    this.lists = lists;
    this.units = units;
  }

  List<Problem> problems() {
    feed.mapping().forEach(this::checkColumn);
    checkRequired();
    checkMeasure();
    checkMelt();
    checkSymbols();
    checkSnapshot();
    problems.addAll(feed.transport().problems(feed));
    return problems;
  }

  /** A register may lose an object; what was measured once stays measured. */
  private void checkSnapshot() {
    boolean ofTime =
        contract.columns().stream()
            .filter(
                column -> contract.partitioning().stream().anyMatch(p -> p.contains(column.name())))
            .anyMatch(
                column ->
                    column.type() == LogicalType.DATE || column.type() == LogicalType.TIMESTAMP);
    if (feed.gate().isSnapshot() && ofTime) {
      add(
          feed.place(),
          "chỉ danh mục mới gửi toàn bộ / only registers are delivered as snapshots, not "
              + contract.dataset(),
          "drop gate.snapshot");
    }
  }

  private void checkColumn(String name, ColumnMapping mapping) {
    Optional<Column> column = contract.find(name);
    if (column.isEmpty()) {
      add(
          mapping.place(),
          "quy chuẩn không có cột / contract "
              + contract.dataset()
              + " has no column '"
              + name
              + "'",
          Nearest.hint(name, contract.columnNames()));
      return;
    }
    if (!feed.measure().isNone() && contract.measured().contains(name)) {
      add(
          mapping.place(),
          "cột do measure/melt điền / column '" + name + "' is filled by the measurement",
          "drop it here");
    }
    checkSource(mapping.source(), mapping.place());
    checkText(column.get(), mapping.otherwise(), mapping.place());
    mapping.codes().values().forEach(code -> checkText(column.get(), code, mapping.place()));
    checkDates(column.get(), mapping);
    checkLookup(column.get(), mapping);
  }

  private void checkLookup(Column column, ColumnMapping mapping) {
    Lookup lookup = mapping.lookup();
    if (lookup.isNone()) {
      return;
    }
    Source.Kind kind = mapping.source().kind();
    if (column.type() != LogicalType.STRING
        || kind == Source.Kind.ROW
        || kind == Source.Kind.NONE) {
      add(
          mapping.place(),
          "không tra được tên / names cannot be looked up for column '" + column.name() + "'",
          "look up a text from the file");
    }
    if (lookup.list().equals(Lookup.COMMUNES) == lookup.within().isEmpty()) {
      add(
          mapping.place(),
          "xã cần tỉnh, tỉnh thì không / communes need 'within', provinces have none",
          "write within: province_code for communes");
    }
    for (String other : List.of(lookup.validAt(), lookup.within())) {
      if (!other.isEmpty() && !feed.mapping().containsKey(other)) {
        add(
            mapping.place(),
            "cột chưa được ánh xạ / column '" + other + "' is not mapped",
            Nearest.hint(other, feed.mapping().keySet()));
      }
    }
    contract
        .find(lookup.validAt())
        .filter(day -> day.type() != LogicalType.DATE && day.type() != LogicalType.TIMESTAMP)
        .ifPresent(
            day ->
                add(
                    mapping.place(),
                    "cột không phải ngày giờ / column '" + day.name() + "' is not a date",
                    "name a date or time in validAt"));
  }

  private void checkSource(Source source, Place place) {
    switch (source.kind()) {
      case NONE -> {}
      case CELL ->
          feed.format()
              .cells()
              .ifPresent(cells -> known(source.name(), cells.names(), cells.otherwise(), place));
      case PATH ->
          known(
              source.name(),
              pathGroups(),
              "mẫu tên tệp không có nhóm / the file pattern has no group",
              place);
      case MELT -> {
        if (feed.melt().isNone()) {
          add(
              place,
              "nguồn cấp không có melt / the feed does not melt: " + source,
              "add melt.columns");
        }
      }
      case SHEET, LAYER -> checkPart(source, place);
      case GEOMETRY -> checkGeometry(source, place);
      case ROW -> checkRow(source, place);
    }
  }

  private void checkPart(Source source, Place place) {
    Trait parts = source.kind() == Source.Kind.SHEET ? Trait.SHEETS : Trait.LAYERS;
    if (!feed.format().has(parts)) {
      add(
          place,
          "tệp không có trang tính hoặc lớp / the files have no sheets or layers: " + source,
          source + " is of " + Formats.with(parts));
    }
  }

  /** Names in the file pattern, and in that of an archive's members. */
  private List<String> pathGroups() {
    List<String> groups = new ArrayList<>(feed.transport().pattern().groups());
    groups.addAll(feed.format().memberGroups());
    return groups;
  }

  private void checkGeometry(Source source, Place place) {
    boolean fromPoint = !source.name().isEmpty() && isRead("lon") && isRead("lat");
    if (!feed.format().has(Trait.GEOMETRY) && !feed.transport().hasGeometry() && !fromPoint) {
      add(
          place,
          "tệp không có hình học / the files have no geometry: " + source,
          "map lon and lat, use geojson or shapefile, or name the column in transport.geometry of a jdbc feed");
    }
  }

  /** Whether a column is mapped from the file, not from the row's own geometry. */
  private boolean isRead(String column) {
    ColumnMapping mapping = feed.mapping().get(column);
    return mapping != null && mapping.source().kind() != Source.Kind.GEOMETRY;
  }

  private void checkRow(Source source, Place place) {
    ColumnMapping other = feed.mapping().get(source.name());
    if (other == null || other.source().kind() == Source.Kind.ROW) {
      add(
          place,
          "cột chưa được ánh xạ từ dữ liệu / column '"
              + source.name()
              + "' is not mapped from data",
          Nearest.hint(source.name(), feed.mapping().keySet()));
    }
  }

  private void checkDates(Column column, ColumnMapping mapping) {
    boolean time = column.type() == LogicalType.TIMESTAMP;
    if (!time && column.type() != LogicalType.DATE) {
      if (!mapping.dates().isEmpty()) {
        add(
            mapping.place(),
            "cột không phải ngày giờ / column '" + column.name() + "' is not a date",
            "drop 'dates'");
      }
      return;
    }
    List<String> dates = mapping.dates().isEmpty() ? feed.conventions().dates() : mapping.dates();
    Source.Kind kind = mapping.source().kind();
    boolean parsed =
        kind == Source.Kind.CELL
            || kind == Source.Kind.PATH
            || kind == Source.Kind.SHEET
            || kind == Source.Kind.LAYER;
    if (parsed && time && !dates.isEmpty() && dates.stream().noneMatch(DatePatterns::hasTime)) {
      add(
          mapping.place(),
          "mẫu ngày không có giờ / no date pattern of column '"
              + column.name()
              + "' has a time "
              + dates,
          "add one such as yyyyMMddHHmmss");
    }
  }

  /** A constant, default or code must be what the contract allows. */
  private void checkText(Column column, String text, Place place) {
    if (text.isEmpty()) {
      return;
    }
    if (!isA(column.type(), text)) {
      add(
          place,
          "giá trị không đúng kiểu / '"
              + text
              + "' is not a "
              + column.physicalType()
              + " for column '"
              + column.name()
              + "'",
          "write numbers with a point and dates as yyyy-MM-dd");
    }
    for (RuleSpec rule : contract.rules()) {
      if (rule.column().equals(column.name()) && !rule.has("when")) {
        allowed(rule)
            .filter(values -> !values.contains(text))
            .ifPresent(
                values ->
                    add(
                        place,
                        "mã không có trong danh mục / '"
                            + text
                            + "' is not a code of column '"
                            + column.name()
                            + "' (rule "
                            + rule.code()
                            + ")",
                        Nearest.to(text, values)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("see the contract")));
      }
    }
  }

  private Optional<Collection<String>> allowed(RuleSpec rule) {
    if (rule.kind() == RuleKind.ONE_OF
        && rule.arguments().get("values") instanceof List<?> values) {
      return Optional.of(values.stream().map(String::valueOf).toList());
    }
    if (rule.kind() == RuleKind.CODE_LIST) {
      String column = rule.text("listColumn");
      return Optional.of(
          Set.copyOf(lists.rows(rule.text("list")).stream().map(row -> row.get(column)).toList()));
    }
    return Optional.empty();
  }

  private static boolean isA(LogicalType type, String text) {
    try {
      switch (type) {
        case INTEGER -> Long.parseLong(text);
        case NUMBER -> Double.parseDouble(text);
        case DATE -> LocalDate.parse(text);
        case TIMESTAMP -> Instant.parse(text);
        case BOOLEAN -> {
          return text.equals("true") || text.equals("false");
        }
        case BINARY, OBJECT -> {
          return false;
        }
        case STRING -> {}
      }
      return true;
    } catch (NumberFormatException | DateTimeParseException e) {
      return false;
    }
  }

  private void checkRequired() {
    for (Column column : contract.columns()) {
      boolean filled =
          feed.mapping().containsKey(column.name())
              || (!feed.measure().isNone() && contract.measured().contains(column.name()));
      if (column.required() && !filled) {
        add(
            feed.place(),
            "cột bắt buộc chưa được ánh xạ / required column '" + column.name() + "' is not mapped",
            "add it to mapping"
                + (contract.measured().contains(column.name()) ? ", or add measure" : ""));
      }
    }
  }

  private void checkMeasure() {
    Measure measure = feed.measure();
    if (measure.isNone()) {
      return;
    }
    if (!contract.isOfMeasurements()) {
      add(
          measure.place(),
          "tập dữ liệu không phải số đo / no column of dataset "
              + contract.dataset()
              + " has role "
              + Role.VALUE.text(),
          "drop measure or melt, or give the contract's columns their roles");
    }
    List.of(measure.symbol(), measure.value(), measure.unit())
        .forEach(source -> checkSource(source, measure.place()));
  }

  private void checkMelt() {
    if (feed.melt().isNone()) {
      return;
    }
    if (!feed.format().has(Trait.TABLE)) {
      add(
          feed.measure().place(),
          "chỉ bảng mới melt được / only tables can be melted: " + Formats.with(Trait.TABLE),
          "drop melt");
    }
    Map<String, String> seen = new HashMap<>();
    feed.melt()
        .columns()
        .forEach(
            (column, melted) -> {
              checkParameter(melted.parameter(), melted.unit(), melted.place());
              String first = seen.putIfAbsent(melted.parameter(), column);
              if (first != null) {
                add(
                    melted.place(),
                    "hai cột cùng thông số / columns '"
                        + first
                        + "' and '"
                        + column
                        + "' are the same parameter '"
                        + melted.parameter()
                        + "'",
                    "keep one");
              }
            });
  }

  private void checkSymbols() {
    Map<List<String>, Place> seen = new HashMap<>();
    for (Symbols.Symbol symbol : feed.symbols().entries()) {
      checkParameter(symbol.parameter(), symbol.unit(), symbol.place());
      if (!(symbol.factor() > 0) || Double.isInfinite(symbol.factor())) {
        add(
            symbol.place(),
            "hệ số phải dương / the factor must be positive: " + symbol.factor(),
            "");
      }
      Place first =
          seen.putIfAbsent(List.of(symbol.stationCode(), symbol.symbol()), symbol.place());
      if (first != null) {
        add(
            symbol.place(),
            "ký hiệu lặp lại / symbol '"
                + symbol.symbol()
                + "' of station '"
                + symbol.stationCode()
                + "' stands twice",
            "the other is at " + first);
      }
    }
  }

  private void checkParameter(String parameter, String unit, Place place) {
    if (!units.knows(parameter)) {
      known(parameter, units.names(), "thông số lạ / unknown parameter", place);
    } else if (!unit.isEmpty() && !units.converts(parameter, unit)) {
      add(
          place,
          "không đổi được đơn vị / unit '"
              + unit
              + "' is not known for parameter '"
              + parameter
              + "'",
          "add it to code list unit_conversions");
    }
  }

  private void known(String name, Collection<String> names, String what, Place place) {
    if (!names.contains(name)) {
      add(
          place,
          what + " '" + name + "'",
          Nearest.to(name, names)
              .map(near -> "did you mean '" + near + "'?")
              .orElse(names.size() > 20 ? "" : "known: " + String.join(", ", names)));
    }
  }

  private void add(Place place, String what, String remedy) {
    problems.add(new Problem(ErrorCode.FEED_CONTRADICTS_CONTRACT, place, what, remedy));
  }
}
