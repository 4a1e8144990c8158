package vn.tnmt.lakehouse.tables.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Compares a table's columns with what they should be, nested ones included. */
final class SchemaDiff {
  /** A change and how it is made; null for the unsafe ones, which never are. */
  record Step(Change change, @Nullable Edit edit) {}

  /** Part of an update of a schema. */
  @FunctionalInterface
  interface Edit {
    void apply(UpdateSchema update);
  }

  private final String table;
  private final TableDefinition wanted;
  private final List<Step> steps = new ArrayList<>();

  private SchemaDiff(TableDefinition wanted) {
    this.table = wanted.fullName();
    this.wanted = wanted;
  }

  /** What must be done to the columns of a table that holds rows. */
  static List<Step> steps(Schema actual, TableDefinition wanted) {
    SchemaDiff diff = new SchemaDiff(wanted);
    diff.struct("", actual.asStruct(), wanted.schema().asStruct());
    return diff.steps;
  }

  private void struct(String parent, Types.StructType actual, Types.StructType wanted) {
    String before = null;
    for (NestedField field : wanted.fields()) {
      NestedField existing = actual.field(field.name());
      if (existing == null) {
        add(parent, before, field);
      } else {
        field(path(parent, field.name()), existing, field);
      }
      before = field.name();
    }
    for (NestedField field : actual.fields()) {
      if (wanted.field(field.name()) == null) {
        String path = path(parent, field.name());
        step(
            Change.Kind.DROP_COLUMN,
            path,
            false,
            "dữ liệu của cột sẽ mất / the column's data would be lost",
            update -> update.deleteColumn(path));
      }
    }
  }

  private void add(String parent, String before, NestedField field) {
    boolean required = parent.isEmpty() && wanted.required().contains(field.name());
    String path = path(parent, field.name());
    step(
        Change.Kind.ADD_COLUMN,
        path + " " + text(field.type()),
        !required,
        "các dòng đã có không có giá trị bắt buộc này / existing rows lack this required value",
        update -> {
          update.addColumn(
              parent.isEmpty() ? null : parent, field.name(), field.type(), field.doc());
          if (before == null) {
            update.moveFirst(path);
          } else {
            update.moveAfter(path, path(parent, before));
          }
        });
  }

  private void field(String path, NestedField actual, NestedField wanted) {
    type(path, actual.type(), wanted.type());
    if (!Objects.equals(actual.doc(), wanted.doc()) && wanted.doc() != null) {
      step(
          Change.Kind.CHANGE_COMMENT,
          path,
          true,
          "",
          update -> update.updateColumnDoc(path, wanted.doc()));
    }
    if (actual.isRequired() && wanted.isOptional()) {
      step(Change.Kind.RELAX_COLUMN, path, true, "", update -> update.makeColumnOptional(path));
    }
  }

  private void type(String path, Type actual, Type wanted) {
    if (actual.isStructType() && wanted.isStructType()) {
      struct(path, actual.asStructType(), wanted.asStructType());
    } else if (actual.isListType() && wanted.isListType()) {
      type(path + ".element", actual.asListType().elementType(), wanted.asListType().elementType());
    } else if (actual.isMapType()
        && wanted.isMapType()
        && actual.asMapType().keyType().equals(wanted.asMapType().keyType())) {
      type(path + ".value", actual.asMapType().valueType(), wanted.asMapType().valueType());
    } else if (!actual.equals(wanted)) {
      boolean widens =
          wanted.isPrimitiveType()
              && actual.isPrimitiveType()
              && TypeUtil.isPromotionAllowed(actual, wanted.asPrimitiveType());
      step(
          Change.Kind.CHANGE_TYPE,
          path + " " + text(actual) + " → " + text(wanted),
          widens,
          widens
              ? "mở rộng, không mất dữ liệu / widening, nothing is lost"
              : "giá trị đã có có thể không chuyển được / existing values might not fit",
          update -> update.updateColumn(path, wanted.asPrimitiveType()));
    }
  }

  private void step(Change.Kind kind, String subject, boolean safe, String why, Edit edit) {
    boolean explain = !safe || kind == Change.Kind.CHANGE_TYPE;
    steps.add(
        new Step(new Change(kind, table, subject, safe, explain ? why : ""), safe ? edit : null));
  }

  private static String path(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  private static String text(Type type) {
    return switch (type.typeId()) {
      case LONG -> "bigint";
      case INTEGER -> "int";
      case STRUCT -> "struct";
      case LIST -> "array";
      case MAP -> "map";
      default -> type.typeId().name().toLowerCase(Locale.ROOT);
    };
  }
}
