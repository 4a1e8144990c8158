package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * A kind of transport. Each is a package of its own and is found by {@link
 * java.util.ServiceLoader}: a jar that names its type in {@code META-INF/services} adds a
 * transport, and nothing else has to know it.
 */
public interface TransportType {
  /** What {@code transport.type} says for it, for example {@code sftp}. */
  Set<String> names();

  /**
   * The transport that a feed's {@code transport:} describes.
   *
   * @throws vn.tnmt.lakehouse.base.error.TnmtException for a key that it does not know or a value
   *     that cannot be, with file and line
   */
  Transport parse(YamlNode node);
}
