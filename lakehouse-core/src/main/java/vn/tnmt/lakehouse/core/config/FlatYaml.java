package vn.tnmt.lakehouse.core.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
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

/** A YAML file of nested maps as dotted keys, each value with the place it came from. */
final class FlatYaml {
  /** One value and its line ({@code file:line}). */
  record Entry(String value, String place) {}

  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private FlatYaml(Path file) {
    this.file = file;
  }

  static Map<String, Entry> read(Path file) {
    FlatYaml flat = new FlatYaml(file);
    Node root = flat.compose();
    if (root != null && !isNull(root)) {
      flat.walk("", root);
    }
    return flat.entries;
  }

  private Node compose() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(options).compose(reader);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String place =
          mark == null
              ? file.toString()
              : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
      throw TnmtException.of(
          ErrorCode.YAML_INVALID, "invalid YAML, " + e.getProblem(), place, "correct this line", e);
    } catch (YAMLException | CharacterCodingException e) {
      throw TnmtException.of(
          ErrorCode.YAML_INVALID,
          "the file is not YAML text in UTF-8",
          file.toString(),
          "save it as UTF-8 without control characters",
          e);
    } catch (NoSuchFileException e) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID, "the file does not exist", file.toString(), "", e);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID, "the file cannot be read", file.toString(), "", e);
    }
  }

  private void walk(String prefix, Node node) {
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw invalid("a key must be plain text", tuple.getKeyNode());
        }
        walk(
            prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue(),
            tuple.getValueNode());
      }
    } else if (prefix.isEmpty()) {
      throw invalid("expected keys and values", node);
    } else if (node instanceof SequenceNode list) {
      List<String> values = new ArrayList<>();
      for (Node item : list.getValue()) {
        if (!(item instanceof ScalarNode scalar)) {
          throw invalid("a list may hold plain values only", item);
        }
        values.add(scalar.getValue());
      }
      put(prefix, String.join(",", values), node);
    } else if (node instanceof ScalarNode scalar) {
      put(prefix, isNull(scalar) ? "" : scalar.getValue(), node);
    }
  }

  private void put(String key, String value, Node node) {
    Entry earlier = entries.put(key, new Entry(value, place(node)));
    if (earlier != null) {
      throw invalid("'" + key + "' is given twice, first at " + earlier.place(), node);
    }
  }

  private TnmtException invalid(String what, Node node) {
    return TnmtException.of(ErrorCode.YAML_INVALID, what, place(node), "correct this line");
  }

  private String place(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }
}
