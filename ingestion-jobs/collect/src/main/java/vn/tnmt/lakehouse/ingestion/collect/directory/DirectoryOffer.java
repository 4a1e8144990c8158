package vn.tnmt.lakehouse.ingestion.collect.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.SourceWalk;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** The files of a folder that the platform can read. */
final class DirectoryOffer implements Offer {
  private final SourceWalk<Path> walk;
  private final Duration quiet;
  private boolean stillWritten;

  private DirectoryOffer(SourceWalk<Path> walk, Duration quiet) {
    this.walk = walk;
    this.quiet = quiet;
  }

  static DirectoryOffer open(Directory transport, OfferRequest request) {
    Path root = Path.of(transport.location());
    FilePattern pattern = transport.pattern();
    try {
      // A day's slack: a folder may be named by another time zone than the files in it.
      return new DirectoryOffer(
          new SourceWalk<>(
              new LocalListing(),
              root.toRealPath(),
              folder -> !pattern.dated() || pattern.mayHold(folder, request.from().minusDays(1)),
              request.work(),
              request.chunk(),
              request.tally()),
          Duration.ofSeconds(transport.quietSeconds()));
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING,
          "không có hoặc không đọc được thư mục nguồn / the source folder is missing or unreadable",
          root.toString(),
          "check transport.root of feed "
              + request.feed().id()
              + " ("
              + request.feed().place()
              + ")",
          e);
    }
  }

  @Override
  public Offered next(EarlierFiles earlier) throws IOException {
    return walk.next();
  }

  @Override
  public InputStream open(Offered file) {
    // By the clock of now, not of the night's begin. A time further ahead is of a wrong clock.
    Instant modified = Instant.EPOCH.plusNanos(file.modifiedNanos());
    stillWritten = Duration.between(modified, Instant.now()).abs().compareTo(quiet) < 0;
    return stillWritten ? InputStream.nullInputStream() : SourceBytes.open((Path) file.source());
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    if (stillWritten) {
      return false;
    }
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
  public String why() {
    return stillWritten
        ? "được ghi cách đây chưa đến %1$d giây, để lần sau / modified less than %1$d s ago, left for the next run"
            .formatted(quiet.toSeconds())
        : "";
  }

  @Override
  public void close() throws IOException {
    walk.close();
  }
}
