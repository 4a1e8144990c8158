package vn.tnmt.lakehouse.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** A YAML file of nested maps as dotted keys, each value with the place it came from. */
final class FlatYaml {
  /** One value and its place ({@code file:line}). */
  record Entry(String value, String place) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private FlatYaml() {}

  static Map<String, Entry> read(Path file) {
    if (Files.notExists(file)) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "không có tệp này / the file does not exist",
          file.toString(),
          "");
    }
    FlatYaml flat = new FlatYaml();
    if (!saysNothing(file)) {
      flat.walk("", YamlNode.read(file, ErrorCode.YAML_INVALID));
    }
    return flat.entries;
  }

  private void walk(String prefix, YamlNode node) {
    if (node.isMapping() || prefix.isEmpty()) {
      node.entries()
          .forEach((key, value) -> walk(prefix.isEmpty() ? key : prefix + "." + key, value));
    } else if (node.isList()) {
      put(prefix, node.items().stream().map(YamlNode::text).collect(Collectors.joining(",")), node);
    } else {
      put(prefix, node.isNull() ? "" : node.text(), node);
    }
  }

  private void put(String key, String value, YamlNode node) {
    Entry earlier = entries.put(key, new Entry(value, node.where()));
    if (earlier != null) {
      throw node.error(
          "khoá lặp lại / key written twice '" + key + "', first at " + earlier.place(),
          "keep one of the two");
    }
  }

  /**
   * Nothing but comments: every setting keeps its default. Unreadable files are left to YamlNode.
   */
  private static boolean saysNothing(Path file) {
    try {
      return Files.readString(file).lines().allMatch(line -> line.matches("\\s*(#.*)?"));
    } catch (IOException e) {
      return false;
    }
  }
}
