package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.SourceWalk;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;
import vn.tnmt.lakehouse.ingestion.collect.transfer.TransferPolicy;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * The files of a server's folder. When the server goes away or the deadline passes after some files
 * have come, these make the delivery, and the rest is left for the next run.
 */
public final class RemoteOffer implements Offer {
  /** Deeper folders are not opened: a server's folder may hold itself. */
  private static final int MAX_DEPTH = 100;

  /** So many files one after the other that could not be read tell that none can. */
  private static final int MAX_FAILURES = 3;

  private final RemoteFiles files;
  private final RemoteCalls calls;
  private final TransferPolicy limits;
  private final long quietNanos;
  private final FilePattern pattern;
  private final LocalDate from;
  private final String location;
  private final Tally tally;
  private final SourceWalk<String> walk;

  private @Nullable Offered reading;
  private @Nullable ResumedStream stream;
  private boolean brought;
  private int failures;
  private @Nullable TnmtException stop;

  private RemoteOffer(
      RemoteFiles files,
      TransferPolicy limits,
      Attempts attempts,
      int quietSeconds,
      OfferRequest request)
      throws IOException {
    this.files = files;
    this.limits = limits;
    this.quietNanos = TimeUnit.SECONDS.toNanos(quietSeconds);
    this.pattern = request.feed().transport().pattern();
    this.from = request.from();
    this.location = request.feed().transport().location();
    this.tally = request.tally();
    this.calls = new RemoteCalls(files, attempts, location);
    this.walk =
        new SourceWalk<>(
            new RemoteListing(files, calls, RemoteListing.MAX_CHILDREN),
            "",
            this::worthOpening,
            request.work(),
            request.chunk(),
            tally);
  }

  /**
   * Lists the folder.
   *
   * @param files is closed with the offer, and when there is none
   * @param quietSeconds a file modified less than this before now is left for the next run
   */
  public static RemoteOffer open(
      RemoteFiles files,
      TransferPolicy limits,
      Attempts attempts,
      int quietSeconds,
      OfferRequest request) {
    Feed feed = request.feed();
    try {
      return new RemoteOffer(files, limits, attempts, quietSeconds, request);
    } catch (IOException e) {
      files.close();
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING,
          "không có hoặc không đọc được thư mục nguồn / the source folder is missing or unreadable",
          feed.transport().location(),
          "check transport.root of feed " + feed.id() + " (" + feed.place() + ")",
          e);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private boolean worthOpening(String folder) {
    if (folder.chars().filter(c -> c == '/').count() >= MAX_DEPTH) {
      tally.unstable(folder, "quá sâu, không mở / too deep, not opened");
      return false;
    }
    // A day's slack: a folder may be named by another time zone than the files in it.
    return !pattern.dated() || pattern.mayHold(folder, from.minusDays(1));
  }

  @Override
  public @Nullable Offered next(EarlierFiles earlier) throws IOException {
    if (stop == null) {
      try {
        Offered file = walk.next();
        return file == null || !files.listsRoughTimes() ? file : exact(file);
      } catch (TnmtException e) {
        stop = e;
      }
    }
    if (!brought) {
      throw stop;
    }
    tally.unstable(
        location,
        "phần còn lại để lần sau / the rest is left for the next run: " + stop.getMessage());
    return null;
  }

  /** The file with its time to the second, unless it is not going to be looked at. */
  private Offered exact(Offered file) throws IOException {
    boolean tooOld =
        pattern
            .match(file.path())
            .flatMap(FilePattern.Match::at)
            .map(LocalDateTime::toLocalDate)
            .filter(from::isAfter)
            .isPresent();
    if (tooOld) {
      return file;
    }
    Optional<RemoteFiles.Entry> now =
        calls.tried(file.path(), () -> files.find((String) file.source()));
    return now.filter(entry -> entry.modifiedNanos() != 0)
        .map(
            entry ->
                Offered.of(
                    file.path(),
                    file.source(),
                    entry.size() < 0 ? file.size() : entry.size(),
                    entry.modifiedNanos()))
        .orElse(file);
  }

  @Override
  public InputStream open(Offered file) {
    reading = null;
    stream = null;
    if (stop != null || isFresh(file)) {
      return InputStream.nullInputStream();
    }
    if (file.size() < 0 || file.size() > limits.maxFileBytes()) {
      tally.note(
          file.path()
              + (file.size() < 0
                  ? ": máy chủ không cho biết dung lượng / the server does not tell its size"
                  : ": lớn hơn limits.maxFileMB / larger than limits.maxFileMB"));
      return InputStream.nullInputStream();
    }
    reading = file;
    stream = new ResumedStream(files, calls, limits.retries(), file);
    return stream;
  }

  /** Whether a file was modified so short a time ago that somebody may be writing it. */
  private boolean isFresh(Offered file) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return file.modifiedNanos() != 0 && Math.abs(now - file.modifiedNanos()) < quietNanos;
  }

  @Override
  public boolean unchanged(Offered file, long bytesRead) {
    if (!file.equals(reading)) {
      return false;
    }
    stream.close();
    stream.failure().ifPresent(this::failed);
    if (stop != null || stream.failure().isPresent()) {
      return false;
    }
    failures = 0;
    boolean same = bytesRead == file.size() && isStillListed(file);
    brought |= same;
    return same;
  }

  private boolean isStillListed(Offered file) {
    try {
      return ResumedStream.isListed(
          calls.tried(file.path(), () -> files.find((String) file.source())), file);
    } catch (TnmtException e) {
      stop = e;
      return false;
    } catch (IOException e) {
      // Only when interrupted: whoever goes on finds out.
      return false;
    }
  }

  private void failed(TnmtException failure) {
    if (++failures >= MAX_FAILURES) {
      stop = failure;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      walk.close();
    } finally {
      files.close();
    }
  }
}
