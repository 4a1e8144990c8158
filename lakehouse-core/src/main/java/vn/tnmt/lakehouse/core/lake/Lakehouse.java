package vn.tnmt.lakehouse.core.lake;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
import vn.tnmt.lakehouse.core.lease.Holder;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.core.lease.LeaseState;
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
 * vn.tnmt.lakehouse.core.local.HomeLock} around it, against others on this home, and takes the
 * lake's {@link Lease}, against other hosts.
 */
public final class Lakehouse implements AutoCloseable {
  /** The catalogue's name in Spark; it is the default, so that SQL says {@code ops.run}. */
  public static final String CATALOGUE = "lake";

  private static final Logger LOG = LoggerFactory.getLogger(Lakehouse.class);

  private final Settings settings;
  private final LocalServices services;
  private final AtomicBoolean ahead = new AtomicBoolean();
  private CatalogueAccess access;
  private @Nullable RESTCatalog registry;
  private @Nullable Lease lease;
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
        false,
        Optional.empty());
  }

  public Settings settings() {
    return settings;
  }

  public Home home() {
    return settings.home();
  }

  public synchronized CatalogueAccess access() {
    return access;
  }

  /** The Iceberg catalogue through REST; also a {@link SupportsNamespaces}. Needs no Spark. */
  public synchronized Catalog catalog() {
    if (catalog == null) {
      catalog = client(access);
    }
    return catalog;
  }

  private static RESTCatalog client(CatalogueAccess access) {
    RESTCatalog rest =
        access.reads()
            ? new ReadingCatalog()
            : access.lease().isPresent() ? new LeasedCatalog() : new RESTCatalog();
    try {
      rest.initialize(CATALOGUE, access.properties());
      return rest;
    } catch (RuntimeException e) {
      closeQuietly(rest);
      throw TnmtException.of(
          ErrorCode.CATALOGUE_UNREACHABLE,
          "danh mục không trả lời / the catalogue does not answer",
          access.uri(),
          "kiểm tra / check catalogue.uri, catalogue.credentials",
          e);
    }
  }

  /**
   * Takes the lake's lease, before anything else of it is used; it is given back when this is
   * closed. Waits as long as {@code lease.waitSeconds} says.
   *
   * @param lake the lake's id; empty while it has none
   * @param command what it is for, as a person would know it
   * @throws TnmtException {@code TNMT-6008} that says who has it and since when
   */
  public synchronized void take(
      String lake, String command, Lease.Beginning beginning, Consumer<Holder> waiting) {
    if (lease != null || catalog != null || spark != null) {
      throw new IllegalStateException("the lakehouse is in use already");
    }
    registry = client(access);
    lease =
        Lease.acquire(
            LeaseRegister.of(registry),
            lake,
            new Lease.Request(
                Holder.here(command),
                Duration.ofSeconds(settings.integer(SettingKey.LEASE_SECONDS)),
                Duration.ofSeconds(settings.integer(SettingKey.LEASE_WAIT)),
                beginning,
                new Waits(isOwnedByHome(), waiting)));
    access = access.under(lease);
  }

  /**
   * Who waits holds the home's lock: where the catalogue is the home's alone, whoever had the lease
   * is gone.
   */
  private boolean isOwnedByHome() {
    return settings.text(SettingKey.CATALOGUE_KIND).equals("embedded")
        && settings.optional(SettingKey.CATALOGUE_JDBC_URL).isEmpty();
  }

  private record Waits(boolean alone, Consumer<Holder> told) implements Lease.Waiting {
    @Override
    public boolean isGone(Holder holder) {
      return alone;
    }

    @Override
    public void on(Holder holder) {
      told.accept(holder);
    }
  }

  /** The lease under which this lakehouse is written. */
  public synchronized Optional<Lease> lease() {
    return Optional.ofNullable(lease);
  }

  /** Number of the lease under which this lakehouse is written; 0 for none. */
  public long epoch() {
    return lease().map(Lease::epoch).orElse(0L);
  }

  /** What the catalogue says of the lake's lease now. */
  public Optional<LeaseState> leaseState() {
    return lease().map(Lease::state).or(() -> LeaseRegister.of(catalog()).state());
  }

  /** Branches, tags and snapshots of the tables. */
  public Branches branches() {
    return new Branches(catalog());
  }

  /** Lets Spark start in the background, once: somebody will need it soon. */
  public void startSparkAhead() {
    if (ahead.compareAndSet(false, true)) {
      Sessions.startAhead(settings);
    }
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
    if (lease != null) {
      lease.close();
      lease = null;
    }
    if (registry != null) {
      closeQuietly(registry);
      registry = null;
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
