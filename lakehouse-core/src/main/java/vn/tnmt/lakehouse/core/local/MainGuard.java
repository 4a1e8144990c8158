package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.shaded.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.shaded.com.fasterxml.jackson.databind.ObjectMapper;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.core.lease.LeaseState;

/**
 * Nothing but a release moves {@code main}: of a table that a release has, {@code main} may go only
 * to the snapshot that the intent to publish, or the newest release, names for it. Both stand in
 * the store, so no client needs a special right and none can forget to ask for one. Journals, which
 * the manifests name, are written directly.
 */
final class MainGuard {
  private static final String NEWEST = "releases/newest.json";
  private static final String INTENT = "releases/publishing.json"; // of one without a lease
  private static final String STAGED = "releases/staged.json";
  private static final long NOWHERE = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<FileIO> files;
  private final Function<String, String> location;
  private final Supplier<Optional<LeaseState>> lease;

  /**
   * @param location of an object, by its key in the bucket
   * @param lease the lake's, which names the intent that counts
   */
  MainGuard(
      Supplier<FileIO> files,
      Function<String, String> location,
      Supplier<Optional<LeaseState>> lease) {
    this.files = files;
    this.location = location;
    this.lease = lease;
  }

  /**
   * Looks at what a client wants to change.
   *
   * @throws ForbiddenException with {@code TNMT-4007}
   */
  void require(TableIdentifier table, UpdateTableRequest request) {
    for (MetadataUpdate update : request.updates()) {
      if (update instanceof MetadataUpdate.SetSnapshotRef to
          && to.name().equals(SnapshotRef.MAIN_BRANCH)) {
        requireReleased(table, to.snapshotId());
      } else if (update instanceof MetadataUpdate.RemoveSnapshotRef gone
          && gone.name().equals(SnapshotRef.MAIN_BRANCH)) {
        requireReleased(table, NOWHERE);
      }
    }
  }

  /** What a purge deletes nothing can bring back; a table that is only dropped can be repaired. */
  void requirePurgeable(TableIdentifier table) {
    requireReleased(table, NOWHERE);
  }

  private void requireReleased(TableIdentifier table, long snapshot) {
    Optional<JsonNode> newest = read(NEWEST);
    Optional<JsonNode> intent =
        read(lease.get().map(LeaseState::intent).filter(key -> !key.isEmpty()).orElse(INTENT));
    Set<Long> allowed = new HashSet<>();
    boolean ofNewest = pins(newest, table, allowed);
    boolean ofIntent = pins(intent, table, allowed);
    boolean released = ofNewest || ofIntent || pins(read(STAGED), table, new HashSet<>());
    if (released && !allowed.contains(snapshot)) {
      throw new ForbiddenException(
          "%s chỉ bản phát hành được dời nhánh main / nothing but a release moves main (%s):"
              + " dùng nhánh hoặc bảng của riêng mình; ./tnmt nightly phát hành"
              + " / write to a branch or to a table of your own; ./tnmt nightly releases",
          ErrorCode.MAIN_PROTECTED.id(), table);
    }
  }

  /** Adds the snapshot that a manifest pins; whether it pins the table at all. */
  private static boolean pins(
      Optional<JsonNode> manifest, TableIdentifier table, Set<Long> snapshots) {
    if (manifest.isEmpty()) {
      return false;
    }
    JsonNode journals = manifest.get().path("lineage").path("journals");
    if (!journals.isArray()) {
      return false; // made by a version that wrote to main
    }
    for (JsonNode journal : journals) {
      if (journal.asText().equals(table.toString())) {
        return false;
      }
    }
    for (JsonNode pinned : manifest.get().path("tables")) {
      if (pinned.path("name").asText().equals(table.toString())) {
        snapshots.add(pinned.path("snapshotId").asLong(NOWHERE));
        return true;
      }
    }
    return false;
  }

  private Optional<JsonNode> read(String key) {
    try (InputStream in = files.get().newInputFile(location.apply(key)).newStream()) {
      return Optional.of(JSON.readTree(in.readAllBytes()));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new ForbiddenException(
          e,
          "%s không đọc được bản kê phát hành / a release manifest cannot be read (%s):"
              + " ./tnmt repair --dry-run",
          ErrorCode.PAST_BROKEN.id(),
          key);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the store's fault, not the manifest's
    }
  }
}
