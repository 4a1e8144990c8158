package vn.tnmt.lakehouse.core.lake;

import java.util.Collection;
import java.util.OptionalLong;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.SnapshotUtil;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Branches and tags of Iceberg tables: a run writes to a branch of its own, and {@code main} moves
 * only when the run is released. Every operation may be repeated.
 */
public final class Branches {
  private final Catalog catalog;

  public Branches(Catalog catalog) {
    this.catalog = catalog;
  }

  /** {@code lake.db.table.branch_x}: how Spark SQL names the branch to read and to write. */
  public static String identifier(TableIdentifier table, String branch) {
    return identifier(table) + ".`branch_" + branch + "`";
  }

  /** {@code lake.db.table}, as Spark SQL names the table. */
  public static String identifier(TableIdentifier table) {
    return Lakehouse.CATALOGUE + "." + table;
  }

  /**
   * Makes the branch on each table, at the head of {@code main}; one that is there already stays as
   * it is. A table without a snapshot gets an empty one, on the branch only.
   */
  public void create(Collection<TableIdentifier> tables, String branch) {
    for (TableIdentifier name : tables) {
      Table table = catalog.loadTable(name);
      if (!table.refs().containsKey(branch)) {
        create(table, branch);
      }
    }
  }

  private static void create(Table table, String branch) {
    try {
      table.manageSnapshots().createBranch(branch).commit();
    } catch (CommitFailedException | IllegalArgumentException e) {
      table.refresh();
      if (!table.refs().containsKey(branch)) { // else by somebody at the same time
        throw e;
      }
    }
  }

  /** The snapshot that a branch or tag points to; empty when the table does not have it. */
  public OptionalLong head(TableIdentifier name, String ref) {
    SnapshotRef found = catalog.loadTable(name).refs().get(ref);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.snapshotId());
  }

  /**
   * Moves {@code main} forward to {@code snapshotId}, tags it and removes the branch that led
   * there, in one commit. What is done already stays as it is.
   *
   * @param branch empty when the table was not written
   * @throws TnmtException {@code TNMT-4006} when {@code main} has gone another way, or the tag
   *     names another snapshot: a tag never moves
   */
  public void release(TableIdentifier name, long snapshotId, String tag, String branch) {
    Table table = catalog.loadTable(name);
    if (table.snapshot(snapshotId) == null) {
      throw TnmtException.of(
          ErrorCode.BRANCH_DIVERGED,
          "bảng không có phiên bản / the table has no snapshot " + snapshotId,
          name.toString(),
          "chạy lại phiên đêm / run the night again");
    }
    ManageSnapshots change = table.manageSnapshots();
    boolean moves = moveMain(name, table, snapshotId, change);
    boolean tags = tag(name, table, snapshotId, tag, change);
    boolean drops = !branch.isEmpty() && table.refs().containsKey(branch);
    if (drops) {
      change.removeBranch(branch);
    }
    if (moves || tags || drops) {
      change.commit();
    }
  }

  private static boolean moveMain(
      TableIdentifier name, Table table, long snapshotId, ManageSnapshots change) {
    SnapshotRef main = table.refs().get(SnapshotRef.MAIN_BRANCH);
    if (main == null) {
      change.createBranch(SnapshotRef.MAIN_BRANCH, snapshotId);
      return true;
    }
    if (SnapshotUtil.isAncestorOf(table, main.snapshotId(), snapshotId)) {
      return false; // there, or past it
    }
    if (!SnapshotUtil.isAncestorOf(table, snapshotId, main.snapshotId())) {
      throw TnmtException.of(
          ErrorCode.BRANCH_DIVERGED,
          "nhánh main đã rẽ hướng khác / main has moved to snapshot "
              + main.snapshotId()
              + ", which does not lead to "
              + snapshotId,
          name.toString(),
          "./tnmt repair --dry-run");
    }
    change.replaceBranch(SnapshotRef.MAIN_BRANCH, snapshotId);
    return true;
  }

  private static boolean tag(
      TableIdentifier name, Table table, long snapshotId, String tag, ManageSnapshots change) {
    SnapshotRef existing = table.refs().get(tag);
    if (existing == null) {
      change.createTag(tag, snapshotId);
      return true;
    }
    if (existing.snapshotId() != snapshotId) {
      throw TnmtException.of(
          ErrorCode.BRANCH_DIVERGED,
          "nhãn đã có / the tag "
              + tag
              + " points to snapshot "
              + existing.snapshotId()
              + " already",
          name.toString(),
          "");
    }
    return false;
  }

  /**
   * Puts {@code main} where it belongs, wherever it is. What it held stays readable, under the
   * branch {@code found_<snapshot>}.
   */
  public void putBack(TableIdentifier name, long snapshotId) {
    Table table = catalog.loadTable(name);
    SnapshotRef main = table.refs().get(SnapshotRef.MAIN_BRANCH);
    if (main == null) {
      table.manageSnapshots().createBranch(SnapshotRef.MAIN_BRANCH, snapshotId).commit();
      return;
    }
    String found = "found_" + main.snapshotId();
    ManageSnapshots change = table.manageSnapshots();
    if (!table.refs().containsKey(found)) {
      change.createBranch(found, main.snapshotId());
    }
    change.replaceBranch(SnapshotRef.MAIN_BRANCH, snapshotId).commit();
  }

  /** Tags the snapshot; a tag that points there already stays. */
  public void tag(TableIdentifier name, String tag, long snapshotId) {
    Table table = catalog.loadTable(name);
    ManageSnapshots change = table.manageSnapshots();
    if (tag(name, table, snapshotId, tag, change)) {
      change.commit();
    }
  }
}
