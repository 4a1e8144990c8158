package vn.tnmt.lakehouse.ingestion.format;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** The formats that are registered: those of this module and of every other jar beside it. */
public final class Formats {
  private static @Nullable Map<String, FormatType> types;
  private static @Nullable List<Packing> packings;

  private Formats() {}

  /**
   * Reads {@code format:} of a feed.
   *
   * @throws TnmtException {@code TNMT-2005} when nobody registered the type, with file, line and
   *     the nearest one; whatever the format's keys make wrong
   */
  public static Format parse(YamlNode format) {
    YamlNode own = format;
    for (Packing packing : packings()) {
      own = own.without(packing.keys());
    }
    YamlNode name = own.require("type");
    FormatType type = types().get(name.text());
    if (type == null) {
      String hint = Nearest.hint(name.text(), names());
      throw name.error(
          "format.type: không có định dạng / no format is registered as '" + name.text() + "'",
          hint.isEmpty() ? "one of " + String.join(", ", names()) : hint);
    }
    Format parsed = type.parse(own);
    for (Packing packing : packings()) {
      parsed = packing.pack(parsed, format);
    }
    return parsed;
  }

  /** What feeds may write as {@code type:}, sorted. */
  public static Collection<String> names() {
    return types().keySet();
  }

  /** Those of {@link #names} that can do something, for messages. */
  public static String with(Trait trait) {
    return types().entrySet().stream()
        .filter(type -> type.getValue().traits().contains(trait))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  static Map<String, FormatType> byName(List<FormatType> types) {
    Map<String, FormatType> byName = new TreeMap<>();
    for (FormatType type : types) {
      for (String name : type.names()) {
        FormatType other = byName.put(name, type);
        if (other != null) {
          throw TnmtException.of(
              ErrorCode.FEED_INVALID,
              "hai định dạng cùng tên / two formats are registered as '" + name + "'",
              type.getClass().getName(),
              "the other is " + other.getClass().getName());
        }
      }
    }
    return byName;
  }

  private static synchronized Map<String, FormatType> types() {
    if (types == null) {
      types = byName(found(FormatType.class));
    }
    return types;
  }

  private static synchronized List<Packing> packings() {
    if (packings == null) {
      packings = found(Packing.class);
    }
    return packings;
  }

  private static <T> List<T> found(Class<T> service) {
    return ServiceLoader.load(service, service.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
