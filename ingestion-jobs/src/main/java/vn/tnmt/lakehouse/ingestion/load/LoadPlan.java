package vn.tnmt.lakehouse.ingestion.load;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import vn.tnmt.lakehouse.ingestion.collect.Manifest;

/** Shares the splits of a load out to tasks, by manifests alone. */
final class LoadPlan {
  /** What opening one more file costs, in bytes read. */
  private static final long FILE_WEIGHT = 256;

  private static final long MIN_TASK = 4L << 20;
  private static final long MAX_TASK = 64L << 20;

  private LoadPlan() {}

  /** A split and the position of its delivery in the load. */
  record Piece(int delivery, Manifest.Split split) implements java.io.Serializable {
    long weight() {
      return split.length() + split.files() * FILE_WEIGHT;
    }
  }

  /** The work of one task, in order. */
  record Task(List<Piece> pieces) implements InputPartition {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Tasks of about equal weight: small deliveries share one, large ones are spread over several.
   *
   * @param cores tasks that can run at the same time
   */
  static List<Task> tasks(LoadOptions options, int cores) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < options.deliveries().size(); i++) {
      for (Manifest.Split split : options.deliveries().get(i).manifest().splits()) {
        pieces.add(new Piece(i, split));
      }
    }
    long total = pieces.stream().mapToLong(Piece::weight).sum();
    long target = Math.max(MIN_TASK, Math.min(MAX_TASK, total / (2L * cores)));
    List<Task> tasks = new ArrayList<>();
    List<Piece> current = new ArrayList<>();
    long weight = 0;
    for (Piece piece : pieces) {
      if (!current.isEmpty() && weight + piece.weight() > target) {
        tasks.add(new Task(List.copyOf(current)));
        current.clear();
        weight = 0;
      }
      current.add(piece);
      weight += piece.weight();
    }
    if (!current.isEmpty()) {
      tasks.add(new Task(List.copyOf(current)));
    }
    return tasks;
  }
}
