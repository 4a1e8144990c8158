package vn.tnmt.lakehouse.ingestion.collect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;

/**
 * A landing store in a folder. An object appears when its stream is closed. Made to fail, it fails
 * at the n-th call from then on and at every later one, as a process that was killed.
 */
class FolderStore implements LandingStore {
  private final Path root;
  private long calls;
  private long failAt = Long.MAX_VALUE;

  FolderStore(Path root) {
    this.root = root;
  }

  /** Fails at the n-th call from now on, counted from 1. */
  void failAt(long n) {
    calls = 0;
    failAt = n;
  }

  void heal() {
    calls = 0;
    failAt = Long.MAX_VALUE;
  }

  long calls() {
    return calls;
  }

  /** Key → content of everything stored. */
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String key : listed("")) {
      contents.put(key, read(key));
    }
    return contents;
  }

  @Override
  public InputStream open(String key) {
    call();
    return new ByteArrayInputStream(read(key));
  }

  @Override
  public InputStream openRange(String key, long offset, long length) {
    call();
    byte[] bytes = read(key);
    int from = (int) Math.min(offset, bytes.length);
    return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
  }

  @Override
  public OutputStream create(String key) {
    call();
    return new ByteArrayOutputStream() {
      private boolean closed;

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          call();
          Path file = root.resolve(key);
          Files.createDirectories(file.getParent());
          Files.write(file, toByteArray());
        }
      }
    };
  }

  @Override
  public Iterator<String> keys(String prefix) {
    call();
    return listed(prefix).iterator();
  }

  @Override
  public void delete(String key) {
    call();
    try {
      Files.deleteIfExists(root.resolve(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void call() {
    if (++calls >= failAt) {
      throw TnmtException.of(ErrorCode.STORE_FAILED, "the store was made to fail");
    }
  }

  private List<String> listed(String prefix) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(String key) {
    try {
      return Files.readAllBytes(root.resolve(key));
    } catch (NoSuchFileException e) {
      throw TnmtException.of(ErrorCode.SOURCE_MISSING, "no object", key, "", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
