package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import vn.tnmt.lakehouse.ingestion.collect.offer.Listing;

/** A server's folders. A listing that breaks off begins anew. */
final class RemoteListing implements Listing<String> {
  /** Of one folder; a server that never ends its listing would fill the disk. */
  static final long MAX_CHILDREN = 5_000_000;

  private static final int ASK_DEADLINE_EVERY = 1_000;

  private final RemoteFiles files;
  private final RemoteCalls calls;
  private final long maxChildren;

  RemoteListing(RemoteFiles files, RemoteCalls calls, long maxChildren) {
    this.files = files;
    this.calls = calls;
    this.maxChildren = maxChildren;
  }

  @Override
  public void list(String folder, Sink<String> sink) throws IOException {
    String path = files.decode(folder);
    boolean there =
        calls.tried(
            path,
            () -> {
              ours(sink::restart);
              return files.list(folder, new Children(folder, path, sink));
            });
    if (!there) {
      throw new NoSuchFileException(path);
    }
  }

  /** Passes children on, and looks at the clock. */
  private final class Children implements RemoteFiles.Entries {
    final String folder;
    final String path;
    final Sink<String> sink;
    long count;

    Children(String folder, String path, Sink<String> sink) {
      this.folder = folder;
      this.path = path;
      this.sink = sink;
    }

    @Override
    public void accept(RemoteFiles.Entry entry) {
      if (++count % ASK_DEADLINE_EVERY == 0) {
        calls.attempts().left(path);
      }
      String name = files.decode(entry.name());
      if (count > maxChildren) {
        if (count == maxChildren + 1) {
          sink.odd(path, "quá nhiều tệp, bỏ qua phần còn lại / too many files, the rest is left");
        }
      } else if (entry.kind() == RemoteFiles.Kind.UNREADABLE) {
        sink.odd(name, "không hiểu dòng liệt kê / a line of the listing is not understood");
      } else if (!RemoteNames.isPlain(entry.name())) {
        sink.odd(name, "tên không dùng được, bỏ qua / unusable name, not opened");
      } else if (entry.kind() == RemoteFiles.Kind.OTHER) {
        sink.odd(name, "không phải tệp thường, bỏ qua / not a regular file, not followed");
      } else {
        boolean isFolder = entry.kind() == RemoteFiles.Kind.FOLDER;
        String place = RemoteNames.join(folder, entry.name());
        ours(() -> sink.add(name, isFolder, place, entry.size(), entry.modifiedNanos()));
      }
    }
  }

  /** Something of our side, which no other connection would mend. */
  private interface Ours {
    void run() throws IOException;
  }

  private static void ours(Ours action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String text(String place) {
    return place;
  }

  @Override
  public String place(String text) {
    return text;
  }
}
