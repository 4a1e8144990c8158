package vn.tnmt.lakehouse.tables.ddl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.tables.contract.ColumnTransform;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.Change.Kind;
import vn.tnmt.lakehouse.tables.ddl.SchemaDiff.Step;

/**
 * What must change in a catalogue for its tables to follow the contracts, and whether each change
 * is safe. Tables without a contract are left alone.
 *
 * <p>Safe: creating, adding a column that may be empty, widening a type, comments, partitioning and
 * sort order (files already written keep theirs), properties. Unsafe: whatever loses data or leaves
 * rows that break the contract. A table without a single snapshot has nothing to lose.
 */
public final class TablePlan {
  private final Set<Namespace> namespaces = new LinkedHashSet<>();
  private final Map<TableDefinition, List<Step>> steps = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();

  private TablePlan() {}

  /** Compares the catalogue with the contracts; changes nothing. */
  public static TablePlan compute(Catalog catalog, Contracts contracts) {
    TablePlan plan = new TablePlan();
    for (TableDefinition wanted : TableDefinition.all(contracts)) {
      plan.compare(catalog, wanted);
    }
    return plan;
  }

  /** In the order in which they are made. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public List<Change> unsafe() {
    return changes.stream().filter(change -> !change.safe()).toList();
  }

  /** For people: Vietnamese and English. */
  public String render() {
    if (changes.isEmpty()) {
      return "Các bảng đã khớp quy chuẩn / the tables follow the contracts\n";
    }
    String head =
        changes.size()
            + " thay đổi, "
            + unsafe().size()
            + " không an toàn / "
            + changes.size()
            + " changes, "
            + unsafe().size()
            + " unsafe\n";
    return changes.stream().map(Change::render).collect(Collectors.joining("\n", head, "\n"));
  }

  /**
   * Makes the changes, each table's in one commit. {@code TNMT-4002} and no change at all when any
   * of them is unsafe.
   */
  public void apply(Catalog catalog) {
    if (!unsafe().isEmpty()) {
      throw TnmtException.of(
          ErrorCode.TABLE_CHANGE_UNSAFE,
          "có thay đổi làm mất dữ liệu, không thực hiện / changes would lose data, none was made:\n"
              + unsafe().stream().map(Change::render).collect(Collectors.joining("\n")),
          "",
          "keep the column or key in the contract, or move the data to a new dataset");
    }
    SupportsNamespaces spaces = (SupportsNamespaces) catalog;
    namespaces.forEach(namespace -> createNamespace(spaces, namespace));
    steps.forEach((wanted, todo) -> apply(catalog, wanted, todo));
  }

  private void compare(Catalog catalog, TableDefinition wanted) {
    Namespace namespace = wanted.name().namespace();
    if (!namespaces.contains(namespace)
        && !((SupportsNamespaces) catalog).namespaceExists(namespace)) {
      namespaces.add(namespace);
      changes.add(new Change(Kind.CREATE_NAMESPACE, namespace.toString(), "", true, ""));
    }
    Optional<Table> existing =
        namespaces.contains(namespace) ? Optional.empty() : find(catalog, wanted.name());
    List<Step> todo =
        existing
            .map(table -> differences(table, wanted))
            .orElseGet(() -> List.of(create(Kind.CREATE_TABLE, wanted)));
    if (!todo.isEmpty()) {
      steps.put(wanted, todo);
      todo.forEach(step -> changes.add(step.change()));
    }
  }

  private static Optional<Table> find(Catalog catalog, TableIdentifier name) {
    try {
      return Optional.of(catalog.loadTable(name));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static Step create(Kind kind, TableDefinition wanted) {
    String layout =
        wanted.spec().isUnpartitioned()
            ? ""
            : " [" + String.join(", ", layout(wanted.spec())) + "]";
    return step(
        wanted, kind, wanted.schema().columns().size() + " cột / columns" + layout, true, "");
  }

  private static List<Step> differences(Table table, TableDefinition wanted) {
    List<Step> todo = new ArrayList<>(SchemaDiff.steps(table.schema(), wanted));
    List<String> key = names(table.properties().get(TableDefinition.KEY_PROPERTY));
    Set<String> identifiers = table.schema().identifierFieldNames();
    if (!key.equals(wanted.key()) || !identifiers.equals(Set.copyOf(wanted.key()))) {
      todo.add(
          step(
              wanted,
              Kind.CHANGE_KEY,
              key + " → " + wanted.key(),
              false,
              "các dòng đã có được hợp nhất theo khóa cũ / existing rows were merged by the old"
                  + " key"));
    }
    List<String> required = names(table.properties().get(TableDefinition.REQUIRED_PROPERTY));
    for (String column : wanted.required()) {
      boolean existed = table.schema().findField(column) != null;
      if (existed && !required.contains(column) && !wanted.key().contains(column)) {
        todo.add(
            step(
                wanted,
                Kind.REQUIRE_COLUMN,
                column,
                false,
                "các dòng đã có có thể trống / existing rows may lack a value"));
      }
    }
    if (!layout(table.spec()).equals(layout(wanted.spec()))) {
      todo.add(
          step(
              wanted,
              Kind.CHANGE_PARTITIONING,
              layout(table.spec()) + " → " + layout(wanted.spec()),
              true,
              "tệp đã ghi giữ phân vùng cũ / files already written keep theirs"));
    }
    if (!order(table.sortOrder()).equals(order(wanted.sortOrder()))) {
      todo.add(
          step(
              wanted,
              Kind.CHANGE_SORT_ORDER,
              order(table.sortOrder()) + " → " + order(wanted.sortOrder()),
              true,
              "tệp đã ghi giữ thứ tự cũ / files already written keep theirs"));
    }
    boolean empty = !table.snapshots().iterator().hasNext();
    if (empty && !todo.stream().allMatch(step -> step.change().safe())) {
      return List.of(create(Kind.REPLACE_EMPTY_TABLE, wanted));
    }
    wanted
        .properties()
        .forEach(
            (name, value) -> {
              if (!value.equals(table.properties().get(name))) {
                todo.add(step(wanted, Kind.SET_PROPERTY, name + " = " + value, true, ""));
              }
            });
    return todo;
  }

  private static Step step(
      TableDefinition wanted, Kind kind, String subject, boolean safe, String why) {
    return new Step(new Change(kind, wanted.fullName(), subject, safe, why), null);
  }

  private static void createNamespace(SupportsNamespaces spaces, Namespace namespace) {
    if (!spaces.namespaceExists(namespace)) {
      spaces.createNamespace(namespace);
    }
  }

  private static void apply(Catalog catalog, TableDefinition wanted, List<Step> todo) {
    Set<Kind> kinds = todo.stream().map(step -> step.change().kind()).collect(Collectors.toSet());
    if (kinds.contains(Kind.CREATE_TABLE)) {
      builder(catalog, wanted).create();
      return;
    }
    if (kinds.contains(Kind.REPLACE_EMPTY_TABLE)) {
      builder(catalog, wanted).replaceTransaction().commitTransaction();
      return;
    }
    Transaction transaction = catalog.loadTable(wanted.name()).newTransaction();
    updateSchema(transaction, todo);
    if (kinds.contains(Kind.CHANGE_PARTITIONING)) {
      replacePartitioning(transaction, wanted.spec());
    }
    if (kinds.contains(Kind.CHANGE_SORT_ORDER)) {
      replaceSortOrder(transaction, wanted.sortOrder());
    }
    UpdateProperties properties = transaction.updateProperties();
    wanted.properties().forEach(properties::set);
    properties.commit();
    transaction.commitTransaction();
  }

  private static Catalog.TableBuilder builder(Catalog catalog, TableDefinition wanted) {
    return catalog
        .buildTable(wanted.name(), wanted.schema())
        .withPartitionSpec(wanted.spec())
        .withSortOrder(wanted.sortOrder())
        .withProperties(wanted.properties())
        .withProperty(TableProperties.FORMAT_VERSION, "2");
  }

  private static void updateSchema(Transaction transaction, List<Step> todo) {
    UpdateSchema update = transaction.updateSchema();
    todo.stream().filter(step -> step.edit() != null).forEach(step -> step.edit().apply(update));
    update.commit();
  }

  private static void replacePartitioning(Transaction transaction, PartitionSpec wanted) {
    UpdatePartitionSpec update = transaction.updateSpec();
    for (PartitionField field : transaction.table().spec().fields()) {
      if (!field.transform().isVoid()) {
        update.removeField(field.name());
      }
    }
    layout(wanted).forEach(text -> update.addField(term(text)));
    update.commit();
  }

  private static Term term(String text) {
    ColumnTransform transform = ColumnTransform.parse(text, ColumnTransform.Form.ANY).orElseThrow();
    String column = transform.column();
    return switch (transform.name()) {
      case "years" -> Expressions.year(column);
      case "months" -> Expressions.month(column);
      case "days" -> Expressions.day(column);
      case "hours" -> Expressions.hour(column);
      case "bucket" -> Expressions.bucket(column, transform.width());
      case "truncate" -> Expressions.truncate(column, transform.width());
      default -> Expressions.ref(column);
    };
  }

  private static void replaceSortOrder(Transaction transaction, SortOrder wanted) {
    ReplaceSortOrder update = transaction.replaceSortOrder();
    order(wanted).forEach(column -> update.asc(column, NullOrder.NULLS_FIRST));
    update.commit();
  }

  /** The partitioning as contracts write it. */
  private static List<String> layout(PartitionSpec spec) {
    List<String> layout = new ArrayList<>();
    for (PartitionField field : spec.fields()) {
      String column = spec.schema().findColumnName(field.sourceId());
      String transform = field.transform().toString();
      if (transform.equals("identity")) {
        layout.add(column);
      } else if (transform.contains("[")) {
        String[] parts = transform.split("[\\[\\]]", -1);
        layout.add(parts[0] + "(" + parts[1] + ", " + column + ")");
      } else if (!field.transform().isVoid()) {
        layout.add(transform + "s(" + column + ")");
      }
    }
    return layout;
  }

  private static List<String> order(SortOrder order) {
    List<String> columns = new ArrayList<>();
    for (SortField field : order.fields()) {
      columns.add(order.schema().findColumnName(field.sourceId()));
    }
    return columns;
  }

  private static List<String> names(@Nullable String property) {
    return property == null || property.isEmpty() ? List.of() : Arrays.asList(property.split(","));
  }
}
