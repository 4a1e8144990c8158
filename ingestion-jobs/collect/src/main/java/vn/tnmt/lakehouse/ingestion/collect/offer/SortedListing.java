package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;

/**
 * What a server lists in whatever order, given back in the order of {@link String#compareTo} of the
 * paths. More than {@code chunk} entries are sorted through files, so that memory stays bounded.
 * First all is added, then all is taken.
 */
public final class SortedListing implements Closeable {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::path).thenComparing(Entry::source);

  /**
   * A file of a listing.
   *
   * @param source what opens it: a key, a URL
   * @param size -1 when the listing does not tell
   * @param modifiedNanos 0 when the listing does not tell
   * @param version the server's name for the version (an ETag); may be empty
   * @param sha256 as promised, hexadecimal, small letters; may be empty
   * @param promised false when the file is only guessed to be there
   */
  public record Entry(
      String path,
      String source,
      long size,
      long modifiedNanos,
      String version,
      String sha256,
      boolean promised) {
    private String line() {
      return String.join(
          "\t",
          IndexEntry.escape(path),
          IndexEntry.escape(source),
          Long.toString(size),
          Long.toString(modifiedNanos),
          IndexEntry.escape(version),
          sha256,
          Boolean.toString(promised));
    }

    private static Entry parse(String line) {
      List<String> fields = IndexEntry.fields(line);
      return new Entry(
          IndexEntry.unescape(fields.get(0)),
          IndexEntry.unescape(fields.get(1)),
          Long.parseLong(fields.get(2)),
          Long.parseLong(fields.get(3)),
          IndexEntry.unescape(fields.get(4)),
          fields.get(5),
          Boolean.parseBoolean(fields.get(6)));
    }
  }

  /** A sorted run of entries and the next of them. */
  private record Run(Entry next, Iterator<Entry> rest) {}

  private final Path work;
  private final int chunk;
  private final Tally tally;
  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparing(Run::next, ORDER));
  private final List<Path> files = new ArrayList<>();
  private final List<BufferedReader> readers = new ArrayList<>();
  private @Nullable List<Entry> held = new ArrayList<>();
  private long left;
  private @Nullable Entry last;

  /**
   * @param work folder for temporary files
   * @param chunk entries held in memory
   */
  public SortedListing(Path work, int chunk, Tally tally) {
    this.work = work;
    this.chunk = chunk;
    this.tally = tally;
  }

  public void add(Entry entry) throws IOException {
    held.add(entry);
    left++;
    if (held.size() == chunk) {
      held.sort(ORDER);
      Path file = TemporaryFiles.file(work, "sort-", ".tsv");
      files.add(file);
      try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        for (Entry each : held) {
          out.write(each.line());
          out.write('\n');
        }
      }
      held = new ArrayList<>();
    }
  }

  /** The next entry, or null after the last. */
  public @Nullable Entry next() throws IOException {
    if (held != null) {
      begin();
    }
    while (!runs.isEmpty()) {
      Run run = runs.remove();
      run(run.rest());
      left--;
      Entry entry = run.next();
      boolean again = last != null && last.path().equals(entry.path());
      if (!again) {
        last = entry;
        return entry;
      }
      if (!last.source().equals(entry.source())) {
        tally.unstable(
            entry.path(),
            "hai nơi cùng một tên, chỉ lấy nơi đầu / two sources of one name, the first is taken");
      }
    }
    return null;
  }

  /** Entries that were not taken yet. */
  public long left() {
    return left;
  }

  private void begin() throws IOException {
    held.sort(ORDER);
    run(held.iterator());
    held = null;
    for (Path file : files) {
      BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      readers.add(reader);
      run(reader.lines().map(Entry::parse).iterator());
    }
  }

  private void run(Iterator<Entry> entries) {
    if (entries.hasNext()) {
      runs.add(new Run(entries.next(), entries));
    }
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
      for (Path file : files) {
        TemporaryFiles.delete(file);
      }
    }
  }
}
