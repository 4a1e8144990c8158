package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.testing.OtherProcess;

@Tag("slow")
final class LocalServicesTest {
  private static final Namespace NAMESPACE = Namespace.of("t");
  private static final TableIdentifier TABLE = TableIdentifier.of(NAMESPACE, "a");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final int APPENDS = 10;

  @TempDir Path dir;

  @Test
  void whatOneCommandLeftTheNextOneFinds() {
    try (Lakehouse first = open()) {
      createTable(first.catalog());
      append(first.catalog(), "first");
      first.store().put("landing/x", new byte[] {7});
    }
    try (Lakehouse second = open()) {
      assertThat(paths(second.catalog())).containsExactly("s3://tnmt/first.parquet");
      assertThat(second.store().get("landing/x")).containsExactly(7);
    }
  }

  @Test
  void twoProcessesAndTwoLakehousesAppendAtOnceAndNothingIsLost() throws Exception {
    try (Lakehouse one = open();
        Lakehouse two = open();
        OtherProcess other = OtherProcess.start(Appender.class, dir.toString(), "other")) {
      createTable(one.catalog());
      assertThat(other.readLine()).isEqualTo("ready");
      ExecutorService threads = Executors.newFixedThreadPool(2);
      other.writeLine("go");
      List<Callable<Void>> work =
          List.of(() -> appendAll(one.catalog(), "one"), () -> appendAll(two.catalog(), "two"));
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
      threads.shutdown();
      assertThat(other.readLine()).isEqualTo("done");
      assertThat(paths(two.catalog())).hasSize(3 * APPENDS).doesNotHaveDuplicates();
    }
  }

  @Test
  void aKilledProcessStopsNobody() throws Exception {
    try (OtherProcess other = OtherProcess.start(Appender.class, dir.toString(), "killed")) {
      assertThat(other.readLine()).isEqualTo("ready");
      other.kill();
    }
    try (Lakehouse next = open()) {
      createTable(next.catalog());
      append(next.catalog(), "next");
      assertThat(paths(next.catalog())).hasSize(1);
    }
  }

  @Test
  void theEndpointsListenOnLoopbackOnly() throws IOException {
    try (Lakehouse lake = open()) {
      List<Integer> ports =
          List.of(
              URI.create(lake.access().uri()).getPort(),
              URI.create(lake.access().store().endpoint()).getPort());
      List<InetAddress> outside =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress())
              .toList();
      for (int port : ports) {
        assertThat(connects(InetAddress.getLoopbackAddress(), port)).isTrue();
        assertThat(outside)
            .allSatisfy(address -> assertThat(connects(address, port)).as("%s", address).isFalse());
      }
    }
  }

  @Test
  void withoutCredentialsNothingIsToldAndNothingIsDone() throws Exception {
    try (Lakehouse lake = open()) {
      lake.store().put("secret.txt", new byte[] {1});
      String s3 = lake.access().store().endpoint();
      assertThat(status("GET", s3 + "/")).isEqualTo(403);
      assertThat(status("GET", s3 + "/tnmt")).isEqualTo(403);
      assertThat(status("GET", s3 + "/tnmt/secret.txt")).isEqualTo(403);
      assertThat(status("PUT", s3 + "/tnmt/other.txt")).isEqualTo(403);
      assertThat(status("DELETE", s3 + "/tnmt/secret.txt")).isEqualTo(403);
      String rest = lake.access().uri();
      assertThat(status("GET", rest + "/v1/config")).isEqualTo(401);
      assertThat(status("GET", rest + "/v1/namespaces", "Authorization", "Bearer wrong"))
          .isEqualTo(401);
      assertThat(lake.store().exists("secret.txt")).isTrue();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    Home home = Home.of(dir);
    Settings settings = Settings.load(home, Optional.empty());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Lakehouse.open(home, settings, port, 0))
          .hasMessageStartingWith("TNMT-5006")
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("up.s3.port");
      assertThatThrownBy(() -> Lakehouse.open(home, settings, 0, port))
          .hasMessageStartingWith("TNMT-5006")
          .hasMessageContaining("up.catalogue.port");
    }
  }

  @Test
  void aDatabaseThatIsNoDatabaseIsAnError() {
    Home home = Home.of(dir);
    Settings settings =
        Settings.load(home, Optional.empty())
            .with("catalogue.jdbc.url", "jdbc:sqlite:" + dir.resolve("no/such/folder/x.db"));
    assertThatThrownBy(() -> Lakehouse.open(home, settings)).hasMessageStartingWith("TNMT-4001");
  }

  @Test
  void aCatalogueThatIsNotThereIsAnError() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Home home = Home.of(dir);
    Settings settings =
        Settings.load(home, Optional.empty())
            .with("catalogue.kind", "rest")
            .with("catalogue.uri", "http://127.0.0.1:" + free);
    try (Lakehouse lake = Lakehouse.open(home, settings)) {
      assertThatThrownBy(lake::catalog)
          .hasMessageStartingWith("TNMT-4001")
          .hasMessageContaining("http://127.0.0.1:" + free);
    }
  }

  private Lakehouse open() {
    Home home = Home.of(dir);
    return Lakehouse.open(home, Settings.load(home, Optional.empty()));
  }

  private static void createTable(Catalog catalog) {
    ((SupportsNamespaces) catalog).createNamespace(NAMESPACE);
    catalog.createTable(TABLE, SCHEMA);
  }

  private static @Nullable Void appendAll(Catalog catalog, String name) {
    for (int i = 0; i < APPENDS; i++) {
      append(catalog, name + i);
    }
    return null;
  }

  private static void append(Catalog catalog, String name) {
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("s3://tnmt/" + name + ".parquet")
            .withFileSizeInBytes(100)
            .withRecordCount(1)
            .build();
    Table table = catalog.loadTable(TABLE);
    table.updateProperties().set("commit.retry.num-retries", "50").commit();
    table.newFastAppend().appendFile(file).commit();
  }

  private static List<String> paths(Catalog catalog) {
    List<String> paths = new ArrayList<>();
    catalog
        .loadTable(TABLE)
        .newScan()
        .planFiles()
        .forEach(task -> paths.add(task.file().location()));
    return paths;
  }

  private static boolean connects(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int status(String method, String url, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Opens the home, waits for a line, appends. */
  static final class Appender {
    public static void main(String[] arguments) throws IOException {
      Home home = Home.of(Path.of(arguments[0]));
      try (Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()))) {
        lake.catalog();
        System.out.println("ready");
        if (System.in.read() >= 0) {
          appendAll(lake.catalog(), arguments[1]);
        }
      }
      System.out.println("done");
    }
  }
}
