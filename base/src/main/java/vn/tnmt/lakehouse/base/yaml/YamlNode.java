package vn.tnmt.lakehouse.base.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;

/**
 * One value of a YAML document, with its place. Nothing is inferred: a scalar is the text that
 * stands in the file (NFC) until it is asked for as a number or a flag.
 *
 * <p>Broken YAML and a key written twice are {@code TNMT-2001}; a key that nobody knows is {@code
 * TNMT-2002}; a value of the wrong shape has the code that the document was opened with.
 */
public final class YamlNode {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final String file;
  private final Node node;
  private final ErrorCode invalid;
  private final @Nullable Map<String, String> variables;

  private YamlNode(
      String file, Node node, ErrorCode invalid, @Nullable Map<String, String> variables) {
    this.file = file;
    this.node = node;
    this.invalid = invalid;
    this.variables = variables;
  }

  /**
   * The root of a YAML file.
   *
   * @param invalid the code of errors about values of the wrong shape, for example {@code
   *     FEED_INVALID}
   */
  public static YamlNode read(Path file, ErrorCode invalid) {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), invalid);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.YAML_INVALID,
          "không đọc được tệp YAML / the YAML file cannot be read as UTF-8",
          file.toString(),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** As {@link #read}, for a text that was found elsewhere; {@code file} is only for messages. */
  public static YamlNode parse(String file, String text, ErrorCode invalid) {
    LoaderOptions options = new LoaderOptions();
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (node == null) {
        throw syntax(file, "1", "tệp trống / the file is empty", null);
      }
      return new YamlNode(file, node, invalid, null);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String place = mark == null ? "1" : mark.getLine() + 1 + ":" + (mark.getColumn() + 1);
      throw syntax(file, place, "YAML sai cú pháp / invalid YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw syntax(file, "1", "YAML sai cú pháp / invalid YAML: " + e.getMessage(), e);
    }
  }

  private static TnmtException syntax(
      String file, String place, String what, @Nullable Exception cause) {
    return TnmtException.of(ErrorCode.YAML_INVALID, what, file + ":" + place, "", cause);
  }

  /**
   * The same value, in whose texts {@code ${name}} stands for a variable. Without this call a
   * {@code ${…}} is ordinary text.
   */
  public YamlNode with(Map<String, String> variables) {
    return new YamlNode(file, node, invalid, Map.copyOf(variables));
  }

  public String file() {
    return file;
  }

  /** Line in the file, counted from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  /** {@code file:line}. */
  public String where() {
    return file + ":" + line();
  }

  /** True for {@code key:} with nothing behind it, {@code ~} and {@code null}. */
  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  public boolean isScalar() {
    return node instanceof ScalarNode && !isNull();
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** An error about this value, with its place. */
  public TnmtException error(String what, String remedy) {
    return error(invalid, what, remedy);
  }

  /** As {@link #error(String, String)}, with a code of its own. */
  public TnmtException error(ErrorCode code, String what, String remedy) {
    return TnmtException.of(code, what, where(), remedy);
  }

  /** Fails with {@code TNMT-2002} and the nearest known key when there is any other key. */
  public YamlNode only(Set<String> known) {
    for (NodeTuple tuple : mapping().getValue()) {
      YamlNode key = child(tuple.getKeyNode());
      if (!known.contains(key.rawText())) {
        String name = key.rawText();
        String hint = Nearest.hint(name, known);
        throw key.error(
            ErrorCode.YAML_UNKNOWN_KEY,
            "khoá lạ / unknown key '" + name + "'",
            hint.isEmpty()
                ? "known keys: " + String.join(", ", known.stream().sorted().toList())
                : hint);
      }
    }
    return this;
  }

  /** The same mapping without some of its keys: what remains is somebody else's to read. */
  public YamlNode without(Set<String> keys) {
    MappingNode all = mapping();
    List<NodeTuple> others =
        all.getValue().stream()
            .filter(tuple -> !keys.contains(child(tuple.getKeyNode()).rawText()))
            .toList();
    MappingNode rest =
        new MappingNode(
            all.getTag(), true, others, all.getStartMark(), all.getEndMark(), all.getFlowStyle());
    return child(rest);
  }

  /** Entries in the order of the file. */
  public Map<String, YamlNode> entries() {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      YamlNode key = child(tuple.getKeyNode());
      if (entries.put(key.rawText(), child(tuple.getValueNode())) != null) {
        throw key.error(
            ErrorCode.YAML_INVALID,
            "khoá lặp lại / key written twice '" + key.rawText() + "'",
            "keep one of the two");
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  /** Items of a list, in order. */
  public List<YamlNode> items() {
    if (!(node instanceof SequenceNode list)) {
      throw error("cần một danh sách / a list is expected here", "");
    }
    return list.getValue().stream().map(this::child).toList();
  }

  /** The value of a key; empty when the key is absent or has no value. */
  public Optional<YamlNode> find(String key) {
    return Optional.ofNullable(entries().get(key)).filter(value -> !value.isNull());
  }

  /** The value of a key that must be there. */
  public YamlNode require(String key) {
    return find(key)
        .orElseThrow(
            () -> error("thiếu khoá / missing key '" + key + "'", "add '" + key + ":' here"));
  }

  public String text(String key, String otherwise) {
    return find(key).map(YamlNode::text).orElse(otherwise);
  }

  public int integer(String key, int otherwise) {
    return find(key).map(YamlNode::integer).orElse(otherwise);
  }

  /** A whole number that must be at least so much; {@code otherwise} where the key is absent. */
  public int atLeast(int least, String key, int otherwise) {
    int value = integer(key, otherwise);
    if (value < least) {
      throw require(key).error(key + " " + value, "at least " + least);
    }
    return value;
  }

  /** One character, TAB as {@code \t}. */
  public char character(String key, char otherwise) {
    return find(key).map(YamlNode::character).orElse(otherwise);
  }

  public boolean flag(String key, boolean otherwise) {
    return find(key).map(YamlNode::flag).orElse(otherwise);
  }

  /** Texts of a list; an absent key is an empty list. */
  public List<String> texts(String key) {
    return find(key)
        .map(list -> list.items().stream().map(YamlNode::text).toList())
        .orElse(List.of());
  }

  /** The scalar's text, variables put in. */
  public String text() {
    String text = rawText();
    if (variables == null || text.indexOf("${") < 0) {
      return text;
    }
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1))));
  }

  private String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      String hint = Nearest.hint(name, variables.keySet());
      throw error(
          "biến lạ / unknown variable '${" + name + "}'",
          hint.isEmpty()
              ? "known variables: "
                  + String.join(", ", variables.keySet().stream().sorted().toList())
              : hint);
    }
    return value;
  }

  public int integer() {
    String text = text();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw error("cần một số nguyên / an integer is expected, not '" + text + "'", "");
    }
  }

  public double number() {
    String text = text();
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw error("cần một số / a number is expected, not '" + text + "'", "");
    }
    throw error("cần một số hữu hạn / a finite number is expected, not '" + text + "'", "");
  }

  public boolean flag() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw error("cần true hoặc false / true or false is expected, not '" + text() + "'", "");
    };
  }

  private char character() {
    String text = text().equals("\\t") ? "\t" : text();
    if (text.length() != 1) {
      throw error("cần đúng một ký tự / one character is expected, not '" + text + "'", "");
    }
    return text.charAt(0);
  }

  /** The text, which must be one of those known; else an error with the nearest one. */
  public String choice(Set<String> known) {
    if (!known.contains(text())) {
      String hint = Nearest.hint(text(), known);
      throw error(
          "giá trị lạ / unknown value '" + text() + "'",
          hint.isEmpty() ? "one of " + String.join(", ", known.stream().sorted().toList()) : hint);
    }
    return text();
  }

  /** What the text means; what {@code parse} cannot understand is told with its place. */
  public <T> T understood(Function<String, T> parse) {
    String text = text();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw error("không hiểu / not understood '" + text + "'", String.valueOf(e.getMessage()));
    }
  }

  private String rawText() {
    if (!(node instanceof ScalarNode scalar)) {
      throw error("cần một giá trị đơn / a single value is expected here", "");
    }
    return Normalizer.normalize(scalar.getValue(), Normalizer.Form.NFC);
  }

  private MappingNode mapping() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("cần các cặp khoá: giá trị / keys and values are expected here", "");
    }
    return mapping;
  }

  private YamlNode child(Node child) {
    return new YamlNode(file, child, invalid, variables);
  }
}
