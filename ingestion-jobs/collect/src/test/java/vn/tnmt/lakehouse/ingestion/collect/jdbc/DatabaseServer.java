package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real database server of the machine's packages, in a folder and on a port of its own, as an
 * unprivileged user. Without the packages the tests that need it are skipped, unless the
 * environment says {@code TNMT_REQUIRE_DATABASES}.
 */
public final class DatabaseServer implements AutoCloseable {
  /** Of {@link #user}. */
  public static final String PASSWORD = "mật khẩu \"§'geheim";

  private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

  private final Process process;
  private final String url;
  private final String user;
  private final Thread atExit = new Thread(this::stop);

  private DatabaseServer(Process process, String url, String user) {
    this.process = process;
    this.url = url;
    this.user = user;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** For JDBC. */
  public String url() {
    return url;
  }

  /** Who may do everything, with {@link #PASSWORD}. */
  public String user() {
    return user;
  }

  /** PostgreSQL with PostGIS in its database {@code postgres}. */
  public static DatabaseServer postgres(Path folder) throws IOException, InterruptedException {
    Path bin = newestPostgres();
    require(bin != null, "postgresql postgresql-15-postgis-3");
    Path data = folder(folder, "postgres");
    Path password = data.resolveSibling("password");
    Files.writeString(password, PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    run(
        data,
        "postgres",
        bin.resolve("initdb").toString(),
        "-D",
        data.toString(),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--auth=scram-sha-256",
        "--pwfile=" + password,
        "-N");
    int port = freePort();
    Process process =
        start(
            data,
            "postgres",
            bin.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            "" + port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
            "-c",
            "shared_buffers=32MB");
    DatabaseServer server =
        new DatabaseServer(
            process, "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres");
    server.await();
    server.run("create extension postgis");
    return server;
  }

  /** MariaDB with an empty database {@code d}. */
  static DatabaseServer mariaDb(Path folder) throws IOException, InterruptedException {
    Path server = Path.of("/usr/sbin/mariadbd");
    require(Files.isExecutable(server), "mariadb-server");
    Path data = folder(folder, "mysql");
    run(
        data,
        "mysql",
        "/usr/bin/mariadb-install-db",
        "--no-defaults",
        "--datadir=" + data,
        "--auth-root-authentication-method=normal",
        "--skip-test-db");
    Path init = data.resolveSibling("init.sql");
    Files.writeString(
        init,
        "create database d character set utf8mb4;\n"
            + "create user 'u'@'127.0.0.1' identified by '"
            + PASSWORD.replace("'", "''")
            + "';\n"
            + "grant all on *.* to 'u'@'127.0.0.1';\n");
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rw-r--r--"));
    int port = freePort();
    Process process =
        start(
            data,
            "mysql",
            server.toString(),
            "--no-defaults",
            "--datadir=" + data,
            "--socket=" + data.resolve("s"),
            "--pid-file=" + data.resolve("pid"),
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            "--innodb-buffer-pool-size=32M",
            "--innodb-flush-log-at-trx-commit=0",
            "--init-file=" + init);
    DatabaseServer started =
        new DatabaseServer(process, "jdbc:mariadb://127.0.0.1:" + port + "/d", "u");
    started.await();
    return started;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, PASSWORD);
  }

  void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String ask(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(boolean there, String packages) {
    boolean demanded = System.getenv("TNMT_REQUIRE_DATABASES") != null;
    if (demanded && !there) {
      throw new IllegalStateException("TNMT_REQUIRE_DATABASES is set: apt-get install " + packages);
    }
    assumeTrue(there, "skipped: no database server; apt-get install " + packages);
  }

  private static Path newestPostgres() throws IOException {
    Path newest = null;
    int version = 0;
    if (Files.isDirectory(POSTGRES)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(POSTGRES, "[0-9]*")) {
        for (Path path : versions) {
          int its = Integer.parseInt(path.getFileName().toString());
          Path postgis = Path.of("/usr/share/postgresql/" + its + "/extension/postgis.control");
          if (its > version && Files.isRegularFile(postgis)) {
            version = its;
            newest = path.resolve("bin");
          }
        }
      }
    }
    return newest;
  }

  /** A data folder that the server's user owns, below folders that it may pass. */
  private static Path folder(Path parent, String user) throws IOException, InterruptedException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path data = Files.createDirectory(parent.resolve("data"));
    if (isRoot()) {
      Process chown = new ProcessBuilder("chown", user, data.toString()).inheritIO().start();
      if (chown.waitFor() != 0) {
        throw new IllegalStateException("chown " + user);
      }
    }
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    return data;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(Path data, String user, String... command)
      throws IOException, InterruptedException {
    if (start(data, user, command).waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log(data)));
    }
  }

  private static Process start(Path data, String user, String... command) throws IOException {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole)
        .directory(data.getParent().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
        .start();
  }

  private static Path log(Path data) {
    return data.resolveSibling("log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  private void await() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (; ; ) {
      try {
        connect().close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          stop();
          throw new IllegalStateException("the server did not start", e);
        }
        Thread.sleep(50);
      }
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }
}
