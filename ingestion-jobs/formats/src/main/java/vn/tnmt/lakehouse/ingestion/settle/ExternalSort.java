package vn.tnmt.lakehouse.ingestion.settle;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts more than fits in memory: full buffers become sorted runs on disk, which are merged when
 * read. The order of equal elements is not kept.
 */
final class ExternalSort<T> implements Closeable {
  static final int MOST_RUNS = 500;
  private static final int BUFFER = 1 << 15;

  private final Comparator<T> order;
  private final Codec<T> codec;
  private final Path folder;
  private final int inMemory;
  private final List<Path> runs = new ArrayList<>();
  private List<T> buffer = new ArrayList<>();

  /** How an element is kept on disk. */
  interface Codec<T> {
    /** Bytes that every element has. */
    int size();

    void write(T element, DataOutput out) throws IOException;

    /** Throws {@link EOFException} at the end. */
    T read(DataInput in) throws IOException;
  }

  /**
   * @param folder where runs are kept
   * @param inMemory elements that are held in memory
   */
  ExternalSort(Comparator<T> order, Codec<T> codec, Path folder, int inMemory) {
    this.order = order;
    this.codec = codec;
    this.folder = folder;
    this.inMemory = inMemory;
  }

  void add(T element) throws IOException {
    if (buffer.size() == inMemory) {
      spill();
    }
    buffer.add(element);
  }

  private void spill() throws IOException {
    if (runs.size() == MOST_RUNS) {
      throw new IOException("more than " + (long) MOST_RUNS * inMemory + " records in one check");
    }
    buffer.sort(order);
    runs.add(write(buffer.iterator()));
    buffer = new ArrayList<>();
  }

  private Path write(Iterator<T> sorted) throws IOException {
    Path run = Files.createTempFile(folder, "sort", ".run");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
      while (sorted.hasNext()) {
        codec.write(sorted.next(), out);
      }
    }
    return run;
  }

  /** All elements in order, as often as asked for; nothing more can be added. */
  Sorted<T> sorted() throws IOException {
    buffer.sort(order);
    if (runs.isEmpty()) {
      return from -> inMemory(buffer.listIterator((int) from));
    }
    if (runs.size() > 1 || !buffer.isEmpty()) {
      Path merged;
      try (Merge merge = new Merge()) {
        merged = write(merge);
      }
      for (Path run : runs) {
        Files.delete(run);
      }
      runs.clear();
      runs.add(merged);
      buffer = new ArrayList<>();
    }
    return from -> new Run(runs.get(0), from);
  }

  /** Sorted elements. */
  @FunctionalInterface
  interface Sorted<T> {
    /**
     * Reads from an element on.
     *
     * @param ordinal of the first element to read, from 0
     */
    Cursor<T> from(long ordinal) throws IOException;
  }

  /** An iterator that may hold a file open. */
  interface Cursor<T> extends Iterator<T>, Closeable {}

  static <T> Cursor<T> inMemory(Iterator<T> elements) {
    return new InMemory<>(elements);
  }

  private record InMemory<T>(Iterator<T> elements) implements Cursor<T> {
    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public T next() {
      return elements.next();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  @Override
  public void close() throws IOException {
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
    runs.clear();
  }

  private final class Run implements Cursor<T> {
    private final DataInputStream in;
    private @Nullable T next;

    Run(Path file, long from) throws IOException {
      SeekableByteChannel channel = Files.newByteChannel(file);
      channel.position(from * codec.size());
      in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
      advance();
    }

    private void advance() throws IOException {
      try {
        next = codec.read(in);
      } catch (EOFException end) {
        next = null;
        close();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public T next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      T found = next;
      try {
        advance();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return found;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final class Merge implements Iterator<T>, Closeable {
    private final List<Run> open = new ArrayList<>();
    private final PriorityQueue<Head> heads =
        new PriorityQueue<>((a, b) -> order.compare(a.element, b.element));

    private final class Head {
      private final Iterator<T> from;
      private T element;

      Head(Iterator<T> from) {
        this.from = from;
      }

      void advance() {
        if (from.hasNext()) {
          element = from.next();
          heads.add(this);
        }
      }
    }

    Merge() throws IOException {
      for (Path path : runs) {
        Run run = new Run(path, 0);
        open.add(run);
        new Head(run).advance();
      }
      new Head(buffer.iterator()).advance();
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public T next() {
      Head head = heads.remove();
      T found = head.element;
      head.advance();
      return found;
    }

    @Override
    public void close() throws IOException {
      for (Run run : open) {
        run.close();
      }
    }
  }
}
