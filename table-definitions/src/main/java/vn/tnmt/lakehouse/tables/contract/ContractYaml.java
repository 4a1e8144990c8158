package vn.tnmt.lakehouse.tables.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.core.text.Nearest;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.source.YamlNode;

/**
 * Reads one contract.
 *
 * <p>A contract is an ODCS v3.1 document with one schema object. What ODCS has no place for stands
 * in {@code customProperties}, as ODCS intends: English texts, unit, zone, partitioning and sort
 * order.
 */
final class ContractYaml {
  private static final String API_VERSION = "v3.1.0";
  private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Pattern TRANSFORM =
      Pattern.compile(
          "(?:(years|months|days|hours|identity)\\((\\w+)\\)|(?:(bucket|truncate)\\(\\d+, ?(\\w+)\\))|(\\w+))");
  private static final List<String> PRIVACY = List.of("P0", "P1", "P2");

  private final YamlNode root;
  private final YamlNode schema;
  private final String dataset;
  private final List<Column> columns = new ArrayList<>();
  private final TreeMap<Integer, String> key = new TreeMap<>();
  private final List<RuleSpec> rules = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();

  private ContractYaml(YamlNode root) {
    this.root =
        root.allow(
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
    constant(root, "apiVersion", API_VERSION);
    constant(root, "kind", "DataContract");
    root.require("status");
    this.dataset = matching(root.require("id"), DATASET, "'<domain>.<name>' in lower case");
    List<YamlNode> schemas = root.require("schema").items();
    if (schemas.size() != 1) {
      throw invalid(root.require("schema"), "a contract has exactly one schema object", "");
    }
    this.schema =
        schemas
            .get(0)
            .allow(
                "id",
                "name",
                "physicalName",
                "physicalType",
                "businessName",
                "description",
                "tags",
                "logicalType",
                "dataGranularityDescription",
                "properties",
                "quality",
                "customProperties");
  }

  static Contract read(YamlNode root) {
    return new ContractYaml(root).read();
  }

  private Contract read() {
    constant(schema, "physicalName", dataset);
    constant(root, "domain", dataset.substring(0, dataset.indexOf('.')));
    Map<String, YamlNode> custom =
        customProperties(
            schema, "zone", "titleEn", "descriptionEn", "partitioning", "sortOrder", "legalBasis");
    List<YamlNode> properties = schema.require("properties").items();
    properties.forEach(this::readColumn);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!names.add(columns.get(i).name())) {
        throw invalid(properties.get(i), "column '" + columns.get(i).name() + "' stands twice", "");
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      readRules(properties.get(i), columns.get(i).name());
    }
    readRules(schema, "");
    checkKey();
    return new Contract(
        dataset,
        matching(root.require("version"), VERSION, "major.minor.patch"),
        kind(custom),
        schema.text("businessName"),
        need(custom, "titleEn"),
        schema.text("description").strip(),
        need(custom, "descriptionEn").strip(),
        List.copyOf(columns),
        List.copyOf(key.values()),
        columnsOf(custom.get("partitioning"), true),
        columnsOf(custom.get("sortOrder"), false),
        List.copyOf(rules),
        List.copyOf(references),
        custom.containsKey("legalBasis") ? custom.get("legalBasis").texts() : List.of(),
        serviceLevels(),
        root.file());
  }

  private Kind kind(Map<String, YamlNode> custom) {
    String zone = need(custom, "zone");
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(zone)) {
        return kind;
      }
    }
    throw invalid(
        custom.get("zone"),
        "unknown zone '" + zone + "'",
        Nearest.to(zone, List.of("standard", "national", "ops"))
            .map(name -> "did you mean '" + name + "'?")
            .orElse("known: standard, national, ops"));
  }

  private void readColumn(YamlNode node) {
    node.allow(
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
    Map<String, YamlNode> custom = customProperties(node, "titleEn", "descriptionEn", "unit");
    String name = matching(node.require("name"), COLUMN, "lower case letters, digits and '_'");
    YamlNode physical = node.require("physicalType");
    LogicalType type = LogicalType.ofPhysical(physical.text());
    if (type == null) {
      throw invalid(
          physical,
          "unknown type '" + physical.text() + "' of column " + name,
          "use string, int, bigint, float, double, boolean, date, timestamp, binary, array<…>,"
              + " map<…> or struct<…>");
    }
    constant(node, "logicalType", type.odcsName(physical.text()));
    YamlNode classification = node.require("classification");
    if (!PRIVACY.contains(classification.text())) {
      throw invalid(
          classification,
          "unknown privacy class '" + classification.text() + "' of column " + name,
          "use P0 (public), P1 (personal) or P2 (sensitive personal)");
    }
    columns.add(
        new Column(
            name,
            type,
            physical.text(),
            node.flag("required", false),
            node.text("businessName"),
            need(node, custom, "titleEn"),
            node.text("description", ""),
            custom.containsKey("descriptionEn") ? custom.get("descriptionEn").text() : "",
            custom.containsKey("unit") ? custom.get("unit").text() : "",
            classification.text()));
    if (node.flag("primaryKey", false)) {
      int position = node.require("primaryKeyPosition").integer();
      if (!node.flag("required", false)) {
        throw invalid(node, "key column " + name + " is not required", "add 'required: true'");
      }
      String other = key.put(position, name);
      if (other != null) {
        throw invalid(
            node.require("primaryKeyPosition"),
            "columns " + other + " and " + name + " have the same key position",
            "number the key columns 1, 2, 3, …");
      }
    }
  }

  private void checkKey() {
    if (!key.isEmpty() && (key.firstKey() != 1 || key.lastKey() != key.size())) {
      throw invalid(schema, "key positions are " + key.keySet(), "number them 1, 2, 3, …");
    }
  }

  private void readRules(YamlNode owner, String column) {
    for (YamlNode node : owner.items("quality")) {
      RuleSpec rule = RuleYaml.read(node, column, columns);
      boolean again =
          rules.stream()
              .anyMatch(other -> other.code().equals(rule.code()) && other.column().equals(column));
      if (again) {
        throw invalid(node, "rule " + rule.code() + " stands twice", "give it a code of its own");
      }
      rules.add(rule);
      if (rule.kind() == RuleKind.REFERENCE) {
        references.add(reference(node, rule));
      }
    }
  }

  private static Reference reference(YamlNode node, RuleSpec rule) {
    String to = rule.text("to");
    Matcher target = Pattern.compile("(\\w+\\.\\w+)\\.(\\w+)").matcher(to);
    if (rule.column().isEmpty() || !target.matches()) {
      throw invalid(
          node,
          "rule " + rule.code() + ": a reference goes from a column to <dataset>.<column>",
          "for example 'to: monitoring.station.station_code'");
    }
    return new Reference(
        rule.column(), target.group(1), target.group(2), rule.code(), rule.severity());
  }

  private List<ServiceLevel> serviceLevels() {
    List<ServiceLevel> levels = new ArrayList<>();
    for (YamlNode node : root.items("slaProperties")) {
      node.allow("id", "property", "value", "unit", "element", "driver", "description");
      levels.add(
          new ServiceLevel(node.text("property"), node.text("value"), node.text("unit", "")));
    }
    return List.copyOf(levels);
  }

  private List<String> columnsOf(YamlNode list, boolean transforms) {
    if (list == null) {
      return List.of();
    }
    for (YamlNode item : list.items()) {
      Matcher matcher = TRANSFORM.matcher(item.text());
      if (!matcher.matches() || (!transforms && matcher.group(5) == null)) {
        throw invalid(
            item,
            "'" + item.text() + "' is not a column" + (transforms ? " or transform(column)" : ""),
            transforms ? "for example months(sampled_on) or bucket(16, station_code)" : "");
      }
      String column =
          matcher.group(2) != null
              ? matcher.group(2)
              : matcher.group(4) != null ? matcher.group(4) : matcher.group(5);
      List<String> names = columns.stream().map(Column::name).toList();
      if (!names.contains(column)) {
        throw invalid(
            item, list.name() + ": unknown column '" + column + "'", Nearest.hint(column, names));
      }
    }
    return list.texts();
  }

  /** ODCS custom properties as a map; each must be among the known ones. */
  static Map<String, YamlNode> customProperties(YamlNode owner, String... known) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    for (YamlNode node : owner.items("customProperties")) {
      node.allow("id", "property", "value", "description");
      String property = node.text("property");
      Collection<String> names = List.of(known);
      if (!names.contains(property)) {
        throw node.require("property").unknown("custom property", property, names);
      }
      if (values.put(property, node.require("value")) != null) {
        throw invalid(node, "custom property '" + property + "' stands twice", "keep one");
      }
    }
    return new HashMap<>(values);
  }

  private String need(Map<String, YamlNode> custom, String property) {
    return need(schema, custom, property);
  }

  static String need(YamlNode owner, Map<String, YamlNode> custom, String property) {
    if (!custom.containsKey(property)) {
      throw invalid(
          owner,
          "custom property '" + property + "' is missing",
          "add {property: " + property + ", value: …} to customProperties");
    }
    return custom.get(property).text();
  }

  static void constant(YamlNode owner, String name, String expected) {
    YamlNode node = owner.require(name);
    if (!node.text().equals(expected)) {
      throw invalid(
          node, "'" + name + "' is '" + node.text() + "'", "it must be '" + expected + "' here");
    }
  }

  private static String matching(YamlNode node, Pattern pattern, String form) {
    if (!pattern.matcher(node.text()).matches()) {
      throw invalid(node, "'" + node.name() + "' is '" + node.text() + "'", "write it as " + form);
    }
    return node.text();
  }

  static TnmtException invalid(YamlNode node, String what, String remedy) {
    return node.error(ErrorCode.CONTRACT_INVALID, what, remedy);
  }
}
