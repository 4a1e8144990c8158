package vn.tnmt.lakehouse.core.lake;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.local.LocalServices;
import vn.tnmt.lakehouse.core.spark.Sessions;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * An open lakehouse: its services (embedded ones run as long as this does), the Iceberg catalogue,
 * the object store and, when asked for, Spark. Everything is made on first use, except the
 * services.
 *
 * <p>Reading needs nothing more. Whoever writes holds a {@link
 * vn.tnmt.lakehouse.core.local.HomeLock} around it.
 */
public final class Lakehouse implements AutoCloseable {
  /** The catalogue's name in Spark; it is the default, so that SQL says {@code ops.run}. */
  public static final String CATALOGUE = "lake";

  private static final Logger LOG = LoggerFactory.getLogger(Lakehouse.class);

  private final Settings settings;
  private final LocalServices services;
  private final CatalogueAccess access;
  private @Nullable Catalog catalog;
  private @Nullable ObjectStore store;
  private @Nullable SparkSession spark;

  private Lakehouse(Settings settings, LocalServices services, CatalogueAccess access) {
    this.settings = settings;
    this.services = services;
    this.access = access;
  }

  /** Opens the lakehouse on the services that run already, or on any free loopback ports. */
  public static Lakehouse open(Home home, Settings settings) {
    HomeLog.open(home);
    Credentials credentials = Credentials.of(settings);
    return of(settings, credentials, LocalServices.start(settings, credentials));
  }

  /**
   * As {@link #open(Home, Settings)}, for a command that will certainly need Spark: Spark starts
   * beside the services.
   */
  public static Lakehouse openWithSpark(Home home, Settings settings) {
    HomeLog.open(home);
    Sessions.startAhead(settings);
    return open(home, settings);
  }

  /**
   * Opens the lakehouse for those who only read: the catalogue's client refuses every commit, and
   * neither the catalogue's token nor the store's key can change anything.
   */
  public static Lakehouse openToRead(Home home, Settings settings) {
    HomeLog.open(home);
    Credentials credentials = Credentials.of(settings);
    LocalServices services = LocalServices.start(settings, credentials);
    return new Lakehouse(
        settings, services, access(settings, credentials, services).reading(credentials.reader()));
  }

  /** As {@link #openToRead}, for a command that will certainly need Spark. */
  public static Lakehouse openToReadWithSpark(Home home, Settings settings) {
    HomeLog.open(home);
    Sessions.startAhead(settings);
    return openToRead(home, settings);
  }

  /** Opens the lakehouse on given loopback ports; 0 for any free one. */
  public static Lakehouse open(Home home, Settings settings, int s3Port, int cataloguePort) {
    HomeLog.open(home);
    Credentials credentials = Credentials.of(settings);
    return of(
        settings, credentials, LocalServices.start(settings, credentials, s3Port, cataloguePort));
  }

  private static Lakehouse of(Settings settings, Credentials credentials, LocalServices services) {
    return new Lakehouse(settings, services, access(settings, credentials, services));
  }

  private static CatalogueAccess access(
      Settings settings, Credentials credentials, LocalServices services) {
    StoreAccess store = services.store();
    return new CatalogueAccess(
        services.catalogueUri(),
        credentials.token(),
        settings
            .optional(SettingKey.CATALOGUE_WAREHOUSE)
            .orElseGet(() -> store.location(settings.text(SettingKey.STORE_WAREHOUSE))),
        store,
        false);
  }

  public Settings settings() {
    return settings;
  }

  public Home home() {
    return settings.home();
  }

  public CatalogueAccess access() {
    return access;
  }

  /** The Iceberg catalogue through REST; also a {@link SupportsNamespaces}. Needs no Spark. */
  public synchronized Catalog catalog() {
    if (catalog == null) {
      RESTCatalog rest = access.reads() ? new ReadingCatalog() : new RESTCatalog();
      try {
        rest.initialize(CATALOGUE, access.properties());
      } catch (RuntimeException e) {
        closeQuietly(rest);
        throw TnmtException.of(
            ErrorCode.CATALOGUE_UNREACHABLE,
            "danh mục không trả lời / the catalogue does not answer",
            access.uri(),
            "kiểm tra / check catalogue.uri, catalogue.credentials",
            e);
      }
      catalog = rest;
    }
    return catalog;
  }

  /** Branches, tags and snapshots of the tables. */
  public Branches branches() {
    return new Branches(catalog());
  }

  /** The Spark session, started on first use; one Spark runs per JVM. */
  public synchronized SparkSession spark() {
    if (spark == null) {
      spark = Sessions.open(settings, access);
    }
    return spark;
  }

  /** Whether {@link #spark} was called: what needs no Spark should not start one. */
  public synchronized Optional<SparkSession> sparkIfStarted() {
    return Optional.ofNullable(spark);
  }

  /** Objects outside of Iceberg. */
  public synchronized ObjectStore store() {
    if (store == null) {
      store = ObjectStore.open(access.store());
    }
    return store;
  }

  @Override
  public synchronized void close() {
    if (spark != null) {
      Sessions.close(spark);
      spark = null;
    }
    if (store != null) {
      store.close();
      store = null;
    }
    ObjectStore.releaseShared(access.store());
    if (catalog instanceof Closeable closeable) {
      closeQuietly(closeable);
      catalog = null;
    }
    services.close();
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      LOG.warn("The catalogue's client did not close cleanly", e);
    }
  }
}
