package vn.tnmt.lakehouse.transform.release;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.util.SnapshotUtil;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.CatalogueFaults;
import vn.tnmt.lakehouse.transform.release.Release.PinnedTable;

/** Pins against heads: whether tables stand where releases left them. Reads metadata only. */
final class Heads {
  private static final String REMEDY = "./tnmt repair --dry-run";

  private final Catalog catalog;

  Heads(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The newest release's tables, before a night begins.
   *
   * @throws TnmtException {@code TNMT-4006} that names every table whose rows or tag are not the
   *     release's, {@code TNMT-4008} when the metadata of one cannot be read
   */
  void require(Release newest) {
    refuse(
        newest,
        pinned -> standing(newest, pinned),
        "bảng không còn như bản phát hành / tables are not as "
            + newest.releaseId()
            + " left them");
  }

  /**
   * The tables of a release that is about to be published: {@code main} is where the run found it.
   *
   * @throws TnmtException {@code TNMT-4006} before anything was changed
   */
  void requireUnmoved(Release staged) {
    refuse(
        staged,
        pinned -> unmoved(staged, pinned),
        "main đã bị dời sau khi tổng hợp, chưa phát hành gì / main was moved since the run was made,"
            + " nothing was released");
  }

  private interface Check {
    Optional<String> difference(PinnedTable pinned);
  }

  private static void refuse(Release release, Check check, String what) {
    Set<String> damaged = new ConcurrentSkipListSet<>();
    Set<String> differing =
        release.tables().stream()
            .parallel()
            .flatMap(
                pinned -> {
                  try {
                    return check
                        .difference(pinned)
                        .map(difference -> pinned.name() + ": " + difference)
                        .stream();
                  } catch (RESTException e) {
                    TnmtException known = CatalogueFaults.of(e).orElseThrow(() -> e);
                    if (known.code() != ErrorCode.TABLE_DAMAGED) {
                      throw known;
                    }
                    damaged.add(pinned.name() + ": " + known.getMessage());
                    return Stream.empty();
                  }
                })
            .collect(Collectors.toCollection(TreeSet::new));
    if (!damaged.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.TABLE_DAMAGED,
          "siêu dữ liệu của bảng hỏng hoặc mất / metadata of tables is damaged or gone",
          String.join("; ", damaged),
          REMEDY);
    }
    if (!differing.isEmpty()) {
      throw TnmtException.of(ErrorCode.BRANCH_DIVERGED, what, String.join("; ", differing), REMEDY);
    }
  }

  private Optional<String> standing(Release release, PinnedTable pinned) {
    Optional<Table> found = table(pinned);
    if (found.isEmpty()) {
      return GONE;
    }
    Table table = found.get();
    if (pinned.snapshotId() >= 0) {
      SnapshotRef tag = table.refs().get(release.releaseId());
      if (tag == null || tag.snapshotId() != pinned.snapshotId()) {
        return Optional.of(
            "nhãn bị dời hoặc mất / the tag %s was moved or dropped"
                .formatted(release.releaseId()));
      }
    }
    return stands(table, pinned, release.lineage().isJournal(pinned.name()))
        ? Optional.empty()
        : moved(table, pinned);
  }

  private Optional<String> unmoved(Release release, PinnedTable pinned) {
    Optional<Table> found = table(pinned);
    if (found.isEmpty()) {
      return GONE;
    }
    Table table = found.get();
    boolean unmoved =
        pinned.branch().isEmpty()
            ? stands(table, pinned, release.lineage().isJournal(pinned.name()))
            : table.snapshot(pinned.snapshotId()) != null
                && (main(table) < 0
                    || SnapshotUtil.isAncestorOf(table, pinned.snapshotId(), main(table)));
    return unmoved ? Optional.empty() : moved(table, pinned);
  }

  private static boolean stands(Table table, PinnedTable pinned, boolean journal) {
    long main = main(table);
    return main == pinned.snapshotId()
        || (journal
            && (pinned.snapshotId() < 0
                || (main >= 0 && SnapshotUtil.isAncestorOf(table, main, pinned.snapshotId()))));
  }

  private static final Optional<String> GONE = Optional.of("bảng không còn / the table is gone");

  private static Optional<String> moved(Table table, PinnedTable pinned) {
    return Optional.of(
        "main ở %s, bản phát hành ghi %s / main is at %1$s, the release says %2$s"
            .formatted(text(main(table)), text(pinned.snapshotId())));
  }

  private static String text(long snapshot) {
    return snapshot < 0 ? "∅" : Long.toString(snapshot);
  }

  /** The head of {@code main}; negative when there is none, as in manifests. */
  static long main(Table table) {
    SnapshotRef main = table.refs().get(SnapshotRef.MAIN_BRANCH);
    return main == null ? -1 : main.snapshotId();
  }

  private Optional<Table> table(PinnedTable pinned) {
    try {
      return Optional.of(catalog.loadTable(TableIdentifier.parse(pinned.name())));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }
}
