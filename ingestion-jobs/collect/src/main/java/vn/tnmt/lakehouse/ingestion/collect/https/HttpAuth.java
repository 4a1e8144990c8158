package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Secret;

/**
 * How a feed shows a web server who it is. Only the origins written in the feed are shown it.
 *
 * @param scheme of the header {@code Authorization}
 * @param user of {@code BASIC}; else empty
 * @param secret the password or the token; null for {@code NONE}
 * @param headers header → its value, for servers with keys of their own
 */
public record HttpAuth(
    Scheme scheme, String user, @Nullable Secret secret, Map<String, Secret> headers)
    implements Serializable {
  /** Schemes of RFC 7617 and RFC 6750. */
  public enum Scheme {
    NONE,
    BASIC,
    BEARER
  }

  public static final HttpAuth NONE = new HttpAuth(Scheme.NONE, "", null, Map.of());
}
