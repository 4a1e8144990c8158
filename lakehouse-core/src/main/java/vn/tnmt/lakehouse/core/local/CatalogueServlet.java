package vn.tnmt.lakehouse.core.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.apache.iceberg.shaded.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.iceberg.shaded.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/**
 * The Iceberg REST catalogue protocol over Iceberg's own {@link CatalogHandlers}. Every request
 * carries one of the home's bearer tokens: with the reader's nothing can be changed. Multi-table
 * transactions are not offered, because the store behind cannot commit them as one.
 */
final class CatalogueServlet extends HttpServlet {
  /** What stands between the levels of a namespace in a path. */
  private static final String NAMESPACE_SEPARATOR = "%1F";

  private static final String BEARER = "Bearer ";

  /** Bytes of a request: a commit has some kB. */
  static final int MOST_BODY = 64 << 20;

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueServlet.class);
  private static final ObjectMapper JSON = json();

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.V1_LIST_NAMESPACES,
          Endpoint.V1_LOAD_NAMESPACE,
          Endpoint.V1_NAMESPACE_EXISTS,
          Endpoint.V1_CREATE_NAMESPACE,
          Endpoint.V1_UPDATE_NAMESPACE,
          Endpoint.V1_DELETE_NAMESPACE,
          Endpoint.V1_LIST_TABLES,
          Endpoint.V1_LOAD_TABLE,
          Endpoint.V1_TABLE_EXISTS,
          Endpoint.V1_CREATE_TABLE,
          Endpoint.V1_UPDATE_TABLE,
          Endpoint.V1_DELETE_TABLE,
          Endpoint.V1_RENAME_TABLE,
          Endpoint.V1_REGISTER_TABLE,
          Endpoint.V1_REPORT_METRICS,
          Endpoint.V1_LIST_VIEWS,
          Endpoint.V1_LOAD_VIEW,
          Endpoint.V1_VIEW_EXISTS,
          Endpoint.V1_CREATE_VIEW,
          Endpoint.V1_UPDATE_VIEW,
          Endpoint.V1_DELETE_VIEW,
          Endpoint.V1_RENAME_VIEW);

  private final transient Supplier<JdbcCatalog> catalogue;
  private final byte[] writer;
  private final byte[] reader;
  private final transient MainGuard guard;
  private final transient Function<TableIdentifier, Optional<String>> locations;

  /**
   * @param catalogue waits until the catalogue is open
   * @param locations where the metadata of a table is, without reading it
   */
  CatalogueServlet(
      Supplier<JdbcCatalog> catalogue,
      Function<TableIdentifier, Optional<String>> locations,
      String writer,
      String reader,
      MainGuard guard) {
    this.catalogue = catalogue;
    this.locations = locations;
    this.writer = writer.getBytes(UTF_8);
    this.reader = reader.getBytes(UTF_8);
    this.guard = guard;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      byte[] token = bearer(request);
      boolean mayWrite = MessageDigest.isEqual(token, writer);
      if (!mayWrite && !MessageDigest.isEqual(token, reader)) {
        fail(response, 401, "NotAuthorizedException", "the bearer token is missing or wrong");
        return;
      }
      if (!mayWrite && !reads(request)) {
        fail(response, 403, "ForbiddenException", "this token reads only");
        return;
      }
      Object answer = reads(request) ? route(request, response) : fenced(request, response);
      if (answer == null) {
        if (response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED) {
          response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
      } else {
        send(response, HttpServletResponse.SC_OK, JSON.writeValueAsString(answer));
      }
    } catch (UnknownRoute e) {
      fail(response, 404, "NotFoundException", e.getMessage());
    } catch (BodyTooLarge e) {
      fail(response, 413, "BadRequestException", e.getMessage());
    } catch (JsonProcessingException e) {
      fail(response, 400, "BadRequestException", "malformed request: " + e.getOriginalMessage());
    } catch (MetadataFiles.Unread e) {
      LOG.warn("{} {} failed", request.getMethod(), request.getRequestURI(), e);
      fail(response, 500, "ServiceFailureException", told(e));
    } catch (NotFoundException e) {
      fail(response, 422, "UnprocessableEntityException", damaged(request, e));
    } catch (RuntimeException e) {
      int status = RestErrors.status(e);
      if (status >= 500) {
        LOG.warn("{} {} failed", request.getMethod(), request.getRequestURI(), e);
      }
      fail(response, status, e.getClass().getSimpleName(), status >= 500 ? told(e) : said(e));
    }
  }

  private @Nullable Object fenced(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> epoch = Optional.ofNullable(request.getHeader(LeaseFence.HEADER));
    return LeaseFence.pass(catalogue.get(), epoch, () -> route(request, response));
  }

  /** A database, disk or store that failed below the catalogue is told in coded words. */
  private static String told(RuntimeException e) {
    return DatabaseFaults.of(e)
        .or(() -> StoreFaults.of(e))
        .map(TnmtException::getMessage)
        .orElseGet(() -> said(e));
  }

  private static String said(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  /** The token; the scheme's name is in any case (RFC 9110, 11.1). */
  private static byte[] bearer(HttpServletRequest request) {
    String given = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    return given.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? given.substring(BEARER.length()).strip().getBytes(UTF_8)
        : new byte[0];
  }

  private static boolean reads(HttpServletRequest request) {
    String method = request.getMethod();
    return method.equals("GET")
        || method.equals("HEAD")
        || (method.equals("POST") && request.getRequestURI().endsWith("/metrics"));
  }

  /** A file of the table is damaged or gone: trying again does not help. */
  private static String damaged(HttpServletRequest request, NotFoundException e) {
    return "%s siêu dữ liệu của bảng hỏng hoặc mất / a table's metadata is damaged or gone (%s: %s): %s"
        .formatted(
            ErrorCode.TABLE_DAMAGED.id(),
            request
                .getRequestURI()
                .replaceFirst(".*/namespaces/([^/]+)/tables/([^/?]+).*", "$1.$2"),
            e.getMessage(),
            "./tnmt repair --dry-run");
  }

  private Object route(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] parts =
        Arrays.stream(request.getRequestURI().split("/"))
            .filter(part -> !part.isEmpty())
            .toArray(String[]::new);
    if (parts.length < 2 || !parts[0].equals("v1")) {
      throw new UnknownRoute(request);
    }
    String method = request.getMethod();
    return switch (parts[1]) {
      case "config" -> config(request);
      case "namespaces" -> namespaces(request, response, method, parts);
      case "tables" -> renameTable(request, method, parts);
      case "views" -> renameView(request, method, parts);
      default -> throw new UnknownRoute(request);
    };
  }

  private ConfigResponse config(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      throw new UnknownRoute(request);
    }
    return ConfigResponse.builder().withEndpoints(ENDPOINTS).build();
  }

  private Object namespaces(
      HttpServletRequest request, HttpServletResponse response, String method, String[] parts)
      throws IOException {
    JdbcCatalog catalog = catalogue.get();
    if (parts.length == 2) {
      return switch (method) {
        case "GET" -> {
          Namespace parent =
              Optional.ofNullable(request.getParameter("parent"))
                  .filter(text -> !text.isEmpty())
                  .map(RESTUtil::namespaceFromQueryParam)
                  .orElse(Namespace.empty());
          yield page(request).isPresent()
              ? CatalogHandlers.listNamespaces(
                  catalog, parent, pageToken(request), page(request).get())
              : CatalogHandlers.listNamespaces(catalog, parent);
        }
        case "POST" -> {
          CreateNamespaceRequest create = body(request, CreateNamespaceRequest.class);
          if (create.namespace() == null || create.namespace().isEmpty()) {
            throw new BadRequestException("the namespace is missing");
          }
          yield CatalogHandlers.createNamespace(catalog, create);
        }
        default -> throw new UnknownRoute(request);
      };
    }
    Namespace namespace = RESTUtil.decodeNamespace(parts[2], NAMESPACE_SEPARATOR);
    if (parts.length == 3) {
      return namespace(request, method, catalog, namespace);
    }
    return switch (parts[3]) {
      case "properties" -> {
        if (parts.length != 4 || !method.equals("POST")) {
          throw new UnknownRoute(request);
        }
        yield CatalogHandlers.updateNamespaceProperties(
            catalog, namespace, body(request, UpdateNamespacePropertiesRequest.class));
      }
      case "tables" -> tables(request, response, method, catalog, namespace, parts);
      case "views" -> views(request, method, catalog, namespace, parts);
      case "register" -> {
        if (parts.length != 4 || !method.equals("POST")) {
          throw new UnknownRoute(request);
        }
        CatalogHandlers.loadNamespace(catalog, namespace);
        yield CatalogHandlers.registerTable(
            catalog, namespace, body(request, RegisterTableRequest.class));
      }
      default -> throw new UnknownRoute(request);
    };
  }

  private static Object namespace(
      HttpServletRequest request, String method, JdbcCatalog catalog, Namespace namespace) {
    return switch (method) {
      case "GET" -> CatalogHandlers.loadNamespace(catalog, namespace);
      case "HEAD" -> {
        CatalogHandlers.namespaceExists(catalog, namespace);
        yield null;
      }
      case "DELETE" -> {
        CatalogHandlers.dropNamespace(catalog, namespace);
        yield null;
      }
      default -> throw new UnknownRoute(request);
    };
  }

  private @Nullable Object tables(
      HttpServletRequest request,
      HttpServletResponse response,
      String method,
      JdbcCatalog catalog,
      Namespace namespace,
      String[] parts)
      throws IOException {
    if (parts.length == 4) {
      return switch (method) {
        case "GET" ->
            page(request).isPresent()
                ? CatalogHandlers.listTables(
                    catalog, namespace, pageToken(request), page(request).get())
                : CatalogHandlers.listTables(catalog, namespace);
        case "POST" -> {
          CreateTableRequest create = body(request, CreateTableRequest.class);
          create.validate();
          // The database behind would take a table that no listing of namespaces leads to.
          CatalogHandlers.loadNamespace(catalog, namespace);
          yield create.stageCreate()
              ? CatalogHandlers.stageTableCreate(catalog, namespace, create)
              : CatalogHandlers.createTable(catalog, namespace, create);
        }
        default -> throw new UnknownRoute(request);
      };
    }
    TableIdentifier table = TableIdentifier.of(namespace, RESTUtil.decodeString(parts[4]));
    if (parts.length == 6 && parts[5].equals("metrics") && method.equals("POST")) {
      return null;
    }
    if (parts.length != 5) {
      throw new UnknownRoute(request);
    }
    return switch (method) {
      case "GET" -> loaded(request, response, catalog, table);
      case "HEAD" -> {
        CatalogHandlers.tableExists(catalog, table);
        yield null;
      }
      case "POST" -> {
        UpdateTableRequest update = body(request, UpdateTableRequest.class);
        guard.require(table, update);
        yield CatalogHandlers.updateTable(catalog, table, update);
      }
      case "DELETE" -> {
        if (Boolean.parseBoolean(request.getParameter("purgeRequested"))) {
          guard.requirePurgeable(table);
          CatalogHandlers.purgeTable(catalog, table);
        } else {
          CatalogHandlers.dropTable(catalog, table);
        }
        yield null;
      }
      default -> throw new UnknownRoute(request);
    };
  }

  /**
   * A table, or that it is still as the client has it: a night asks for each of its tables dozens
   * of times. An answer follows from the metadata file and from which snapshots are wanted.
   */
  private @Nullable Object loaded(
      HttpServletRequest request,
      HttpServletResponse response,
      JdbcCatalog catalog,
      TableIdentifier table) {
    SnapshotMode mode = snapshotMode(request);
    Optional<String> standing = locations.apply(table).map(location -> etag(location, mode));
    if (standing.isPresent() && standing.get().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return null;
    }
    LoadTableResponse answer = CatalogHandlers.loadTable(catalog, table, mode);
    response.setHeader("ETag", etag(answer.metadataLocation(), mode));
    return answer;
  }

  private static String etag(String metadataLocation, SnapshotMode mode) {
    return '"' + metadataLocation + '#' + mode + '"';
  }

  private static Object views(
      HttpServletRequest request,
      String method,
      JdbcCatalog catalog,
      Namespace namespace,
      String[] parts)
      throws IOException {
    if (parts.length == 4) {
      return switch (method) {
        case "GET" ->
            page(request).isPresent()
                ? CatalogHandlers.listViews(
                    catalog, namespace, pageToken(request), page(request).get())
                : CatalogHandlers.listViews(catalog, namespace);
        case "POST" -> {
          CatalogHandlers.loadNamespace(catalog, namespace);
          yield CatalogHandlers.createView(
              catalog, namespace, body(request, CreateViewRequest.class));
        }
        default -> throw new UnknownRoute(request);
      };
    }
    if (parts.length != 5) {
      throw new UnknownRoute(request);
    }
    TableIdentifier view = TableIdentifier.of(namespace, RESTUtil.decodeString(parts[4]));
    return switch (method) {
      case "GET" -> CatalogHandlers.loadView(catalog, view);
      case "HEAD" -> {
        CatalogHandlers.viewExists(catalog, view);
        yield null;
      }
      case "POST" ->
          CatalogHandlers.updateView(catalog, view, body(request, UpdateTableRequest.class));
      case "DELETE" -> {
        CatalogHandlers.dropView(catalog, view);
        yield null;
      }
      default -> throw new UnknownRoute(request);
    };
  }

  private @Nullable Object renameTable(HttpServletRequest request, String method, String[] parts)
      throws IOException {
    requireRename(request, method, parts);
    RenameTableRequest rename = body(request, RenameTableRequest.class);
    rename.validate();
    CatalogHandlers.loadNamespace(catalogue.get(), rename.destination().namespace());
    CatalogHandlers.renameTable(catalogue.get(), rename);
    return null;
  }

  private @Nullable Object renameView(HttpServletRequest request, String method, String[] parts)
      throws IOException {
    requireRename(request, method, parts);
    RenameTableRequest rename = body(request, RenameTableRequest.class);
    rename.validate();
    CatalogHandlers.loadNamespace(catalogue.get(), rename.destination().namespace());
    CatalogHandlers.renameView(catalogue.get(), rename);
    return null;
  }

  private static void requireRename(HttpServletRequest request, String method, String[] parts) {
    if (parts.length != 3 || !parts[2].equals("rename") || !method.equals("POST")) {
      throw new UnknownRoute(request);
    }
  }

  private static <T> T body(HttpServletRequest request, Class<T> type) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BODY + 1);
    if (body.length > MOST_BODY) {
      throw new BodyTooLarge();
    }
    return JSON.readValue(body, type);
  }

  private static SnapshotMode snapshotMode(HttpServletRequest request) {
    String mode = request.getParameter("snapshots");
    return mode == null ? SnapshotMode.ALL : SnapshotMode.valueOf(mode.toUpperCase(Locale.ROOT));
  }

  private static Optional<String> page(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameter("pageSize"));
  }

  /** The first page is asked for with an empty token, which the handlers expect, not null. */
  private static String pageToken(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameter("pageToken")).orElse("");
  }

  private static void fail(HttpServletResponse response, int status, String type, String message)
      throws IOException {
    send(
        response,
        status,
        ErrorResponseParser.toJson(
            ErrorResponse.builder()
                .responseCode(status)
                .withType(type)
                .withMessage(message)
                .build()));
  }

  private static void send(HttpServletResponse response, int status, String json)
      throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** The mapper that Iceberg's own client and server use; theirs is not public. */
  private static ObjectMapper json() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(mapper);
    return mapper;
  }

  private static final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge() {
      super("the request is larger than " + (MOST_BODY >> 20) + " MB");
    }
  }

  /** A path or method that the protocol, or this server, does not have. */
  private static final class UnknownRoute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownRoute(HttpServletRequest request) {
      super("no such route: " + request.getMethod() + " " + request.getRequestURI());
    }
  }
}
