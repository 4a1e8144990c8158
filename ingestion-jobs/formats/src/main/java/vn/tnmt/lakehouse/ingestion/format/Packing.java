package vn.tnmt.lakehouse.ingestion.format;

import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * A way in which files of any format come packed: keys of {@code format:} that stand beside those
 * of the format itself. Found as {@link FormatType} is.
 */
public interface Packing {

  /** Its keys; no format has one of the same name. */
  Set<String> keys();

  /** The packed format; the content itself where the feed has none of the keys. */
  Format pack(Format content, YamlNode format);
}
