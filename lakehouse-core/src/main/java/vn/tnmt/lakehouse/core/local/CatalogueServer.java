package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.core.store.StoreFileIO;

/**
 * An Iceberg REST catalogue on 127.0.0.1 over Iceberg's JdbcCatalog: SQLite in the home, or the
 * database that {@code catalogue.jdbc.url} names. Several processes may each run one over the same
 * database: each commit is one compare-and-swap in it.
 */
public final class CatalogueServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueServer.class);

  /** Its name in the database. */
  static final String CATALOGUE = "lake";

  private static final int IDLE_MILLIS = 30_000;
  private static final int SLOWEST_BYTES_PER_SECOND = 1_000;
  private static final int MOST_CONNECTIONS = 1_000;

  private final Server server;
  private final CompletableFuture<Opened> catalogue;
  private final URI uri;

  /** The catalogue, and what is asked of its database beside it. */
  private record Opened(JdbcCatalog catalog, TableLocations locations) {}

  private CatalogueServer(Server server, CompletableFuture<Opened> catalogue, URI uri) {
    this.server = server;
    this.catalogue = catalogue;
    this.uri = uri;
  }

  /**
   * Starts to listen at once; requests wait until {@code store} is known and the database is open.
   *
   * @param port the port to listen on; 0 for any that is free
   */
  public static CatalogueServer start(
      Settings settings, Credentials credentials, CompletableFuture<StoreAccess> store, int port) {
    CompletableFuture<FileIO> files = store.thenApply(CatalogueServer::files);
    CompletableFuture<Opened> catalogue =
        store.thenCombine(files, (access, io) -> open(settings, credentials, access, io));
    MainGuard guard =
        new MainGuard(
            files::join,
            key -> store.join().location(key),
            () -> LeaseRegister.of(catalogue.join().catalog()).state());
    Server server = server(port);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.addServlet(
        new ServletHolder(
            new CatalogueServlet(
                () -> catalogue.join().catalog(),
                table -> catalogue.join().locations().of(table),
                credentials.token().orElseThrow(),
                credentials.reader().token().orElseThrow(),
                guard)),
        "/*");
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw failure(e, port);
    }
    int actual = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new CatalogueServer(server, catalogue, URI.create("http://127.0.0.1:" + actual));
  }

  public URI uri() {
    return uri;
  }

  /** Waits until the database is open; fails as that fails. */
  CatalogueServer awaitReady() {
    try {
      catalogue.join();
      return this;
    } catch (CompletionException e) {
      if (e.getCause() instanceof TnmtException known) {
        throw known;
      }
      throw DatabaseFaults.known(e)
          .orElseGet(
              () ->
                  TnmtException.of(
                      ErrorCode.CATALOGUE_UNREACHABLE,
                      "không mở được cơ sở dữ liệu của danh mục / the catalogue's database cannot be opened",
                      "catalogue.jdbc.url",
                      "kiểm tra tham số, cơ sở dữ liệu và khoá / check the setting, the database and its credentials",
                      e.getCause()));
    }
  }

  @Override
  public void close() {
    stop(server);
    // it may still be opening
    CompletableFuture<Void> unused = catalogue.thenAccept(opened -> opened.catalog().close());
  }

  private static Server server(int port) {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("catalogue");
    threads.setDaemon(true);
    Server server = new Server(threads);
    server.setStopTimeout(0);
    HttpConfiguration http = new HttpConfiguration();
    // Namespaces of several levels are joined by the control character U+001F.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
    // Whoever sends nothing is hung up on after a while, and whoever sends next to nothing, too.
    http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    return server;
  }

  private static FileIO files(StoreAccess store) {
    return new MetadataFiles(
        CatalogUtil.loadFileIO(StoreFileIO.class.getName(), store.icebergProperties(), null));
  }

  private static Opened open(
      Settings settings, Credentials credentials, StoreAccess store, FileIO files) {
    Map<String, String> properties = new LinkedHashMap<>(store.icebergProperties());
    String url =
        settings
            .optional(SettingKey.CATALOGUE_JDBC_URL)
            .orElseGet(() -> sqlite(settings.home().privateFile("catalogue.db")));
    properties.put("uri", url);
    properties.put("warehouse", store.location(settings.text(SettingKey.STORE_WAREHOUSE)));
    properties.put("jdbc.schema-version", "V1");
    properties.put("clients", "4");
    credentials.jdbcUser().ifPresent(user -> properties.put("jdbc.user", user));
    credentials.jdbcPassword().ifPresent(password -> properties.put("jdbc.password", password));
    return initialised(settings.home(), properties, files);
  }

  /** Two commands may meet on a new home: the tables are made by one of them. */
  private static synchronized Opened initialised(
      Home home, Map<String, String> properties, FileIO files) {
    try (FileChannel channel =
            FileChannel.open(
                home.privateFolder(".").resolve("catalogue.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      LOG.debug("Opening the catalogue's database under {}", lock);
      JdbcClientPool connections = new LeaseFence.Connections(CATALOGUE, properties);
      JdbcCatalog catalog = new JdbcCatalog(given -> files, given -> connections, true);
      catalog.initialize(CATALOGUE, properties);
      return new Opened(catalog, new TableLocations(connections));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không khoá được thư mục chính / the home cannot be locked",
          home.toString(),
          "",
          e);
    }
  }

  private static String sqlite(Path file) {
    return "jdbc:sqlite:" + file + "?journal_mode=WAL&busy_timeout=25000";
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The REST catalogue did not stop cleanly", e);
    }
  }

  private static TnmtException failure(Exception e, int port) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return TnmtException.of(
            ErrorCode.PORT_IN_USE,
            "cổng đã có chương trình khác dùng / the port is taken",
            "127.0.0.1:" + port,
            "chọn cổng khác / choose another with up.catalogue.port",
            e);
      }
    }
    return TnmtException.of(
        ErrorCode.CATALOGUE_UNREACHABLE,
        "danh mục REST không khởi động được / the REST catalogue did not start",
        "",
        "",
        e);
  }
}
