package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.View;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.core.lake.CatalogueAccess;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

/** The REST catalogue, seen through Iceberg's own client. */
final class CatalogueServerTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "tên", Types.StringType.get(), "tên gọi"));

  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @Test
  void namespacesHavePropertiesAndGoOnlyWhenEmpty() {
    Namespace namespace = Namespace.of("quan trắc");
    namespaces().createNamespace(namespace, new HashMap<>(Map.of("owner", "tnmt")));
    assertThat(namespaces().namespaceExists(namespace)).isTrue();
    assertThat(namespaces().listNamespaces()).contains(namespace);
    namespaces().setProperties(namespace, new HashMap<>(Map.of("comment", "chú thích")));
    namespaces().removeProperties(namespace, new HashSet<>(Set.of("owner")));
    assertThat(namespaces().loadNamespaceMetadata(namespace))
        .containsEntry("comment", "chú thích")
        .doesNotContainKey("owner");
    assertThatThrownBy(() -> namespaces().createNamespace(namespace))
        .isInstanceOf(AlreadyExistsException.class);

    TableIdentifier table = TableIdentifier.of(namespace, "bảng");
    catalog().createTable(table, SCHEMA);
    assertThat(catalog().listTables(namespace)).containsExactly(table);
    assertThatThrownBy(() -> namespaces().dropNamespace(namespace))
        .isInstanceOf(NamespaceNotEmptyException.class);
    catalog().dropTable(table, true);
    assertThat(namespaces().dropNamespace(namespace)).isTrue();
    assertThat(namespaces().dropNamespace(namespace)).isFalse();
    assertThatThrownBy(() -> catalog().listTables(namespace))
        .isInstanceOf(NoSuchNamespaceException.class);
  }

  @Test
  void aTableIsSentAgainOnlyWhenItHasChanged() throws Exception {
    namespaces().createNamespace(Namespace.of("etag"));
    Table table = catalog().createTable(TableIdentifier.of("etag", "t"), SCHEMA);
    HttpResponse<String> first = load("etag", "t", "");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.statusCode()).isEqualTo(200);
    HttpResponse<String> again = load("etag", "t", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(load("etag", "t?snapshots=refs", tag).statusCode())
        .as("other snapshots are asked for")
        .isEqualTo(200);

    table.updateProperties().set("x", "y").commit();
    HttpResponse<String> changed = load("etag", "t", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"x\":\"y\"");
    assertThat(catalog().loadTable(TableIdentifier.of("etag", "t")).properties())
        .as("Iceberg's client, which keeps tables")
        .containsEntry("x", "y");
    catalog().dropTable(TableIdentifier.of("etag", "t"));
    assertThat(load("etag", "t", changed.headers().firstValue("ETag").orElseThrow()).statusCode())
        .isEqualTo(404);
  }

  private static HttpResponse<String> load(String namespace, String table, String known)
      throws Exception {
    CatalogueAccess access = LAKE.lakehouse().access();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(access.uri())
                    .resolve("/v1/namespaces/" + namespace + "/tables/" + table))
            .header("Authorization", "Bearer " + access.properties().get("token"));
    return HttpClient.newHttpClient()
        .send(
            (known.isEmpty() ? request : request.header("If-None-Match", known)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    byte[] large = new byte[CatalogueServlet.MOST_BODY + 1];
    Arrays.fill(large, (byte) ' ');
    CatalogueAccess access = LAKE.lakehouse().access();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(access.uri()).resolve("/v1/namespaces"))
                    .header("Authorization", "Bearer " + access.properties().get("token"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  @Tag("slow")
  void whoNeverFinishesARequestKeepsNobodyWaitingAndIsHungUpOn() throws Exception {
    CatalogueAccess access = LAKE.lakehouse().access();
    String head =
        "POST /v1/namespaces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + access.properties().get("token")
            + "\r\n";
    List<String> begun =
        List.of("", "P", head, head + "Content-Length: 1000\r\n\r\n{", "GET / HTTP/1.1\r\nX: y");
    assertThat(namespaces().listNamespaces()).as("the client is open").isNotNull();
    List<Socket> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(access.uri()).getPort());
        halfOpen.add(socket);
        socket.getOutputStream().write(begun.get(i % 5).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      long asked = System.nanoTime();
      assertThat(namespaces().listNamespaces()).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      for (Socket socket : halfOpen) {
        socket.setSoTimeout(45_000);
        try {
          socket.getInputStream().readAllBytes(); // a time-out would be another exception
        } catch (SocketException e) {
          assertThat(e).hasMessageContaining("reset");
        }
      }
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
    }
  }

  @Test
  void namespacesMayBeNested() {
    Namespace inner = Namespace.of("outer", "inner");
    namespaces().createNamespace(Namespace.of("outer"));
    namespaces().createNamespace(inner);
    assertThat(namespaces().listNamespaces(Namespace.of("outer"))).containsExactly(inner);
    catalog().createTable(TableIdentifier.of(inner, "t"), SCHEMA);
    assertThat(catalog().loadTable(TableIdentifier.of(inner, "t")).schema().columns()).hasSize(2);
  }

  @Test
  void tablesAreCreatedChangedRenamedRegisteredAndDropped() {
    TableIdentifier name = table("tables", "a");
    Table table = catalog().buildTable(name, SCHEMA).withProperty("format-version", "2").create();
    assertThat(table.location()).isEqualTo("s3://tnmt/warehouse/tables/a");
    assertThatThrownBy(() -> catalog().createTable(name, SCHEMA))
        .isInstanceOf(AlreadyExistsException.class);
    table.updateSchema().addColumn("more", Types.DoubleType.get()).commit();
    assertThat(catalog().loadTable(name).schema().findField("more")).isNotNull();

    TableIdentifier renamed = table("tables", "b");
    catalog().renameTable(name, renamed);
    assertThat(catalog().tableExists(name)).isFalse();
    assertThat(catalog().tableExists(renamed)).isTrue();

    String metadata =
        ((BaseTable) catalog().loadTable(renamed)).operations().current().metadataFileLocation();
    assertThat(catalog().dropTable(renamed, false)).isTrue();
    assertThat(catalog().dropTable(renamed, false)).isFalse();
    assertThatThrownBy(() -> catalog().loadTable(renamed)).isInstanceOf(NoSuchTableException.class);
    assertThat(catalog().registerTable(name, metadata).schema().findField("more")).isNotNull();
  }

  @Test
  void aStagedTableExistsOnceItIsCommitted() {
    TableIdentifier name = table("staged", "a");
    Transaction transaction = catalog().buildTable(name, SCHEMA).createTransaction();
    assertThat(catalog().tableExists(name)).isFalse();
    transaction.commitTransaction();
    assertThat(catalog().tableExists(name)).isTrue();
  }

  @Test
  void ofTwoContradictingChangesOneIsRefused() {
    TableIdentifier name = table("conflict", "a");
    Table one = catalog().createTable(name, SCHEMA);
    Table two = catalog().loadTable(name);
    one.updateSchema().addColumn("x", Types.LongType.get()).commit();
    assertThatThrownBy(() -> two.updateSchema().addColumn("y", Types.LongType.get()).commit())
        .isInstanceOf(CommitFailedException.class);
  }

  @Test
  void viewsAreKept() {
    TableIdentifier name = table("views", "v");
    ViewCatalog views = (ViewCatalog) ((RESTCatalog) catalog());
    views
        .buildView(name)
        .withSchema(SCHEMA)
        .withDefaultNamespace(Namespace.of("views"))
        .withQuery("spark", "select 1L as id, 'x' as `tên`")
        .create();
    View view = views.loadView(name);
    assertThat(view.sqlFor("spark").sql()).contains("select 1L");
    assertThat(views.listViews(Namespace.of("views"))).containsExactly(name);
    TableIdentifier renamed = TableIdentifier.of("views", "w");
    views.renameView(name, renamed);
    assertThat(views.viewExists(name)).isFalse();
    assertThat(views.dropView(renamed)).isTrue();
  }

  @Test
  void longListsComeInPages() throws Exception {
    Namespace namespace = Namespace.of("pages");
    for (int i = 0; i < 5; i++) {
      table("pages", "t" + i);
      catalog().createTable(TableIdentifier.of(namespace, "t" + i), SCHEMA);
    }
    try (RESTCatalog paged = new RESTCatalog()) {
      Map<String, String> properties = new HashMap<>(access().properties());
      properties.put("rest-page-size", "2");
      paged.initialize("paged", properties);
      assertThat(paged.listTables(namespace)).hasSize(5);
      assertThat(paged.listNamespaces()).contains(namespace);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /v2/config, 404",
    "GET, /v1/nothing, 404",
    "POST, /v1/config, 404",
    "PATCH, /v1/namespaces, 404",
    "POST, /v1/namespaces, 400",
    "POST, /v1/transactions/commit, 404",
    "GET, /v1/namespaces/missing, 404",
    "HEAD, /v1/namespaces/missing, 404",
    "GET, /v1/namespaces/missing/tables/x, 404",
    "GET, /v1/namespaces/missing/tables/x/y, 404",
    "PUT, /v1/namespaces/missing/tables/x, 404",
    "POST, /v1/tables/rename, 400",
    "GET, /v1/config, 200",
  })
  void answersStrangeRequestsAsTheProtocolWants(String method, String path, int status)
      throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(access().uri() + path))
                    .header("Authorization", "Bearer " + access().token().orElseThrow())
                    .method(method, HttpRequest.BodyPublishers.ofString("{not json"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
    if (status >= 400 && !method.equals("HEAD")) {
      assertThat(response.body()).contains("\"error\"").contains("\"code\":" + status);
    }
  }

  private static TableIdentifier table(String namespace, String name) {
    if (!namespaces().namespaceExists(Namespace.of(namespace))) {
      namespaces().createNamespace(Namespace.of(namespace));
    }
    return TableIdentifier.of(namespace, name);
  }

  private static CatalogueAccess access() {
    return LAKE.lakehouse().access();
  }

  private static Catalog catalog() {
    return LAKE.lakehouse().catalog();
  }

  private static SupportsNamespaces namespaces() {
    return (SupportsNamespaces) catalog();
  }
}
