package vn.tnmt.lakehouse.transform.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;

/**
 * The manifests in the store: {@code releases/<id>.json}, which never change, the newest again as
 * {@code newest.json}, what a run may publish as {@code staged.json}, and what is being published
 * as {@code publishing-<number of the lease>.json} ({@link Intent}).
 */
final class Manifests {
  static final String FOLDER = "releases/";

  /** What is being published under no lease. */
  static final String INTENT = FOLDER + "publishing.json";

  static final String STAGED = FOLDER + "staged.json";
  static final String NEWEST = FOLDER + "newest.json";

  private static final Pattern OF_RELEASE = Pattern.compile("R\\d{8}-\\d+\\.json");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final ObjectStore store;

  Manifests(ObjectStore store) {
    this.store = store;
  }

  static String key(String releaseId) {
    return FOLDER + releaseId + ".json";
  }

  /** Ids of the releases whose manifests are there. */
  List<String> ids() {
    return store.children(FOLDER).stream()
        .filter(name -> OF_RELEASE.matcher(name).matches())
        .map(name -> name.substring(0, name.length() - ".json".length()))
        .toList();
  }

  /**
   * Manifests of releases as they are in the store, each read once: its bytes' hash is its name.
   */
  Map<ManifestRef, Release> all() {
    Map<ManifestRef, Release> all = new ConcurrentHashMap<>();
    ids().stream()
        .parallel()
        .forEach(
            id -> {
              byte[] bytes = store.get(key(id));
              all.put(new ManifestRef(id, Sha256.hex(bytes)), read(key(id), bytes));
            });
    return all;
  }

  Optional<Release> find(String key) {
    return store.find(key).map(bytes -> read(key, bytes));
  }

  /** The manifest of a key with what tells it from every other; {@code NONE} when it is missing. */
  ManifestRef ref(String key) {
    return store
        .find(key)
        .map(bytes -> new ManifestRef(read(key, bytes).releaseId(), Sha256.hex(bytes)))
        .orElse(ManifestRef.NONE);
  }

  /** Whether the manifest is there, to the byte. */
  boolean has(ManifestRef ref) {
    return store
        .find(key(ref.releaseId()))
        .filter(bytes -> Sha256.hex(bytes).equals(ref.sha256()))
        .isPresent();
  }

  void put(String key, Release release) {
    store.put(key, json(release));
  }

  /**
   * Keeps a release's manifest and makes it the newest. Idempotent.
   *
   * @throws TnmtException {@code TNMT-6006} when its place is another release's
   */
  ManifestRef keep(Release release) {
    byte[] bytes = json(release);
    ManifestRef ref = new ManifestRef(release.releaseId(), Sha256.hex(bytes));
    requireFree(release);
    store.put(key(release.releaseId()), bytes);
    store.put(NEWEST, bytes);
    return ref;
  }

  /** What was released is never written over. */
  void requireFree(Release release) {
    String key = key(release.releaseId());
    if (store.exists(key)
        && !has(new ManifestRef(release.releaseId(), Sha256.hex(json(release))))) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "mã bản phát hành đã dùng / the id is another release's: the catalogue has forgotten it",
          key,
          "./tnmt repair --dry-run");
    }
  }

  void copy(String from, String to) {
    store.put(to, store.get(from));
  }

  void delete(String key) {
    store.delete(key);
  }

  private static Release read(String key, byte[] bytes) {
    try {
      return JSON.readValue(bytes, Release.class);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "không đọc được bản kê phát hành / a release manifest cannot be read",
          key,
          "./tnmt repair --dry-run; or restore the object from a backup",
          e);
    }
  }

  private static byte[] json(Release release) {
    try {
      return JSON.writeValueAsBytes(release);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "a release cannot be written as JSON", "", "", e);
    }
  }
}
