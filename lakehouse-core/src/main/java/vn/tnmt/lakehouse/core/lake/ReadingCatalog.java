package vn.tnmt.lakehouse.core.lake;

import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.RESTCatalog;

/**
 * Iceberg's REST catalogue for those who only read: whatever would change the catalogue is refused
 * before it is sent, whichever statement or library asks for it and whatever the token could do.
 * Public, because Spark makes it by its name.
 */
public final class ReadingCatalog extends RESTCatalog {
  /** For Spark and {@link Lakehouse}; {@code initialize} follows. */
  public ReadingCatalog() {
    super(
        properties ->
            GuardedClient.of(
                properties,
                path -> {
                  throw new ForbiddenException("this session reads only (%s)", path);
                }));
  }
}
