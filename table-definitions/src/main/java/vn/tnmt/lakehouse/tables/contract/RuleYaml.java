package vn.tnmt.lakehouse.tables.contract;

import static vn.tnmt.lakehouse.tables.contract.ContractYaml.invalid;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.core.text.Nearest;
import vn.tnmt.lakehouse.tables.rule.RuleArgument;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.rule.RuleText;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.tables.source.YamlNode;

/** Reads one ODCS {@code quality} entry of {@code engine: tnmt}. */
final class RuleYaml {
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}-\\d{2}");
  private static final List<String> SEVERITIES = List.of("block", "warn");

  private RuleYaml() {}

  static RuleSpec read(YamlNode node, String column, List<Column> columns) {
    node.allow(
        "id",
        "name",
        "description",
        "type",
        "engine",
        "severity",
        "dimension",
        "implementation",
        "customProperties");
    ContractYaml.constant(node, "type", "custom");
    ContractYaml.constant(node, "engine", "tnmt");
    YamlNode id = node.require("id");
    if (!CODE.matcher(id.text()).matches()) {
      throw invalid(id, "'" + id.text() + "' is not a rule code", "for example OBS-01");
    }
    YamlNode implementation = node.require("implementation");
    YamlNode kindNode = implementation.require("rule");
    RuleKind kind =
        RuleKind.of(kindNode.text())
            .orElseThrow(
                () ->
                    invalid(
                        kindNode,
                        "unknown rule kind '" + kindNode.text() + "'",
                        Nearest.to(kindNode.text(), RuleKind.yamlNames())
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("known: " + String.join(", ", RuleKind.yamlNames()))));
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
      throw invalid(
          node,
          "unknown severity '" + node.text() + "'",
          Nearest.to(node.text(), SEVERITIES)
              .map(name -> "did you mean '" + name + "'?")
              .orElse("use block or warn"));
    }
    return Severity.valueOf(node.text().toUpperCase(Locale.ROOT));
  }

  /** Contract rules say their texts themselves; built-in codes may leave them out. */
  private static RuleText text(YamlNode node, String code) {
    if (node.find("name").isEmpty() && RuleTexts.isBuiltIn(code)) {
      return RuleTexts.builtIn(code);
    }
    Map<String, YamlNode> custom = ContractYaml.customProperties(node, "nameEn", "descriptionEn");
    return new RuleText(
        code,
        node.text("name"),
        ContractYaml.need(node, custom, "nameEn"),
        node.text("description"),
        ContractYaml.need(node, custom, "descriptionEn"));
  }

  private static Map<String, Serializable> arguments(
      RuleKind kind, YamlNode implementation, List<Column> columns) {
    List<String> known = new ArrayList<>(List.of("rule", "when"));
    kind.arguments().forEach(argument -> known.add(argument.name()));
    implementation.allow(known);
    Map<String, Serializable> values = new LinkedHashMap<>();
    for (RuleArgument argument : kind.arguments()) {
      implementation
          .find(argument.name())
          .ifPresent(value -> values.put(argument.name(), value(argument, value, columns)));
      if (argument.required() && !values.containsKey(argument.name())) {
        throw invalid(
            implementation,
            "rule kind " + kind.yamlName() + " lacks '" + argument.name() + "'",
            "add '" + argument.name() + "'");
      }
    }
    implementation
        .find("when")
        .ifPresent(
            when -> {
              LinkedHashMap<String, ArrayList<String>> conditions = new LinkedHashMap<>();
              when.entries()
                  .forEach(
                      (column, accepted) -> {
                        checkColumn(column, accepted, columns);
                        conditions.put(column, new ArrayList<>(accepted.textOrTexts()));
                      });
              values.put("when", conditions);
            });
    return Collections.unmodifiableMap(values);
  }

  private static Serializable value(RuleArgument argument, YamlNode node, List<Column> columns) {
    return switch (argument.form()) {
      case TEXT -> node.text();
      case TEXTS -> new ArrayList<>(node.texts());
      case NUMBER -> node.number();
      case FLAG -> node.flag();
      case COLUMN -> {
        checkColumn(node.text(), node, columns);
        yield node.text();
      }
    };
  }

  private static void checkColumn(String column, YamlNode node, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    if (!names.contains(column)) {
      throw invalid(node, "unknown column '" + column + "'", Nearest.hint(column, names));
    }
  }
}
