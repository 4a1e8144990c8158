package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** The transports that are registered, by name. */
final class Transports {
  private static final Map<String, TransportType> REGISTERED =
      byName(ServiceLoader.load(TransportType.class, TransportType.class.getClassLoader()));

  private Transports() {}

  /** {@code transport:} of a feed. */
  static Transport parse(YamlNode node) {
    return parse(node, REGISTERED);
  }

  /**
   * Where no transport at all is registered, nothing can be collected and nothing has to be: what a
   * publisher's validator needs to know stands in every transport alike.
   */
  static Transport parse(YamlNode node, Map<String, TransportType> registered) {
    if (registered.isEmpty()) {
      return WrittenTransport.parse(node);
    }
    YamlNode name = node.require("type");
    TransportType type = registered.get(name.text());
    if (type == null) {
      String hint = Nearest.hint(name.text(), registered.keySet());
      throw name.error(
          "transport.type: không có cách lấy tệp / no transport is called '" + name.text() + "'",
          hint.isEmpty() ? "one of " + String.join(", ", registered.keySet()) : hint);
    }
    return type.parse(node);
  }

  static Map<String, TransportType> byName(Iterable<TransportType> types) {
    Map<String, TransportType> byName = new TreeMap<>();
    for (TransportType type : types) {
      for (String name : type.names()) {
        TransportType other = byName.put(name, type);
        if (other != null) {
          throw TnmtException.of(
              ErrorCode.INSTALLATION_INCOMPLETE,
              "hai cách lấy tệp cùng tên / two transports are called '" + name + "'",
              other.getClass().getName() + ", " + type.getClass().getName(),
              "bỏ một trong hai / take one of their jars away");
        }
      }
    }
    return byName;
  }
}
