package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** The files of a folder that the platform can read. */
final class DirectoryOffer implements Offer {
  private final SourceWalk<Path> walk;

  private DirectoryOffer(SourceWalk<Path> walk) {
    this.walk = walk;
  }

  static DirectoryOffer open(Feed feed, LocalDate from, Path work, int chunk, Tally tally) {
    Path root = Path.of(feed.transport().location());
    FilePattern pattern = feed.transport().pattern();
    try {
      // A day's slack: a folder may be named by another time zone than the files in it.
      return new DirectoryOffer(
          new SourceWalk<>(
              new LocalListing(),
              root.toRealPath(),
              folder -> !pattern.dated() || pattern.mayHold(folder, from.minusDays(1)),
              work,
              chunk,
              tally));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING,
          "không có hoặc không đọc được thư mục nguồn / the source folder is missing or unreadable",
          root.toString(),
          "check transport.root of feed " + feed.id() + " (" + feed.place() + ")",
          e);
    }
  }

  @Override
  public Offered next(EarlierFiles earlier) throws IOException {
    return walk.next();
  }

  @Override
  public InputStream open(Offered file) {
    return SourceBytes.open((Path) file.source());
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    try {
      BasicFileAttributes is =
          Files.readAttributes(
              (Path) file.source(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return bytesRead == file.size()
          && is.size() == file.size()
          && is.lastModifiedTime().to(TimeUnit.NANOSECONDS) == file.modifiedNanos();
    } catch (IOException e) {
      // It has vanished.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    walk.close();
  }
}
