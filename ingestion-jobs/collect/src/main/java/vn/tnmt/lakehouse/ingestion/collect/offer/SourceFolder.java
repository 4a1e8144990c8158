package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;

/**
 * The children of one folder, sorted so that walking them depth first gives all paths in the order
 * of {@link String#compareTo}: a folder is compared as its name and a slash. A folder of more than
 * {@code chunk} children is sorted through a file, so that memory stays bounded.
 */
public final class SourceFolder<T extends Comparable<? super T>>
    implements Iterator<SourceFolder.Child<T>>, Closeable {
  /**
   * @param key name in NFC, for folders with a slash at its end
   * @param place where the listing finds it again
   * @param modifiedNanos since 1970
   */
  record Child<T>(String key, T place, long size, long modifiedNanos) {
    boolean isFolder() {
      return key.endsWith("/");
    }
  }

  /** A sorted run of children and the next of them. */
  private record Run<T>(Child<T> next, Iterator<Child<T>> rest) {}

  private final Listing<T> listing;
  private final Comparator<Child<T>> order =
      Comparator.<Child<T>, String>comparing(Child::key).thenComparing(Child::place);
  private final PriorityQueue<Run<T>> runs =
      new PriorityQueue<>(Comparator.<Run<T>, Child<T>>comparing(Run::next, order));
  private final List<Path> files = new ArrayList<>();
  private final List<BufferedReader> readers = new ArrayList<>();

  /**
   * @param work folder for temporary files
   * @param chunk children held in memory
   * @throws IOException when the folder cannot be listed
   */
  public SourceFolder(Listing<T> listing, T folder, Path work, int chunk, Tally tally)
      throws IOException {
    this.listing = listing;
    Listed listed = new Listed(work, chunk);
    try {
      listing.list(folder, listed);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    tally.add(listed.odd);
    listed.children.sort(order);
    add(listed.children.iterator());
    for (Path file : files) {
      BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      readers.add(reader);
      add(reader.lines().map(this::parse).iterator());
    }
  }

  /** Takes the children and puts them on disk as they become too many. */
  private final class Listed implements Listing.Sink<T> {
    final List<Child<T>> children = new ArrayList<>();
    final Path work;
    final int chunk;
    Tally odd = new Tally();

    Listed(Path work, int chunk) {
      this.work = work;
      this.chunk = chunk;
    }

    @Override
    public void restart() throws IOException {
      odd = new Tally();
      children.clear();
      delete();
    }

    @Override
    public void add(String name, boolean folder, T place, long size, long modifiedNanos)
        throws IOException {
      String key = Normalizer.normalize(name, Normalizer.Form.NFC);
      children.add(new Child<>(folder ? key + "/" : key, place, size, modifiedNanos));
      if (children.size() == chunk) {
        spill(children, work);
        children.clear();
      }
    }

    @Override
    public void odd(String name, String why) {
      odd.unstable(name, why);
    }
  }

  private void spill(List<Child<T>> children, Path work) throws IOException {
    children.sort(order);
    Path file = TemporaryFiles.file(work, "sort-", ".tsv");
    files.add(file);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Child<T> child : children) {
        out.write(line(child));
        out.write('\n');
      }
    }
  }

  private String line(Child<T> child) {
    return String.join(
        "\t",
        IndexEntry.escape(child.key()),
        IndexEntry.escape(listing.text(child.place())),
        Long.toString(child.size()),
        Long.toString(child.modifiedNanos()));
  }

  private Child<T> parse(String line) {
    List<String> fields = IndexEntry.fields(line);
    return new Child<>(
        IndexEntry.unescape(fields.get(0)),
        listing.place(IndexEntry.unescape(fields.get(1))),
        Long.parseLong(fields.get(2)),
        Long.parseLong(fields.get(3)));
  }

  private void add(Iterator<Child<T>> children) {
    if (children.hasNext()) {
      runs.add(new Run<>(children.next(), children));
    }
  }

  @Override
  public boolean hasNext() {
    return !runs.isEmpty();
  }

  @Override
  public Child<T> next() {
    Run<T> run = runs.remove();
    add(run.rest());
    return run.next();
  }

  @Override
  public void close() throws IOException {
    runs.clear();
    try {
      for (BufferedReader reader : readers) {
        reader.close();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      delete();
    }
  }

  private void delete() throws IOException {
    for (Path file : files) {
      TemporaryFiles.delete(file);
    }
    files.clear();
  }
}
