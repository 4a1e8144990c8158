package vn.tnmt.lakehouse.transform.release;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.WholeFile;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * The marks of a lake: {@code lake.json} in the home, {@code lake.json} beside {@code
 * releases/newest.json} in the store, and the properties of the namespace {@code tnmt} in the
 * catalogue.
 */
final class Marks {
  private static final String FILE = "lake.json";
  private static final Namespace NAMESPACE = Namespace.of("tnmt");
  private static final String LAKE = "lake-id";
  private static final String RELEASE = "newest-release";
  private static final String SHA256 = "newest-manifest-sha256";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;
  private final ObjectStore store;

  Marks(Home home, ObjectStore store) {
    this.home = home;
    this.store = store;
  }

  Optional<Mark> ofHome() {
    Path file = home.resolve(FILE);
    try {
      return Files.exists(file)
          ? mark(properties(Files.readAllBytes(file), file.toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** The newest release is what {@code newest.json} says. */
  Optional<Mark> ofStore() {
    return store
        .find(FILE)
        .flatMap(bytes -> mark(properties(bytes, store.access().location(FILE))))
        .map(mark -> new Mark(mark.lakeId(), new Manifests(store).ref(Manifests.NEWEST)));
  }

  static Optional<Mark> ofCatalogue(SupportsNamespaces catalogue) {
    try {
      return mark(catalogue.loadNamespaceMetadata(NAMESPACE));
    } catch (NoSuchNamespaceException e) {
      return Optional.empty();
    }
  }

  /** Writes all three; the home's last, because it is the nearest to be lost. */
  void set(Mark mark, SupportsNamespaces catalogue) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(LAKE, mark.lakeId());
    if (!mark.newest().isNone()) {
      properties.put(RELEASE, mark.newest().releaseId());
      properties.put(SHA256, mark.newest().sha256());
    }
    if (ofStore().isEmpty()) {
      store.put(FILE, json(Map.of(LAKE, mark.lakeId())));
    }
    if (!catalogue.namespaceExists(NAMESPACE)) {
      catalogue.createNamespace(NAMESPACE);
    }
    catalogue.setProperties(NAMESPACE, properties);
    Path file = home.privateFolder(".").resolve(FILE);
    try {
      WholeFile.write(
          file, new String(json(properties), StandardCharsets.UTF_8), WholeFile.PRIVATE);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không ghi được thư mục chính / the home cannot be written",
          file.toString(),
          "make room, or make the folder writable",
          e);
    }
  }

  private static Optional<Mark> mark(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(LAKE))
        .map(
            id ->
                new Mark(
                    id,
                    new ManifestRef(
                        properties.getOrDefault(RELEASE, ""),
                        properties.getOrDefault(SHA256, ""))));
  }

  private static Map<String, String> properties(byte[] json, String where) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  private static byte[] json(Map<String, String> properties) {
    try {
      return JSON.writeValueAsBytes(properties);
    } catch (IOException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }

  private static TnmtException unreadable(String where, IOException e) {
    return TnmtException.of(
        ErrorCode.PAST_BROKEN,
        "không đọc được dấu nhận dạng của hồ / the lake's mark cannot be read",
        where,
        "xoá tệp rồi chạy / delete it, then run ./tnmt repair",
        e);
  }
}
