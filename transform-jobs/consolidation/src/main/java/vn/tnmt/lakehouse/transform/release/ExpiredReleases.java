package vn.tnmt.lakehouse.transform.release;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * Releases that can no longer be read: {@code releases/expired.json}. Their manifests stay, since
 * each is named with its hash by the one after it, and tell what was released; what they pin may be
 * gone.
 */
public final class ExpiredReleases {
  private static final String KEY = Manifests.FOLDER + "expired.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Why one of them is gone.
   *
   * @param setting what said so
   */
  public record Expired(Instant since, String setting) {}

  private final ObjectStore store;

  public ExpiredReleases(ObjectStore store) {
    this.store = store;
  }

  /** By id. */
  public Map<String, Expired> all() {
    if (!store.exists(KEY)) {
      return new TreeMap<>();
    }
    try {
      return JSON.readValue(store.get(KEY), new TypeReference<TreeMap<String, Expired>>() {});
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "không đọc được danh sách bản phát hành hết hạn / the list of expired releases cannot be"
              + " read",
          store.access().location(KEY),
          "restore the object from a backup; nothing was changed",
          e);
    }
  }

  /** From here on they cannot be read, whether or not what they hold is gone already. */
  void add(Collection<String> ids, Expired why) {
    Map<String, Expired> all = all();
    ids.forEach(id -> all.putIfAbsent(id, why));
    try {
      store.put(KEY, JSON.writeValueAsBytes(all));
    } catch (IOException e) {
      throw new IllegalStateException("texts and times are JSON", e);
    }
  }

  /**
   * Lets pass whoever asks for a release that is kept, or that never was.
   *
   * @throws TnmtException {@code TNMT-6011} that says since when it cannot be read, and why
   */
  public void requireKept(String releaseId) {
    Optional.ofNullable(all().get(releaseId))
        .ifPresent(
            expired -> {
              throw TnmtException.of(
                  ErrorCode.RELEASE_EXPIRED,
                  "bản phát hành đã hết hạn giữ, không đọc được nữa từ %s / the release is no longer kept, it cannot be read since %1$s"
                      .formatted(expired.since()),
                  releaseId + ", " + expired.setting(),
                  "./tnmt releases liệt kê những bản còn giữ / lists those that are kept");
            });
  }
}
