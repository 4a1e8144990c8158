package vn.tnmt.lakehouse.core.lake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.rest.RESTCatalog;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.local.LeaseFence;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * How to reach the Iceberg catalogue and, through it, the tables.
 *
 * @param uri URL of the REST catalogue
 * @param token bearer token, when the catalogue wants one
 * @param warehouse the warehouse's name in the catalogue
 * @param reads whether nothing may be changed
 * @param lease under which it is written; nothing else is sent once it is lost
 */
public record CatalogueAccess(
    String uri,
    Optional<String> token,
    String warehouse,
    StoreAccess store,
    boolean reads,
    Optional<LeaseKey> lease) {
  /**
   * A lease that this process holds.
   *
   * @param id names it within the process
   * @param epoch its number, which requests bear
   */
  public record LeaseKey(String id, long epoch) {}

  /** The same lakehouse, for those who only read. */
  public CatalogueAccess reading(Credentials reader) {
    return new CatalogueAccess(
        uri, reader.token(), warehouse, store.with(reader), true, Optional.empty());
  }

  /** The same lakehouse, for whoever holds its lease. */
  CatalogueAccess under(Lease held) {
    return new CatalogueAccess(
        uri, token, warehouse, store, reads, Optional.of(new LeaseKey(held.id(), held.epoch())));
  }

  /** The class of Iceberg's client, in Java and as a Spark catalogue alike. */
  public Class<? extends RESTCatalog> client() {
    return reads
        ? ReadingCatalog.class
        : lease.isPresent() ? LeasedCatalog.class : RESTCatalog.class;
  }

  /** Properties of Iceberg's REST client, in Java and as a Spark catalogue alike. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("uri", uri);
    token.ifPresent(
        value -> {
          properties.put("rest.auth.type", "oauth2");
          properties.put("token", value);
          // A fixed token is never exchanged for another; the client wants the address all the
          // same.
          properties.put("token-refresh-enabled", "false");
          properties.put("oauth2-server-uri", uri + "/v1/oauth/tokens");
        });
    lease.ifPresent(
        held -> {
          properties.put(LeasedCatalog.LEASE, held.id());
          properties.put("header." + LeaseFence.HEADER, Long.toString(held.epoch()));
        });
    properties.put("warehouse", warehouse);
    properties.put("rest-metrics-reporting-enabled", "false");
    // The catalogue itself may wait for the store, but no client waits for the catalogue for ever.
    properties.put("rest.client.connection-timeout-ms", "10000");
    properties.put("rest.client.socket-timeout-ms", "600000");
    properties.putAll(store.icebergProperties());
    return properties;
  }

  @Override
  public String toString() {
    return uri;
  }
}
