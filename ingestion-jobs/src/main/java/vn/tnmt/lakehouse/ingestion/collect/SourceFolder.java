package vn.tnmt.lakehouse.ingestion.collect;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * The children of one folder, sorted so that walking them depth first gives all paths in the order
 * of {@link String#compareTo}: a folder is compared as its name and a slash. A folder of more than
 * {@code chunk} children is sorted through a file, so that memory stays bounded.
 */
final class SourceFolder implements Iterator<SourceFolder.Child>, Closeable {
  private static final Comparator<Child> ORDER =
      Comparator.comparing(Child::key).thenComparing(Child::file);

  /**
   * @param key name in NFC, for folders with a slash at its end
   * @param file the path as the file system gave it: its bytes may be no UTF-8
   * @param modifiedNanos since 1970
   */
  record Child(String key, Path file, long size, long modifiedNanos) {
    boolean isFolder() {
      return key.endsWith("/");
    }

    private String line() {
      return String.join(
          "\t",
          IndexEntry.escape(key),
          file.toUri().toString(),
          Long.toString(size),
          Long.toString(modifiedNanos));
    }

    private static Child parse(String line) {
      List<String> fields = IndexEntry.fields(line);
      return new Child(
          IndexEntry.unescape(fields.get(0)),
          Path.of(URI.create(fields.get(1))),
          Long.parseLong(fields.get(2)),
          Long.parseLong(fields.get(3)));
    }
  }

  /** A sorted run of children and the next of them. */
  private record Run(Child next, Iterator<Child> rest) {}

  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(Comparator.comparing(Run::next, ORDER));
  private final List<Path> files = new ArrayList<>();
  private final List<BufferedReader> readers = new ArrayList<>();

  /**
   * @param work folder for temporary files
   * @param chunk children held in memory
   * @throws IOException when the folder cannot be listed
   */
  SourceFolder(Path folder, Path work, int chunk, Tally tally) throws IOException {
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
      List<Child> children = new ArrayList<>();
      for (Path file : listed) {
        Child child = child(file, tally);
        if (child != null) {
          children.add(child);
        }
        if (children.size() == chunk) {
          spill(children, work);
          children.clear();
        }
      }
      children.sort(ORDER);
      add(children.iterator());
    } catch (DirectoryIteratorException e) {
      close();
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    for (Path file : files) {
      BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      readers.add(reader);
      add(reader.lines().map(Child::parse).iterator());
    }
  }

  private static Child child(Path file, Tally tally) {
    String name = name(file);
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (is.isDirectory() || is.isRegularFile()) {
        String key = Normalizer.normalize(name, Normalizer.Form.NFC);
        return new Child(
            is.isDirectory() ? key + "/" : key,
            file,
            is.size(),
            is.lastModifiedTime().to(TimeUnit.NANOSECONDS));
      }
      tally.unstable(name, "không phải tệp thường, bỏ qua / not a regular file, not followed");
    } catch (IOException e) {
      tally.unstable(name, "đã biến mất hoặc không đọc được / vanished or unreadable");
    }
    return null;
  }

  /** The name as UTF-8, whatever the locale of this process. */
  private static String name(Path file) {
    String name = file.getFileName().toString();
    if (name.indexOf('\uFFFD') < 0) {
      return name;
    }
    String path = file.toUri().getPath();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  private void spill(List<Child> children, Path work) throws IOException {
    children.sort(ORDER);
    Path file = Files.createTempFile(work, "sort-", ".tsv");
    files.add(file);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Child child : children) {
        out.write(child.line());
        out.write('\n');
      }
    }
  }

  private void add(Iterator<Child> children) {
    if (children.hasNext()) {
      runs.add(new Run(children.next(), children));
    }
  }

  @Override
  public boolean hasNext() {
    return !runs.isEmpty();
  }

  @Override
  public Child next() {
    Run run = runs.remove();
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
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
