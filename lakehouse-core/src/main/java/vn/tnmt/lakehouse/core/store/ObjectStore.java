package vn.tnmt.lakehouse.core.store;

import static org.apache.hadoop.fs.Options.OpenFileOptions.FS_OPTION_OPENFILE_LENGTH;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.Invoker;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3ARetryPolicy;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Objects of the platform's bucket outside of Iceberg: the landing zone, manifests, releases. Keys
 * are relative to the bucket's root and have no leading slash. Safe for use by several threads.
 *
 * <p>An object that does not exist is TNMT-3003; any other failure of the store is TNMT-3002. The
 * streams themselves throw IOException, as streams do.
 */
public final class ObjectStore implements AutoCloseable {
  private static final ConcurrentMap<StoreAccess, ObjectStore> SHARED = new ConcurrentHashMap<>();

  /**
   * The embedded endpoint writes an object to {@code <key>-<random UUID>} first; one that was
   * killed meanwhile leaves that file behind. No key of the platform ends like this.
   */
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private final StoreAccess access;
  private final FileSystem files;

  private ObjectStore(StoreAccess access, FileSystem files) {
    this.access = access;
    this.files = files;
  }

  /** One object: its key, size in bytes and time of writing. */
  public record Entry(String key, long size, Instant modified) {}

  /** A store of its own, to be closed by the caller. */
  public static ObjectStore open(StoreAccess access) {
    Configuration conf = new Configuration();
    access.hadoopProperties().forEach(conf::set);
    URI root = URI.create("s3a://" + access.bucket() + "/");
    try {
      return new ObjectStore(access, FileSystem.newInstance(root, conf));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_UNREACHABLE,
          "kho đối tượng không trả lời / the object store does not answer",
          access.toString(),
          "kiểm tra / check store.endpoint, store.bucket, store.credentials",
          e);
    }
  }

  /** The one store of this JVM for {@code access}, for Spark tasks; not to be closed. */
  public static ObjectStore shared(StoreAccess access) {
    return SHARED.computeIfAbsent(access, ObjectStore::open);
  }

  /** Closes the shared store for {@code access}, if there is one. */
  public static void releaseShared(StoreAccess access) {
    ObjectStore shared = SHARED.remove(access);
    if (shared != null) {
      shared.close();
    }
  }

  public StoreAccess access() {
    return access;
  }

  /** {@code s3a://bucket/key}. */
  public URI uri(String key) {
    return path(key).toUri();
  }

  public InputStream open(String key) {
    return attempt(key, () -> files.open(path(key)));
  }

  /**
   * Bytes {@code offset} (inclusive) to {@code offset + length} of the object, or fewer where it
   * ends before. Nobody asks for its size first.
   */
  public InputStream openRange(String key, long offset, long length) {
    return attempt(
        key,
        () -> {
          FSDataInputStream in =
              FutureIO.awaitFuture(
                  files
                      .openFile(path(key))
                      .opt(FS_OPTION_OPENFILE_LENGTH, Long.toString(offset + length))
                      .build());
          try {
            in.seek(offset);
            InputStream bounded = new BufferedInputStream(new Bounded(in, length));
            // The store is asked now, so that an object that is missing is told as such.
            bounded.mark(1);
            if (bounded.read() >= 0) {
              bounded.reset();
            }
            return bounded;
          } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
          }
        });
  }

  /** Writes the object when the stream is closed; replaces one that exists. */
  public OutputStream create(String key) {
    return attempt(key, () -> files.createFile(path(key)).recursive().overwrite(true).build());
  }

  public void put(String key, byte[] bytes) {
    attempt(
        key,
        () -> {
          try (OutputStream out = create(key)) {
            out.write(bytes);
          }
          return null;
        });
  }

  /** A whole object, in one request. */
  public byte[] get(String key) {
    return patiently(
        "get object",
        key,
        client ->
            client
                .getObjectAsBytes(
                    GetObjectRequest.builder().bucket(access.bucket()).key(key).build())
                .asByteArray());
  }

  /** A whole object that may not be there, in one request. */
  public Optional<byte[]> find(String key) {
    try {
      return Optional.of(get(key));
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether there is an object of exactly this key. */
  public boolean exists(String key) {
    return attempt(
        key,
        () -> {
          try {
            return files.getFileStatus(path(key)).isFile();
          } catch (FileNotFoundException e) {
            return false;
          }
        });
  }

  /**
   * Names right below {@code prefix}, sorted; those of folders end with a slash. Empty when there
   * are none.
   */
  public List<String> children(String prefix) {
    return attempt(
        prefix,
        () -> {
          List<String> names = new ArrayList<>();
          try {
            RemoteIterator<FileStatus> statuses = files.listStatusIterator(path(prefix));
            while (statuses.hasNext()) {
              FileStatus status = statuses.next();
              if (status.isDirectory()) {
                names.add(status.getPath().getName() + "/");
              } else if (isFinished(status)) {
                names.add(status.getPath().getName());
              }
            }
          } catch (FileNotFoundException e) {
            return List.of();
          }
          names.sort(Comparator.naturalOrder());
          return List.copyOf(names);
        });
  }

  /** Every object below {@code prefix}, page by page, in the order of the keys. */
  public Iterator<Entry> walk(String prefix) {
    RemoteIterator<LocatedFileStatus> statuses =
        attempt(
            prefix,
            () -> {
              try {
                return files.listFiles(path(prefix), true);
              } catch (FileNotFoundException e) {
                return null;
              }
            });
    return new Iterator<>() {
      private @Nullable LocatedFileStatus upcoming;

      @Override
      public boolean hasNext() {
        while (upcoming == null && statuses != null && attempt(prefix, () -> hasMore(statuses))) {
          LocatedFileStatus status = attempt(prefix, statuses::next);
          upcoming = isFinished(status) ? status : null;
        }
        return upcoming != null;
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        LocatedFileStatus status = upcoming;
        upcoming = null;
        return new Entry(
            key(status.getPath()),
            status.getLen(),
            Instant.ofEpochMilli(status.getModificationTime()));
      }
    };
  }

  /**
   * Keys below {@code prefix} that come after another one, a thousand for each request: what lies
   * before costs nothing.
   *
   * @param after a key, which need not exist
   */
  public Iterator<String> keysAfter(String prefix, String after) {
    return new Iterator<>() {
      private Iterator<S3Object> page = Collections.emptyIterator();
      private ListObjectsV2Request next =
          ListObjectsV2Request.builder()
              .bucket(access.bucket())
              .prefix(prefix)
              .startAfter(after)
              .build();
      private boolean more = true;
      private @Nullable String upcoming;

      @Override
      public boolean hasNext() {
        while (upcoming == null && (page.hasNext() || more)) {
          if (page.hasNext()) {
            String key = page.next().key();
            upcoming = key.endsWith("/") || UNFINISHED.matcher(key).matches() ? null : key;
          } else {
            turn();
          }
        }
        return upcoming != null;
      }

      private void turn() {
        ListObjectsV2Response answer =
            patiently("list objects", prefix, client -> client.listObjectsV2(next));
        page = answer.contents().iterator();
        more = Boolean.TRUE.equals(answer.isTruncated());
        next = next.toBuilder().continuationToken(answer.nextContinuationToken()).build();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        String key = upcoming;
        upcoming = null;
        return key;
      }
    };
  }

  /**
   * Deletes an object of which nothing else is to be known, in one request: {@link #delete} looks
   * for it first, and leaves an empty folder where it was the last.
   */
  public void forget(String key) {
    patiently(
        "delete", key, client -> client.deleteObject(r -> r.bucket(access.bucket()).key(key)));
  }

  /** By S3A's own client, and as often as S3A itself would ask. */
  private <T> T patiently(String what, String key, Function<S3Client, T> request) {
    S3Client client = ((S3AFileSystem) files).getS3AInternals().getAmazonS3Client(what);
    Invoker invoker = new Invoker(new S3ARetryPolicy(files.getConf()), Invoker.NO_OP);
    return attempt(key, () -> invoker.retry(what, key, true, () -> request.apply(client)));
  }

  /** Deletes the object; nothing happens when it does not exist. */
  public void delete(String key) {
    attempt(key, () -> files.delete(path(key), false));
  }

  /** Deletes every object below {@code prefix}. */
  public void deleteAll(String prefix) {
    attempt(prefix, () -> files.delete(path(prefix), true));
  }

  @Override
  public void close() {
    attempt(
        "",
        () -> {
          files.close();
          return null;
        });
  }

  private static boolean isFinished(FileStatus status) {
    return !UNFINISHED.matcher(status.getPath().getName()).matches();
  }

  private static boolean hasMore(RemoteIterator<LocatedFileStatus> statuses) throws IOException {
    try {
      return statuses.hasNext();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private Path path(String key) {
    return new Path("s3a://" + access.bucket() + "/" + key);
  }

  private static String key(Path path) {
    return path.toUri().getPath().substring(1);
  }

  private <T> T attempt(String key, Action<T> action) {
    try {
      return action.run();
    } catch (FileNotFoundException e) {
      throw TnmtException.of(
          ErrorCode.OBJECT_MISSING,
          "không có đối tượng này / the object does not exist",
          access.location(key),
          "",
          e);
    } catch (IOException | UncheckedIOException e) {
      throw StoreFaults.failed(e, access.location(key));
    }
  }

  /** Something that the store does. */
  private interface Action<T> {
    T run() throws IOException;
  }

  /** The first {@code length} bytes of a stream. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) {
        return -1;
      }
      int value = super.read();
      if (value >= 0) {
        left--;
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length > 0 && left <= 0) {
        return -1;
      }
      int count = super.read(buffer, offset, (int) Math.min(length, left));
      if (count > 0) {
        left -= count;
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
