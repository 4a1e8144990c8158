package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All files below a folder in the order of their paths, in constant memory. Links are not followed,
 * so that a publisher's folder cannot lead out of itself.
 */
public final class SourceWalk<T extends Comparable<? super T>> implements Closeable {
  /** Children of a folder that are held in memory. */
  public static final int CHUNK = 50_000;

  /** A folder that is being walked. */
  private static final class Level<T extends Comparable<? super T>> {
    final String path;
    final SourceFolder<T> children;
    String last = "";

    Level(String path, SourceFolder<T> children) {
      this.path = path;
      this.children = children;
    }
  }

  private final Deque<Level<T>> levels = new ArrayDeque<>();
  private final Listing<T> listing;
  private final Predicate<String> worthOpening;
  private final Path work;
  private final int chunk;
  private final Tally tally;

  /**
   * @param worthOpening path of a folder below the root → whether to look into it
   * @throws IOException when the root cannot be listed
   */
  public SourceWalk(
      Listing<T> listing, T root, Predicate<String> worthOpening, Path work, int chunk, Tally tally)
      throws IOException {
    this.listing = listing;
    this.worthOpening = worthOpening;
    this.work = work;
    this.chunk = chunk;
    this.tally = tally;
    levels.push(new Level<>("", new SourceFolder<>(listing, root, work, chunk, tally)));
  }

  /** The next file, or null after the last. */
  public @Nullable Offered next() throws IOException {
    while (!levels.isEmpty()) {
      Level<T> level = levels.peek();
      if (!level.children.hasNext()) {
        levels.pop().children.close();
        continue;
      }
      SourceFolder.Child<T> child = level.children.next();
      String path = level.path + child.key();
      if (child.key().equals(level.last)) {
        tally.unstable(
            path, "hai tên chỉ khác dạng Unicode / two names differ only in Unicode form");
        continue;
      }
      level.last = child.key();
      if (child.isFolder()) {
        enter(path, child.place());
      } else {
        return Offered.of(path, child.place(), child.size(), child.modifiedNanos());
      }
    }
    return null;
  }

  private void enter(String path, T folder) {
    if (!worthOpening.test(path.substring(0, path.length() - 1))) {
      return;
    }
    try {
      levels.push(new Level<>(path, new SourceFolder<>(listing, folder, work, chunk, tally)));
    } catch (IOException e) {
      tally.unstable(path, "không mở được thư mục / the folder cannot be opened");
    }
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.pop().children.close();
    }
  }
}
