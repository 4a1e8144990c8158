package vn.tnmt.lakehouse.ingestion.load;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.collect.landing.Cuts;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** Shares the splits of a load out to tasks, by manifests alone. */
final class LoadPlan {
  /** What opening one more file costs, in bytes read. */
  private static final long FILE_WEIGHT = 256;

  private static final long MIN_TASK = 4L << 20;
  private static final long MAX_TASK = 64L << 20;

  private LoadPlan() {}

  /**
   * A split, or a stretch of the one file of a split.
   *
   * @param delivery position of its delivery in the load
   * @param from first byte, counted from the split's begin
   * @param to the byte after the last
   * @param line of the first byte in the file; 1 for a whole split
   */
  record Piece(int delivery, Manifest.Split split, long from, long to, long line)
      implements Serializable {
    long weight() {
      return to - from + split.files() * FILE_WEIGHT;
    }

    private boolean continues(Piece before) {
      return delivery == before.delivery && split.equals(before.split) && from == before.to;
    }

    private Piece to(long end) {
      return new Piece(delivery, split, from, end, line);
    }
  }

  /** The work of one task, in order. */
  record Task(List<Piece> pieces) implements Serializable {
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
      LoadOptions.Delivery delivery = options.deliveries().get(i);
      String cutBy = Cuts.by(delivery.feed());
      for (Manifest.Split split : delivery.manifest().splits()) {
        if (split.blocks().isEmpty() || !split.cutBy().equals(cutBy)) {
          pieces.add(new Piece(i, split, 0, split.length(), 1));
        } else {
          cut(i, split, pieces);
        }
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
      int last = current.size() - 1;
      if (last >= 0 && piece.continues(current.get(last))) {
        current.set(last, current.get(last).to(piece.to()));
      } else {
        current.add(piece);
      }
      weight += piece.weight();
    }
    if (!current.isEmpty()) {
      tasks.add(new Task(List.copyOf(current)));
    }
    return tasks;
  }

  private static void cut(int delivery, Manifest.Split split, List<Piece> pieces) {
    RecordReader.RowStart begin = new RecordReader.RowStart(0, 1);
    for (RecordReader.RowStart cut : split.cuts()) {
      pieces.add(new Piece(delivery, split, begin.offset(), cut.offset(), begin.line()));
      begin = cut;
    }
    pieces.add(new Piece(delivery, split, begin.offset(), split.length(), begin.line()));
  }
}
