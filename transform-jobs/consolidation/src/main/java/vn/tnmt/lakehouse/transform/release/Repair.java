package vn.tnmt.lakehouse.transform.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.CatalogueFaults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Release.PinnedTable;

/**
 * Brings a lake back to what its releases say, from what the store still has: manifests, the
 * catalogue's tables, {@code main} and tags, the marks. It takes nothing away: rows that no release
 * has stay readable under a branch {@code found_<snapshot>}, and a table's earlier metadata in the
 * store. Each step may be repeated, and repairing what is sound does nothing.
 */
public final class Repair {
  private static final Pattern RELEASE_TAG = Pattern.compile("R\\d{8}-\\d+");

  /** Something to be done. */
  public record Step(String vi, String en, Runnable action) {}

  /**
   * What is to be done, in this order.
   *
   * @param lost what the store does not have any more, so that nothing here can bring it back
   */
  public record Plan(List<Step> steps, List<String> lost) {}

  private final Lakehouse lake;
  private final Catalog catalog;
  private final Manifests manifests;
  private final Marks marks;
  private final boolean rollBack;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  private Repair(Lakehouse lake, boolean rollBack) {
    this.lake = lake;
    this.catalog = lake.catalog();
    this.manifests = new Manifests(lake.store());
    this.marks = new Marks(lake.home(), lake.store());
    this.rollBack = rollBack;
  }

  /**
   * Looks at everything and changes nothing.
   *
   * @param rollBack whether a release that was begun and not finished is taken back; otherwise it
   *     is carried on
   * @throws TnmtException {@code TNMT-6006} when the three are of different lakes
   */
  public static Plan plan(Lakehouse lake, boolean rollBack) {
    Repair repair = new Repair(lake, rollBack);
    repair.plan();
    return new Plan(List.copyOf(repair.steps), List.copyOf(repair.lost));
  }

  private void plan() {
    Map<String, Release> releases = releases();
    Optional<Mark> inCatalogue = Marks.ofCatalogue(spaces());
    String lakeId = lakeId(releases, inCatalogue);
    Optional<Release> newest = newest(releases);
    Optional<Release> intent = rollBack ? Optional.empty() : readable(new Intent(lake).key());
    if (rollBack && newest.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.RELEASE_UNKNOWN,
          "không có bản phát hành nào để quay về / there is no release to go back to",
          "",
          "./tnmt repair carries the first one on");
    }
    ManifestRef standing = manifestRef(newest);
    boolean forgotten =
        inCatalogue.map(mark -> !mark.newest().equals(standing)).orElse(newest.isPresent());
    Map<String, TableMetadata> tables = tables(newest, intent, forgotten && intent.isEmpty());
    newest.ifPresent(release -> heads(release, intent, tables));
    Map<String, Release> kept = new TreeMap<>(releases);
    kept.keySet().removeAll(new ExpiredReleases(lake.store()).all().keySet());
    tags(kept, tables);
    if (rollBack) {
      takeBack(releases.keySet(), tables);
    }
    marks(lakeId, newest, inCatalogue);
  }

  private SupportsNamespaces spaces() {
    return (SupportsNamespaces) catalog;
  }

  private void step(String vi, String en, Runnable action) {
    steps.add(new Step(vi, en, action));
  }

  // ---- manifests

  private Map<String, Release> releases() {
    Map<String, Release> found = new TreeMap<>();
    for (String id : manifests.ids()) {
      readable(Manifests.key(id)).ifPresent(release -> found.put(id, release));
    }
    for (Release release : found.values()) {
      ManifestRef before = release.lineage().before();
      if (!before.isNone() && !manifests.has(before)) {
        lost.add(
            "%s: không còn hoặc bị sửa sau khi phát hành / is gone or was changed since"
                .formatted(Manifests.key(before.releaseId())));
      }
    }
    return found;
  }

  private Optional<Release> readable(String key) {
    try {
      return manifests.find(key);
    } catch (TnmtException e) {
      lost.add(key + ": không đọc được / cannot be read");
      return Optional.empty();
    }
  }

  private String lakeId(Map<String, Release> releases, Optional<Mark> inCatalogue) {
    Set<String> ids = new TreeSet<>();
    Stream.of(marks.ofHome(), marks.ofStore(), inCatalogue)
        .flatMap(Optional::stream)
        .forEach(mark -> ids.add(mark.lakeId()));
    releases.values().stream()
        .map(release -> release.lineage().lakeId())
        .filter(id -> !id.isEmpty())
        .forEach(ids::add);
    if (ids.size() > 1) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "thư mục chính, kho và danh mục là của các hồ khác nhau / home, store and catalogue are of"
              + " different lakes",
          String.join(", ", ids),
          "kiểm tra / check --home, store.*, catalogue.*: there is nothing to repair");
    }
    return ids.isEmpty() ? "" : ids.iterator().next();
  }

  /** The end of the chain: the release that no other names as the one before it. */
  private Optional<Release> newest(Map<String, Release> releases) {
    Optional<Release> said = readable(Manifests.NEWEST);
    if (said.isPresent() && !releases.containsKey(said.get().releaseId())) {
      step(
          "ghi lại bản kê " + said.get().releaseId(),
          "write its manifest again, from releases/newest.json",
          () -> manifests.copy(Manifests.NEWEST, Manifests.key(said.get().releaseId())));
      return said;
    }
    Set<String> followed =
        releases.values().stream()
            .map(release -> release.lineage().previous())
            .collect(Collectors.toSet());
    Optional<Release> last =
        releases.values().stream()
            .filter(release -> !followed.contains(release.releaseId()))
            .max(Comparator.comparing(Release::createdAt));
    last.filter(
            release ->
                !manifests
                    .ref(Manifests.key(release.releaseId()))
                    .equals(said.isEmpty() ? ManifestRef.NONE : manifests.ref(Manifests.NEWEST)))
        .ifPresent(
            release ->
                step(
                    "ghi lại releases/newest.json = " + release.releaseId(),
                    "write releases/newest.json again",
                    () -> manifests.copy(Manifests.key(release.releaseId()), Manifests.NEWEST)));
    return last;
  }

  private ManifestRef manifestRef(Optional<Release> release) {
    return release
        .map(it -> Manifests.key(it.releaseId()))
        .map(manifests::ref)
        .orElse(ManifestRef.NONE);
  }

  // ---- tables

  /**
   * Tables as they will be: those that the catalogue does not know, or knows from before, are
   * registered with the newest metadata that the store has.
   *
   * @param forgotten whether the catalogue is known to be from before the newest release
   */
  private Map<String, TableMetadata> tables(
      Optional<Release> newest, Optional<Release> intent, boolean forgotten) {
    StoredTables stored = new StoredTables(lake);
    Map<String, String> folders = stored.find();
    Map<String, List<Long>> pins = new HashMap<>();
    Stream.of(newest, intent)
        .flatMap(Optional::stream)
        .flatMap(release -> release.tables().stream())
        .filter(pinned -> pinned.snapshotId() >= 0)
        .forEach(
            pinned ->
                pins.computeIfAbsent(pinned.name(), name -> new ArrayList<>())
                    .add(pinned.snapshotId()));
    Set<String> names = new TreeSet<>(folders.keySet());
    names.addAll(known());
    names.addAll(pins.keySet());
    Map<String, TableMetadata> tables = new LinkedHashMap<>();
    for (String name : names) {
      List<Long> wanted = pins.getOrDefault(name, List.of());
      TableMetadata metadata = table(name, wanted, forgotten, stored, folders.get(name));
      if (metadata != null) {
        tables.put(name, metadata);
      } else if (!wanted.isEmpty()) {
        lost.add(name + ": không có siêu dữ liệu đọc được / no metadata that can be read");
      }
    }
    return tables;
  }

  private @Nullable TableMetadata table(
      String name,
      List<Long> wanted,
      boolean forgotten,
      StoredTables stored,
      @Nullable String folder) {
    Optional<TableMetadata> current = current(name);
    boolean sound = current.filter(metadata -> has(metadata, wanted)).isPresent();
    if (folder == null || (sound && !forgotten)) {
      return current.orElse(null);
    }
    Optional<TableMetadata> found =
        stored
            .newest(folder, metadata -> has(metadata, wanted))
            .or(() -> stored.newest(folder, metadata -> true));
    boolean better =
        found.isPresent()
            && (current.isEmpty()
                || (has(found.get(), wanted)
                    && version(found.get()) > version(current.get())
                    && found.get().uuid().equals(current.get().uuid()))
                || (!sound && has(found.get(), wanted)));
    if (!better) {
      return current.orElse(null);
    }
    TableMetadata metadata = found.get();
    String location = Objects.requireNonNull(metadata.metadataFileLocation());
    step(
        "%s: đăng ký lại từ %s".formatted(name, location),
        "register the table again, with its newest metadata",
        () -> register(TableIdentifier.parse(name), location));
    return metadata;
  }

  private static boolean has(TableMetadata metadata, List<Long> snapshots) {
    return snapshots.stream().allMatch(snapshot -> metadata.snapshot(snapshot) != null);
  }

  private static long version(TableMetadata metadata) {
    String location = Objects.requireNonNull(metadata.metadataFileLocation());
    String name = location.substring(location.lastIndexOf('/') + 1);
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private Set<String> known() {
    Set<String> names = new TreeSet<>();
    for (Namespace namespace : spaces().listNamespaces()) {
      if (!LeaseRegister.owns(namespace)) {
        catalog.listTables(namespace).forEach(table -> names.add(table.toString()));
      }
    }
    return names;
  }

  /** Empty when the catalogue has no such table, or what it has cannot be read. */
  private Optional<TableMetadata> current(String name) {
    try {
      return Optional.of(
          ((BaseTable) catalog.loadTable(TableIdentifier.parse(name))).operations().current());
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (RESTException e) {
      if (CatalogueFaults.of(e).filter(f -> f.code() == ErrorCode.TABLE_DAMAGED).isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void register(TableIdentifier table, String location) {
    if (!spaces().namespaceExists(table.namespace())) {
      spaces().createNamespace(table.namespace());
    }
    catalog.dropTable(table, false);
    catalog.registerTable(table, location);
  }

  // ---- main and tags

  private void heads(Release newest, Optional<Release> intent, Map<String, TableMetadata> tables) {
    Map<String, Long> begun =
        intent.stream()
            .flatMap(release -> release.tables().stream())
            .collect(Collectors.toMap(PinnedTable::name, PinnedTable::snapshotId));
    for (PinnedTable pinned : newest.tables()) {
      TableMetadata metadata = tables.get(pinned.name());
      if (metadata != null) {
        long to = begun.getOrDefault(pinned.name(), pinned.snapshotId());
        boolean journal = newest.lineage().isJournal(pinned.name());
        head(pinned.name(), metadata, pinned.snapshotId(), to, journal);
      }
    }
  }

  private void head(String name, TableMetadata metadata, long pinned, long to, boolean journal) {
    SnapshotRef ref = metadata.refs().get(SnapshotRef.MAIN_BRANCH);
    long main = ref == null ? -1 : ref.snapshotId();
    boolean stands =
        main == to
            || main == pinned
            || (journal
                && (pinned < 0
                    || (main >= 0 && SnapshotUtil.isAncestorOf(main, pinned, metadata::snapshot))));
    if (stands) {
      return;
    }
    if (to < 0 || metadata.snapshot(to) == null) {
      lost.add(
          to < 0
              ? name + ": có dữ liệu dù bản phát hành ghi là trống / has rows although it was empty"
              : "%s: mất phiên bản / snapshot %d is gone".formatted(name, to));
      return;
    }
    step(
        "%s: đưa main từ %s về %d".formatted(name, main < 0 ? "∅" : main, to),
        "put main back; what it held stays under the branch found_" + main,
        () -> lake.branches().putBack(TableIdentifier.parse(name), to));
  }

  private void tags(Map<String, Release> releases, Map<String, TableMetadata> tables) {
    for (Release release : releases.values()) {
      for (PinnedTable pinned : release.tables()) {
        TableMetadata metadata = tables.get(pinned.name());
        if (metadata != null && pinned.snapshotId() >= 0) {
          tag(release.releaseId(), pinned, metadata);
        }
      }
    }
  }

  private void tag(String tag, PinnedTable pinned, TableMetadata metadata) {
    SnapshotRef found = metadata.refs().get(tag);
    if (found != null && found.snapshotId() == pinned.snapshotId()) {
      return;
    }
    if (metadata.snapshot(pinned.snapshotId()) == null) {
      lost.add(
          "%s: mất phiên bản / snapshot %d of %s is gone"
              .formatted(pinned.name(), pinned.snapshotId(), tag));
      return;
    }
    TableIdentifier table = TableIdentifier.parse(pinned.name());
    step(
        "%s: gắn lại nhãn %s".formatted(pinned.name(), tag),
        "put the release's tag back",
        () -> {
          if (found != null) {
            catalog.loadTable(table).manageSnapshots().removeTag(tag).commit();
          }
          lake.branches().tag(table, tag, pinned.snapshotId());
        });
  }

  // ---- a release that was begun

  private void takeBack(Set<String> made, Map<String, TableMetadata> tables) {
    tables.forEach(
        (name, metadata) ->
            metadata.refs().entrySet().stream()
                .filter(ref -> ref.getValue().isTag())
                .map(Map.Entry::getKey)
                .filter(tag -> RELEASE_TAG.matcher(tag).matches() && !made.contains(tag))
                .forEach(
                    tag ->
                        step(
                            "%s: bỏ nhãn %s".formatted(name, tag),
                            "remove the tag of the release that is taken back",
                            () ->
                                catalog
                                    .loadTable(TableIdentifier.parse(name))
                                    .manageSnapshots()
                                    .removeTag(tag)
                                    .commit())));
    step(
        "xoá ý định phát hành, lần chạy được làm lại từ landing",
        "forget the release that was begun; the night makes it again from landing",
        () -> {
          new RunLog(lake).keepOnly(made);
          new Intent(lake).clear();
          manifests.delete(Manifests.STAGED);
        });
  }

  // ---- marks

  private void marks(String lakeId, Optional<Release> newest, Optional<Mark> inCatalogue) {
    boolean same =
        !lakeId.isEmpty()
            && steps.isEmpty()
            && Stream.of(marks.ofHome(), marks.ofStore(), inCatalogue)
                .allMatch(Optional.of(new Mark(lakeId, manifestRef(newest)))::equals);
    if (!same && newest.isPresent()) {
      step(
          "ghi dấu của hồ vào thư mục chính, kho và danh mục",
          "mark home, store and catalogue with " + newest.get().releaseId(),
          () -> new Past(lake).remember(lakeId, manifestRef(newest)));
    }
  }
}
