package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * A landing store in a folder. An object appears when its stream is closed. Made to fail, it fails
 * at the n-th call from then on and at every later one, as a process that was killed.
 */
public class FolderStore implements LandingStore {
  private final Path root;

  /** Objects being written. Not below the root, where they would vanish under a listing. */
  private final Path parts;

  private long calls;
  private long failAt = Long.MAX_VALUE;

  public FolderStore(Path root) {
    this.root = root;
    this.parts = root.resolveSibling(root.getFileName() + ".parts");
  }

  /** Fails at the n-th call from now on, counted from 1. */
  public void failAt(long n) {
    calls = 0;
    failAt = n;
  }

  public void heal() {
    calls = 0;
    failAt = Long.MAX_VALUE;
  }

  public long calls() {
    return calls;
  }

  /** Key → content of everything stored. */
  public Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String key : listed("")) {
      contents.put(key, read(key));
    }
    return contents;
  }

  @Override
  public InputStream open(String key) {
    call();
    return stream(key);
  }

  @Override
  public InputStream openRange(String key, long offset, long length) {
    call();
    InputStream in = stream(key);
    try {
      in.skip(offset);
      return BoundedInputStream.builder().setInputStream(in).setMaxCount(length).get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream create(String key) {
    call();
    try {
      Files.createDirectories(parts);
      Path part = Files.createTempFile(parts, "", "");
      return new FilterOutputStream(new BufferedOutputStream(Files.newOutputStream(part))) {
        private boolean closed;

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            super.close();
            call();
            Path file = root.resolve(key);
            Files.createDirectories(file.getParent());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Iterator<String> keysAfter(String prefix, String after) {
    call();
    return listed(prefix).stream().filter(key -> key.compareTo(after) > 0).sorted().iterator();
  }

  @Override
  public List<String> children(String prefix) {
    call();
    return listed(prefix).stream()
        .map(key -> key.substring(prefix.length()))
        .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/') + 1))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void forget(String key) {
    delete(key);
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
    try (InputStream in = stream(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream stream(String key) {
    try {
      return Files.newInputStream(root.resolve(key));
    } catch (NoSuchFileException e) {
      throw TnmtException.of(ErrorCode.OBJECT_MISSING, "no object", key, "", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
