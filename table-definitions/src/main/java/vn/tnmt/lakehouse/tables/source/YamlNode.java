package vn.tnmt.lakehouse.tables.source;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.core.text.Nearest;

/**
 * A piece of a YAML file that knows its file and line.
 *
 * <p>Errors: {@code TNMT-2001} when the text is not YAML or a value has not the form asked for,
 * {@code TNMT-2002} for a key that is not among the {@linkplain #allow allowed} ones.
 */
public final class YamlNode {
  private final String file;
  private final String key;
  private final Node node;

  private YamlNode(String file, String key, Node node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  /**
   * The document's root.
   *
   * @param file name for messages
   */
  public static YamlNode parse(String file, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        throw invalid("the file is empty", file + ":1", "");
      }
      check(file, root, Collections.newSetFromMap(new IdentityHashMap<>()));
      return new YamlNode(file, "the file", root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw TnmtException.of(
          ErrorCode.YAML_INVALID, "not valid YAML", file + ":" + line, e.getProblem(), e);
    } catch (YAMLException e) {
      throw TnmtException.of(ErrorCode.YAML_INVALID, "not valid YAML", file, e.getMessage(), e);
    }
  }

  /** Refuses anchors that contain themselves, keys that are not texts and keys that stand twice. */
  private static void check(String file, Node node, Set<Node> seen) {
    if (node.isTwoStepsConstruction()) {
      throw invalid("an anchor contains itself", file + ":" + line(node), "write it out");
    }
    if (!seen.add(node)) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        String where = file + ":" + line(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw invalid("a key must be a text", where, "quote it, or check for stray braces");
        }
        if (!keys.add(key.getValue())) {
          throw invalid("key '" + key.getValue() + "' stands twice", where, "keep one of them");
        }
        check(file, tuple.getValueNode(), seen);
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> check(file, item, seen));
    }
  }

  public String file() {
    return file;
  }

  /** Line of the node's first character, counted from 1. */
  public int line() {
    return line(node);
  }

  /** {@code file:line}. */
  public String where() {
    return file + ":" + line();
  }

  /** The key or the position under which this node stands, for messages. */
  public String name() {
    return key;
  }

  /** Checks that this is a mapping that holds no other keys than these. */
  public YamlNode allow(String... keys) {
    return allow(Arrays.asList(keys));
  }

  /** Checks that this is a mapping that holds no other keys than these. */
  public YamlNode allow(Collection<String> keys) {
    for (NodeTuple tuple : mapping().getValue()) {
      String name = keyOf(tuple);
      if (!keys.contains(name)) {
        throw unknown("key", name, file + ":" + line(tuple.getKeyNode()), keys);
      }
    }
    return this;
  }

  /** An unknown name at this node: {@code TNMT-2002} with the nearest of the known ones. */
  public TnmtException unknown(String what, String name, Collection<String> known) {
    return unknown(what, name, where(), known);
  }

  private static TnmtException unknown(
      String what, String name, String where, Collection<String> known) {
    String hint = Nearest.hint(name, known);
    return TnmtException.of(
        ErrorCode.YAML_UNKNOWN_KEY,
        "unknown " + what + " '" + name + "'",
        where,
        hint.isEmpty() ? "known: " + String.join(", ", known) : hint);
  }

  /** An error at this node. */
  public TnmtException error(ErrorCode code, String what, String remedy) {
    return TnmtException.of(code, what, where(), remedy);
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The value of a key; empty when the key is missing or its value is null. */
  public Optional<YamlNode> find(String name) {
    for (NodeTuple tuple : mapping().getValue()) {
      if (keyOf(tuple).equals(name)) {
        return Optional.of(new YamlNode(file, name, tuple.getValueNode()))
            .filter(value -> !value.isNull());
      }
    }
    return Optional.empty();
  }

  /** The value of a key that must be there. */
  public YamlNode require(String name) {
    return find(name)
        .orElseThrow(
            () -> invalid("'" + name + "' is missing from " + key, where(), "add '" + name + "'"));
  }

  /** Entries in the order of the file. */
  public Map<String, YamlNode> entries() {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      String name = keyOf(tuple);
      entries.put(name, new YamlNode(file, name, tuple.getValueNode()));
    }
    return entries;
  }

  public List<YamlNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw form("a list");
    }
    List<YamlNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlNode(file, key, item));
    }
    return items;
  }

  /** The items of the list under a key; empty when the key is missing. */
  public List<YamlNode> items(String name) {
    return find(name).map(YamlNode::items).orElse(List.of());
  }

  public List<String> texts() {
    return items().stream().map(YamlNode::text).toList();
  }

  /** The scalar as written, without quotes. */
  public String text() {
    if (!(node instanceof ScalarNode scalar) || isNull()) {
      throw form("a text");
    }
    return scalar.getValue();
  }

  public String text(String name) {
    return require(name).text();
  }

  public String text(String name, String otherwise) {
    return find(name).map(YamlNode::text).orElse(otherwise);
  }

  public boolean flag() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw form("true or false");
    };
  }

  public boolean flag(String name, boolean otherwise) {
    return find(name).map(YamlNode::flag).orElse(otherwise);
  }

  public int integer() {
    try {
      return Integer.parseInt(text());
    } catch (NumberFormatException e) {
      throw form("a whole number");
    }
  }

  public int integer(String name, int otherwise) {
    return find(name).map(YamlNode::integer).orElse(otherwise);
  }

  public double number() {
    try {
      double number = Double.parseDouble(text());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw form("a number");
    }
    throw form("a finite number");
  }

  /** A list of texts or a single text; serialisable. */
  public List<String> textOrTexts() {
    return isList() ? texts() : List.of(text());
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw form("a mapping of keys to values");
  }

  private static String keyOf(NodeTuple tuple) {
    return ((ScalarNode) tuple.getKeyNode()).getValue();
  }

  private TnmtException form(String expected) {
    return invalid("'" + key + "' must be " + expected, where(), "correct the value");
  }

  private static TnmtException invalid(String what, String where, String remedy) {
    return TnmtException.of(ErrorCode.YAML_INVALID, what, where, remedy);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
