package vn.tnmt.lakehouse.tables.contract;

import static vn.tnmt.lakehouse.tables.contract.ContractYaml.hint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.tables.rule.RuleArgument;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;

/** Reads one ODCS {@code quality} entry of {@code engine: tnmt}. */
final class RuleYaml {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "name",
          "description",
          "type",
          "engine",
          "severity",
          "dimension",
          "implementation",
          "customProperties");
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}-\\d{2}");
  private static final List<String> SEVERITIES = List.of("block", "warn");

  private RuleYaml() {}

  static RuleSpec read(YamlNode node, String column, List<Column> columns) {
    node.only(KEYS);
    ContractYaml.constant(node, "type", "custom");
    ContractYaml.constant(node, "engine", "tnmt");
    YamlNode id = node.require("id");
    if (!CODE.matcher(id.text()).matches()) {
      throw id.error(
          "mã quy tắc sai / '" + id.text() + "' is not a rule code", "for example OBS-01");
    }
    YamlNode implementation = node.require("implementation");
    YamlNode rule = implementation.require("rule");
    RuleKind kind =
        RuleKind.of(rule.text())
            .orElseThrow(
                () ->
                    rule.error(
                        "loại quy tắc lạ / unknown rule kind '" + rule.text() + "'",
                        hint(rule.text(), RuleKind.yamlNames())));
    return new RuleSpec(
        id.text(),
        kind,
        severity(node.require("severity")),
        column,
        arguments(kind, implementation, columns),
        text(node, id.text()),
        node.where());
  }

  private static Severity severity(YamlNode node) {
    if (!SEVERITIES.contains(node.text())) {
      throw node.error(
          "mức độ lạ / unknown severity '" + node.text() + "'", hint(node.text(), SEVERITIES));
    }
    return Severity.valueOf(node.text().toUpperCase(Locale.ROOT));
  }

  /** Contract rules say their texts themselves; built-in codes may leave them out. */
  private static RuleText text(YamlNode node, String code) {
    if (node.find("name").isEmpty() && RuleTexts.isBuiltIn(code)) {
      return RuleTexts.builtIn(code);
    }
    Map<String, YamlNode> custom =
        ContractYaml.customProperties(node, List.of("nameEn", "descriptionEn"));
    return new RuleText(
        code,
        node.require("name").text(),
        ContractYaml.need(node, custom, "nameEn").text(),
        node.require("description").text(),
        ContractYaml.need(node, custom, "descriptionEn").text());
  }

  private static Map<String, Serializable> arguments(
      RuleKind kind, YamlNode implementation, List<Column> columns) {
    Set<String> known = new HashSet<>(Set.of("rule", "when"));
    kind.arguments().forEach(argument -> known.add(argument.name()));
    implementation.only(known);
    Map<String, Serializable> values = new LinkedHashMap<>();
    for (RuleArgument argument : kind.arguments()) {
      implementation
          .find(argument.name())
          .ifPresent(value -> values.put(argument.name(), value(argument, value, columns)));
      if (argument.required() && !values.containsKey(argument.name())) {
        throw implementation.error(
            "thiếu tham số / rule kind " + kind.yamlName() + " lacks '" + argument.name() + "'",
            "add '" + argument.name() + "'");
      }
    }
    implementation.find("when").ifPresent(when -> values.put("when", conditions(when, columns)));
    return Collections.unmodifiableMap(values);
  }

  private static Serializable value(RuleArgument argument, YamlNode node, List<Column> columns) {
    return switch (argument.form()) {
      case TEXT -> node.text();
      case TEXTS -> new ArrayList<>(ContractYaml.texts(node));
      case NUMBER -> node.number();
      case FLAG -> node.flag();
      case COLUMN -> column(node.text(), node, columns);
    };
  }

  // arguments are Serializable, which List and Map are not
  @SuppressWarnings("NonApiType")
  private static LinkedHashMap<String, ArrayList<String>> conditions(
      YamlNode when, List<Column> columns) {
    LinkedHashMap<String, ArrayList<String>> conditions = new LinkedHashMap<>();
    when.entries()
        .forEach(
            (name, accepted) ->
                conditions.put(
                    column(name, accepted, columns),
                    new ArrayList<>(
                        accepted.isList()
                            ? ContractYaml.texts(accepted)
                            : List.of(accepted.text()))));
    return conditions;
  }

  private static String column(String name, YamlNode node, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    if (!names.contains(name)) {
      throw node.error("cột lạ / unknown column '" + name + "'", hint(name, names));
    }
    return name;
  }
}
