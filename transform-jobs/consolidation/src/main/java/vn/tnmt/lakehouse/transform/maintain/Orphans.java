package vn.tnmt.lakehouse.transform.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Objects in a table's folder that none of its snapshots and no metadata that the catalogue knows
 * refers to: what killed nights wrote, and what an expiry that was killed had yet to delete.
 *
 * <p>Iceberg's own action lists with Spark and compares in a shuffle. Here the names of one table's
 * files are read from its manifests, each once, into memory: some 100 bytes a file.
 */
final class Orphans {
  private static final Pattern METADATA =
      Pattern.compile(".*/metadata/(\\d+)-[^/]*\\.metadata\\.json");

  /** Objects of a table that nothing names. */
  record Found(List<String> locations, long bytes) {}

  private Orphans() {}

  /**
   * Looks; whoever deletes what it finds holds the lake's lease.
   *
   * @param before objects written since then are left alone: somebody may be about to commit them
   * @throws TnmtException {@code TNMT-4008} when the store has metadata that is newer than the
   *     catalogue's, whose files would look like orphans
   */
  static Found find(Table table, Instant before) {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    Set<String> named = named(table, metadata);
    int version = version(Objects.requireNonNull(metadata.metadataFileLocation()));
    List<String> orphans = new ArrayList<>();
    long bytes = 0;
    String folder = table.location().replaceFirst("/*$", "/");
    for (FileInfo file : ((SupportsPrefixOperations) table.io()).listPrefix(folder)) {
      if (version(file.location()) > version) {
        throw TnmtException.of(
            ErrorCode.TABLE_DAMAGED,
            "kho có siêu dữ liệu mới hơn danh mục, chưa xoá gì của bảng này / the store has newer"
                + " metadata than the catalogue, nothing of the table was deleted",
            file.location(),
            "./tnmt repair --dry-run; tệp dở của lệnh bị giết thì lần ghi sau sẽ qua / what a killed"
                + " commit left is passed by the next");
      }
      if (file.createdAtMillis() < before.toEpochMilli() && !named.contains(key(file.location()))) {
        orphans.add(file.location());
        bytes += file.size();
      }
    }
    return new Found(orphans, bytes);
  }

  static void delete(Table table, Found found) {
    ((SupportsBulkOperations) table.io()).deleteFiles(found.locations());
  }

  private static int version(String location) {
    Matcher metadata = METADATA.matcher(location);
    return metadata.matches() ? Integer.parseInt(metadata.group(1)) : -1;
  }

  /** Keys of everything that the table's metadata leads to. */
  private static Set<String> named(Table table, TableMetadata metadata) {
    Set<String> named = new HashSet<>();
    named.add(key(Objects.requireNonNull(metadata.metadataFileLocation())));
    metadata.previousFiles().forEach(file -> named.add(key(file.file())));
    metadata.statisticsFiles().forEach(file -> named.add(key(file.path())));
    metadata.partitionStatisticsFiles().forEach(file -> named.add(key(file.path())));
    Map<String, ManifestFile> manifests = new HashMap<>();
    for (Snapshot snapshot : metadata.snapshots()) {
      named.add(key(snapshot.manifestListLocation()));
      snapshot.allManifests(table.io()).forEach(one -> manifests.put(one.path(), one));
    }
    for (ManifestFile manifest : manifests.values()) {
      named.add(key(manifest.path()));
      addFiles(table, manifest, named);
    }
    return named;
  }

  private static void addFiles(Table table, ManifestFile manifest, Set<String> named) {
    try (ManifestReader<? extends ContentFile<?>> files =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      files.select(List.of("file_path")).forEach(file -> named.add(key(file.location())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without scheme and bucket: some write {@code s3a://}. */
  private static String key(String location) {
    int bucket = location.indexOf("://") + 3;
    return bucket < 3 ? location : location.substring(location.indexOf('/', bucket) + 1);
  }
}
