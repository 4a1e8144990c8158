package vn.tnmt.lakehouse.transform.release;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * Tables as the store has them, without a catalogue: each commit left a metadata file, {@code
 * <warehouse>/<namespace>/<table>/metadata/<version>-<uuid>.metadata.json}, that holds all of the
 * table's past.
 */
final class StoredTables {
  private static final Pattern METADATA = Pattern.compile("(\\d+)-[^/]*\\.metadata\\.json");
  private static final String FOLDER = "metadata/";

  private final ObjectStore store;
  private final String warehouse;

  StoredTables(Lakehouse lake) {
    this.store = lake.store();
    this.warehouse = lake.settings().text(SettingKey.STORE_WAREHOUSE) + "/";
  }

  private record File(String key, int version, Instant modified) {}

  /** Table → the folder of its metadata. */
  Map<String, String> find() {
    Map<String, String> found = new TreeMap<>();
    collect(warehouse, found);
    return found;
  }

  private void collect(String folder, Map<String, String> found) {
    List<String> children = store.children(folder);
    if (children.contains(FOLDER)) {
      String path = folder.substring(warehouse.length(), folder.length() - 1);
      found.put(path.replace('/', '.'), folder + FOLDER);
      return;
    }
    for (String child : children) {
      if (child.endsWith("/")) {
        collect(folder + child, found);
      }
    }
  }

  /**
   * The newest metadata of a table that can be read and that is wanted.
   *
   * @param folder as {@link #find} has it
   */
  Optional<TableMetadata> newest(String folder, Predicate<TableMetadata> wanted) {
    return newestFirst(folder).stream()
        .map(this::read)
        .flatMap(Optional::stream)
        .filter(wanted)
        .findFirst();
  }

  /** Empty when it is damaged: an earlier one may do. */
  private Optional<TableMetadata> read(File file) {
    try {
      return Optional.of(
          TableMetadataParser.fromJson(
              store.access().location(file.key),
              new String(store.get(file.key), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * By version; but a table that was dropped and made again began again with version 0, and what is
   * older than that is of the one dropped.
   */
  private List<File> newestFirst(String folder) {
    List<File> files = new ArrayList<>();
    for (Iterator<ObjectStore.Entry> all = store.walk(folder); all.hasNext(); ) {
      ObjectStore.Entry entry = all.next();
      Matcher name = METADATA.matcher(entry.key().substring(folder.length()));
      if (name.matches()) {
        files.add(new File(entry.key(), Integer.parseInt(name.group(1)), entry.modified()));
      }
    }
    Instant begun =
        files.stream()
            .filter(file -> file.version == 0)
            .map(File::modified)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    files.sort(
        Comparator.comparing((File file) -> !file.modified.isBefore(begun))
            .thenComparingInt(File::version)
            .thenComparing(File::modified)
            .reversed());
    return files;
  }
}
