package vn.tnmt.lakehouse.ingestion.format;

import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * A format that feeds may name, one package: its keys, its reader and what it can do. {@link
 * Formats} finds the implementations by {@code META-INF/services}; each has a public constructor
 * without parameters and no state.
 */
public interface FormatType {

  /** What a feed writes as {@code type:}; the first one is shown. */
  List<String> names();

  /** What files of this format can do. */
  Set<Trait> traits();

  /**
   * Reads the keys of {@code format:}, those of packing taken away.
   *
   * @throws vn.tnmt.lakehouse.base.error.TnmtException for keys and values that cannot be meant,
   *     with file and line
   */
  Format parse(YamlNode format);
}
