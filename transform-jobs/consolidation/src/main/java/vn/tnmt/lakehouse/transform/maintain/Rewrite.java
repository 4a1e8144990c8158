package vn.tnmt.lakehouse.transform.maintain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.DistributionMode;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.FileRewriteCoordinator;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.SparkTableCache;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.spark.sql.SparkSession;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Writes data files anew, without the rows that delete files take out, and puts the result in their
 * place, in one Spark job and one commit on a branch. The delete files go with the data files:
 * Iceberg's own action leaves those that then meet nothing, and who counts a snapshot's rows by its
 * files would subtract them.
 */
final class Rewrite {
  /** Nothing is split: what comes in is small, or all of it is written anew. */
  private static final long WHOLE = Long.MAX_VALUE / 4;

  /**
   * What it came to.
   *
   * @param files that were replaced
   * @param deletes files that were dropped
   * @param into files that took their place
   */
  record Done(int files, int deletes, int into) {}

  private final SparkSession spark;
  private final long target;

  /**
   * @param target bytes that a file should have
   */
  Rewrite(SparkSession spark, long target) {
    this.spark = spark;
    this.target = target;
  }

  /**
   * @param tasks whole files of the table's present partitioning; of a delete file that touches
   *     several data files, all of these
   * @param summary properties of the commit
   */
  Done run(Table table, String branch, List<FileScanTask> tasks, Map<String, String> summary) {
    String id = UUID.randomUUID().toString();
    SparkTableCache.get().add(id, table);
    ScanTaskSetManager.get().stageTasks(table, id, tasks);
    try {
      spark
          .read()
          .format("iceberg")
          .option(SparkReadOptions.SCAN_TASK_SET_ID, id)
          .option(SparkReadOptions.SPLIT_SIZE, WHOLE)
          .option(SparkReadOptions.FILE_OPEN_COST, "0")
          .load(id)
          .write()
          .format("iceberg")
          .option(SparkWriteOptions.REWRITTEN_FILE_SCAN_TASK_SET_ID, id)
          .option(SparkWriteOptions.TARGET_FILE_SIZE_BYTES, target)
          .option(SparkWriteOptions.DISTRIBUTION_MODE, DistributionMode.HASH.modeName())
          .mode("append")
          .save(id);
      Set<DataFile> made = FileRewriteCoordinator.get().fetchNewFiles(table, id);
      return commit(table, branch, tasks, made, summary);
    } finally {
      SparkTableCache.get().remove(id);
      ScanTaskSetManager.get().removeTasks(table, id);
      FileRewriteCoordinator.get().clearRewrite(table, id);
    }
  }

  private static Done commit(
      Table table,
      String branch,
      List<FileScanTask> tasks,
      Set<DataFile> made,
      Map<String, String> summary) {
    Set<DeleteFile> deletes = deletes(tasks);
    long before = rows(tasks.stream().map(FileScanTask::file).toList()) - rows(deletes);
    if (before != rows(made)) {
      throw TnmtException.of(
          ErrorCode.ROWS_NOT_CONSERVED,
          "gộp tệp làm đổi số dòng, không dùng kết quả / writing files anew changed their rows from"
              + " %d to %d, the result is not used".formatted(before, rows(made)),
          table.name(),
          "báo lỗi này / report this");
    }
    RewriteFiles rewrite =
        table
            .newRewrite()
            .validateFromSnapshot(table.snapshot(branch).snapshotId())
            .toBranch(branch);
    tasks.forEach(task -> rewrite.deleteFile(task.file()));
    deletes.forEach(rewrite::deleteFile);
    made.forEach(rewrite::addFile);
    summary.forEach(rewrite::set);
    rewrite.commit();
    return new Done(tasks.size(), deletes.size(), made.size());
  }

  private static Set<DeleteFile> deletes(List<FileScanTask> tasks) {
    return tasks.stream()
        .flatMap(task -> task.deletes().stream())
        .collect(
            Collectors.toCollection(
                () -> new TreeSet<>(Comparator.comparing(ContentFile::location))));
  }

  private static long rows(Collection<? extends ContentFile<?>> files) {
    return files.stream().mapToLong(ContentFile::recordCount).sum();
  }
}
