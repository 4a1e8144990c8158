package vn.tnmt.lakehouse.ingestion.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.SplitReader;
import vn.tnmt.lakehouse.ingestion.engine.RowEngine;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * The rows of one task: the files of its splits, one behind the other, through reader and engine.
 * Holds one record at a time.
 */
final class TaskRows implements Closeable {
  private final LoadOptions options;
  private final Deliveries landing;
  private final Iterator<LoadPlan.Piece> pieces;
  private final Map<FeedId, Judge> judges = new HashMap<>();

  /** Position of a delivery in the load → what of it is not as it was received. */
  private final Map<Integer, String> damaged = new TreeMap<>();

  private LoadOptions.Delivery delivery;
  private Judge judge;
  private LoadPlan.Piece piece;
  private @Nullable SplitReader split;
  private SourceFile file;
  private RecordReader.@Nullable Records records;

  TaskRows(LoadOptions options, StoreAccess store, LoadPlan.Task task) {
    this.options = options;
    this.landing = new Deliveries(LandingStore.of(ObjectStore.shared(store)));
    this.pieces = task.pieces().iterator();
  }

  /** Reader and engine of one feed. */
  private record Judge(Feed feed, RecordReader reader, RowEngine engine) {}

  /**
   * The next row; null at the end. Of a delivery that turns out to be damaged no more rows come.
   */
  @Nullable RawRow next() throws IOException {
    while (true) {
      try {
        if (records != null && records.hasNext()) {
          RawRecord record = records.next();
          SourceFile of = records.file(file);
          return new RawRow(
              delivery, of.path(), record, judge.engine.apply(record, of, options.context()));
        }
        closeRecords();
        IndexEntry entry = split == null ? null : split.next();
        if (split != null && split.damage().isPresent()) {
          abandon();
        } else if (entry != null) {
          open(entry);
        } else if (!nextSplit()) {
          return null;
        }
      } catch (IOException | RuntimeException e) {
        if (split == null || split.damage().isEmpty()) {
          throw e;
        }
        abandon();
      }
    }
  }

  /** Those of which rows may have been given that are not what was received. */
  Map<Integer, String> damaged() {
    return damaged;
  }

  private void abandon() throws IOException {
    damaged.put(piece.delivery(), split.damage().orElseThrow());
    records = null; // whose stream is broken
    closeSplit();
  }

  @Override
  public void close() throws IOException {
    closeRecords();
    closeSplit();
  }

  private void open(IndexEntry entry) throws IOException {
    boolean recognised = judge.feed.transport().pattern().match(entry.path()).isPresent();
    file = new SourceFile(entry.path(), entry.size(), recognised);
    records =
        piece.from() == 0
            ? judge.reader.open(file, split.content())
            : judge.reader.resume(file, split.head(), piece.line(), split.content());
  }

  private boolean nextSplit() throws IOException {
    closeSplit();
    do {
      if (!pieces.hasNext()) {
        return false;
      }
      piece = pieces.next();
    } while (damaged.containsKey(piece.delivery()));
    delivery = options.deliveries().get(piece.delivery());
    judge = judges.computeIfAbsent(delivery.feed().id(), id -> judge(delivery.feed()));
    split = landing.open(delivery.manifest(), piece.split(), piece.from(), piece.to());
    return true;
  }

  private Judge judge(Feed feed) {
    return new Judge(
        feed,
        Readers.of(feed, options.contract()),
        RowEngine.compile(feed, options.contract(), CodeLists.bundled()));
  }

  private void closeRecords() throws IOException {
    if (records != null) {
      records.close();
      records = null;
    }
  }

  private void closeSplit() throws IOException {
    if (split != null) {
      split.close();
      split = null;
    }
  }
}
