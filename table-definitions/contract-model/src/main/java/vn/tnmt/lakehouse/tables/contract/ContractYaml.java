package vn.tnmt.lakehouse.tables.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/**
 * Reads one contract.
 *
 * <p>A contract is an ODCS v3.1 document with one schema object. What ODCS has no place for stands
 * in {@code customProperties}, as ODCS intends: English texts, unit, zone, partitioning, sort order
 * and the {@link Role} of columns of measurements.
 */
final class ContractYaml {
  private static final Set<String> DOCUMENT_KEYS =
      Set.of(
          "apiVersion",
          "kind",
          "id",
          "version",
          "status",
          "domain",
          "name",
          "dataProduct",
          "tenant",
          "tags",
          "description",
          "schema",
          "slaProperties",
          "customProperties");
  private static final Set<String> SCHEMA_KEYS =
      Set.of(
          "id",
          "name",
          "physicalName",
          "physicalType",
          "logicalType",
          "businessName",
          "description",
          "tags",
          "dataGranularityDescription",
          "properties",
          "quality",
          "customProperties");
  private static final Set<String> PROPERTY_KEYS =
      Set.of(
          "id",
          "name",
          "businessName",
          "description",
          "logicalType",
          "logicalTypeOptions",
          "physicalType",
          "required",
          "unique",
          "primaryKey",
          "primaryKeyPosition",
          "classification",
          "examples",
          "tags",
          "quality",
          "customProperties");
  private static final Set<String> SERVICE_LEVEL_KEYS =
      Set.of("id", "property", "value", "unit", "element", "driver", "description");
  private static final List<String> PRIVACY = List.of("P0", "P1", "P2");
  private static final List<String> ZONES = List.of("standard", "national", "ops");

  private static final String API_VERSION = "v3.1.0";
  private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Pattern TARGET = Pattern.compile("(\\w+\\.\\w+)\\.(\\w+)");

  private final YamlNode root;
  private final YamlNode schema;
  private final String dataset;
  private final List<Column> columns = new ArrayList<>();
  private final TreeMap<Integer, String> key = new TreeMap<>();
  private final Map<Role, YamlNode> roles = new LinkedHashMap<>();
  private final List<RuleSpec> rules = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();

  private ContractYaml(YamlNode root) {
    this.root = root.only(DOCUMENT_KEYS);
    constant(root, "apiVersion", API_VERSION);
    constant(root, "kind", "DataContract");
    root.require("status");
    this.dataset = matching(root, "id", DATASET, "<domain>.<name>");
    YamlNode list = root.require("schema");
    if (list.items().size() != 1) {
      throw list.error(
          "cần đúng một đối tượng / a contract has exactly one schema object", "split the file");
    }
    this.schema = list.items().get(0).only(SCHEMA_KEYS);
  }

  /** The contract that a file declares. */
  static Contract read(YamlNode root) {
    return new ContractYaml(root).read();
  }

  private Contract read() {
    constant(schema, "physicalName", dataset);
    constant(root, "domain", dataset.substring(0, dataset.indexOf('.')));
    Map<String, YamlNode> custom =
        customProperties(
            schema,
            List.of("zone", "titleEn", "descriptionEn", "partitioning", "sortOrder", "legalBasis"));
    List<YamlNode> properties = schema.require("properties").items();
    properties.forEach(this::readColumn);
    for (int i = 0; i < columns.size(); i++) {
      readRules(properties.get(i), columns.get(i).name());
    }
    readRules(schema, "");
    checkKey();
    checkRoles();
    return new Contract(
        dataset,
        matching(root, "version", VERSION, "major.minor.patch"),
        kind(need(schema, custom, "zone")),
        schema.require("businessName").text(),
        need(schema, custom, "titleEn").text(),
        schema.require("description").text().strip(),
        need(schema, custom, "descriptionEn").text().strip(),
        List.copyOf(columns),
        List.copyOf(key.values()),
        layout(custom.get("partitioning"), ColumnTransform.Form.ANY),
        layout(custom.get("sortOrder"), ColumnTransform.Form.PLAIN),
        List.copyOf(rules),
        List.copyOf(references),
        texts(custom.get("legalBasis")),
        serviceLevels(),
        root.file());
  }

  private static Kind kind(YamlNode zone) {
    if (!ZONES.contains(zone.text())) {
      throw zone.error("vùng lạ / unknown zone '" + zone.text() + "'", hint(zone.text(), ZONES));
    }
    return Kind.valueOf(zone.text().toUpperCase(Locale.ROOT));
  }

  private void readColumn(YamlNode node) {
    node.only(PROPERTY_KEYS);
    Map<String, YamlNode> custom =
        customProperties(node, List.of("titleEn", "descriptionEn", "unit", "role"));
    String name = matching(node, "name", COLUMN, "lower case letters, digits and '_'");
    if (columns.stream().anyMatch(column -> column.name().equals(name))) {
      throw node.error("cột lặp lại / column '" + name + "' stands twice", "keep one of the two");
    }
    YamlNode physical = node.require("physicalType");
    PhysicalType type = type(physical);
    constant(node, "logicalType", LogicalType.odcsName(type));
    YamlNode privacy = node.require("classification");
    if (!PRIVACY.contains(privacy.text())) {
      throw privacy.error(
          "lớp riêng tư lạ / unknown privacy class '" + privacy.text() + "' of column " + name,
          "use P0 (public), P1 (personal) or P2 (sensitive personal)");
    }
    boolean required = node.flag("required", false);
    columns.add(
        new Column(
            name,
            LogicalType.of(type),
            physical.text(),
            required,
            node.require("businessName").text(),
            need(node, custom, "titleEn").text(),
            node.text("description", ""),
            text(custom.get("descriptionEn")),
            text(custom.get("unit")),
            privacy.text(),
            role(custom.get("role"), name, LogicalType.of(type))));
    if (node.flag("primaryKey", false)) {
      readKeyColumn(node, name, required);
    }
  }

  private Role role(@Nullable YamlNode node, String column, LogicalType type) {
    if (node == null) {
      return Role.NONE;
    }
    Role role =
        Role.of(node.text())
            .orElseThrow(
                () ->
                    node.error(
                        "vai trò lạ / unknown role '" + node.text() + "' of column " + column,
                        hint(node.text(), Role.texts())));
    if (type != role.type()) {
      throw node.error(
          "vai trò sai kiểu / role " + role.text() + " does not suit column " + column,
          "give it to a column of type " + role.type().name().toLowerCase(Locale.ROOT));
    }
    if (roles.put(role, node) != null) {
      throw node.error(
          "vai trò lặp lại / role " + role.text() + " stands twice", "keep one of the two");
    }
    return role;
  }

  /** Some columns of a measurement are none. */
  private void checkRoles() {
    for (Role needed : Role.ofMeasurements()) {
      if (!roles.isEmpty() && !roles.containsKey(needed)) {
        throw roles
            .values()
            .iterator()
            .next()
            .error(
                "thiếu vai trò / no column has role " + needed.text(),
                "a measurement has a parameter, a value and a unit");
      }
    }
  }

  private static PhysicalType type(YamlNode physical) {
    try {
      return PhysicalType.parse(physical.text());
    } catch (IllegalArgumentException e) {
      throw physical.error(
          "kiểu sai / wrong type: " + e.getMessage(),
          "use string, int, bigint, float, double, boolean, date, timestamp, binary, array<…>,"
              + " map<…> or struct<…>");
    }
  }

  private void readKeyColumn(YamlNode node, String name, boolean required) {
    YamlNode position = node.require("primaryKeyPosition");
    if (!required) {
      throw node.error(
          "cột khóa phải bắt buộc / key column " + name + " is not required",
          "add 'required: true'");
    }
    String other = key.put(position.integer(), name);
    if (other != null) {
      throw position.error(
          "trùng vị trí khóa / columns " + other + " and " + name + " have the same key position",
          "number the key columns 1, 2, 3, …");
    }
  }

  private void checkKey() {
    if (!key.isEmpty() && (key.firstKey() != 1 || key.lastKey() != key.size())) {
      throw schema.error(
          "vị trí khóa không liên tục / the key positions are " + key.keySet(),
          "number the key columns 1, 2, 3, …");
    }
  }

  private void readRules(YamlNode owner, String column) {
    Set<String> codes = new HashSet<>();
    for (YamlNode node : items(owner, "quality")) {
      RuleSpec rule = RuleYaml.read(node, column, columns);
      boolean used = rules.stream().anyMatch(other -> other.code().equals(rule.code()));
      if (!codes.add(rule.code()) || (used && rule.kind() != RuleKind.REFERENCE)) {
        throw node.error(
            "mã quy tắc lặp lại / rule " + rule.code() + " stands twice",
            "give each rule a code of its own");
      }
      rules.add(rule);
      if (rule.kind() == RuleKind.REFERENCE) {
        references.add(reference(node, rule));
      }
    }
  }

  private static Reference reference(YamlNode node, RuleSpec rule) {
    Matcher target = TARGET.matcher(rule.text("to"));
    if (rule.column().isEmpty() || !target.matches()) {
      throw node.error(
          "tham chiếu sai / rule " + rule.code() + " must go from a column to <dataset>.<column>",
          "for example 'to: monitoring.station.station_code'");
    }
    return new Reference(
        rule.column(), target.group(1), target.group(2), rule.code(), rule.severity());
  }

  private List<ServiceLevel> serviceLevels() {
    List<ServiceLevel> levels = new ArrayList<>();
    for (YamlNode node : items(root, "slaProperties")) {
      node.only(SERVICE_LEVEL_KEYS);
      levels.add(
          new ServiceLevel(
              node.require("property").text(),
              node.require("value").text(),
              node.text("unit", "")));
    }
    return List.copyOf(levels);
  }

  private List<String> layout(@Nullable YamlNode list, ColumnTransform.Form form) {
    if (list == null) {
      return List.of();
    }
    List<String> names = columns.stream().map(Column::name).toList();
    for (YamlNode item : list.items()) {
      ColumnTransform transform =
          ColumnTransform.parse(item.text(), form)
              .orElseThrow(
                  () ->
                      item.error(
                          "không phải cột / '" + item.text() + "' is not " + form.meaning(), ""));
      if (!names.contains(transform.column())) {
        throw item.error(
            "cột lạ / unknown column '" + transform.column() + "'",
            hint(transform.column(), names));
      }
    }
    return texts(list);
  }

  /** ODCS custom properties as a map; each must be among the known ones. */
  static Map<String, YamlNode> customProperties(YamlNode owner, List<String> known) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    for (YamlNode node : items(owner, "customProperties")) {
      node.only(Set.of("id", "property", "value", "description"));
      YamlNode property = node.require("property");
      if (!known.contains(property.text())) {
        throw property.error(
            ErrorCode.YAML_UNKNOWN_KEY,
            "thuộc tính lạ / unknown custom property '" + property.text() + "'",
            hint(property.text(), known));
      }
      if (values.put(property.text(), node.require("value")) != null) {
        throw property.error(
            "thuộc tính lặp lại / custom property '" + property.text() + "' stands twice",
            "keep one of the two");
      }
    }
    return values;
  }

  static YamlNode need(YamlNode owner, Map<String, YamlNode> custom, String property) {
    YamlNode value = custom.get(property);
    if (value == null) {
      throw owner.error(
          "thiếu thuộc tính / custom property '" + property + "' is missing",
          "add {property: " + property + ", value: …} to customProperties");
    }
    return value;
  }

  static void constant(YamlNode owner, String name, String expected) {
    YamlNode node = owner.require(name);
    if (!node.text().equals(expected)) {
      throw node.error(
          "giá trị sai / '" + name + "' is '" + node.text() + "'",
          "it must be '" + expected + "' here");
    }
  }

  /** The nearest known name, or all of them. */
  static String hint(String given, Collection<String> known) {
    String hint = Nearest.hint(given, known);
    return hint.isEmpty() ? "known: " + String.join(", ", known) : hint;
  }

  private static String matching(YamlNode owner, String name, Pattern pattern, String form) {
    YamlNode node = owner.require(name);
    if (!pattern.matcher(node.text()).matches()) {
      throw node.error(
          "giá trị sai / '" + name + "' is '" + node.text() + "'", "write it as " + form);
    }
    return node.text();
  }

  static List<YamlNode> items(YamlNode owner, String name) {
    return owner.find(name).map(YamlNode::items).orElse(List.of());
  }

  static List<String> texts(@Nullable YamlNode list) {
    return list == null ? List.of() : list.items().stream().map(YamlNode::text).toList();
  }

  private static String text(@Nullable YamlNode node) {
    return node == null ? "" : node.text();
  }
}
