package vn.tnmt.lakehouse.ingestion.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern.Match;

/** Collects one feed for one night. */
final class FeedCollection {
  private static final int PROGRESS_STEP = 1_000;

  private final LandingStore store;
  private final Path work;
  private final Instant now;
  private final LandingLimits limits;
  private final int chunk;
  private final Feed feed;
  private final Ownership ownership;
  private final LocalDate businessDate;
  private final LongConsumer progress;

  private final FilePattern pattern;
  private final ZoneId zone;
  private final LocalDateTime localNow;

  /** First day of files that are looked at. */
  private final LocalDate from;

  private final Tally tally = new Tally();
  private EarlierFiles earlier;
  private DeliveryWriter delivery;

  FeedCollection(
      LandingStore store,
      Path work,
      Instant now,
      LandingLimits limits,
      int chunk,
      Feed feed,
      Ownership ownership,
      LocalDate businessDate,
      LongConsumer progress) {
    this.store = store;
    this.work = work;
    this.now = now;
    this.limits = limits;
    this.chunk = chunk;
    this.feed = feed;
    this.ownership = ownership;
    this.businessDate = businessDate;
    this.progress = progress;
    this.pattern = feed.transport().pattern();
    this.zone = feed.conventions().timeZone();
    this.localNow = LocalDateTime.ofInstant(now, zone);
    this.from =
        pattern.dated() ? businessDate.minusDays(feed.transport().lookbackDays()) : LocalDate.MIN;
  }

  CollectResult run() {
    try {
      return result(deliver(), Optional.empty());
    } catch (TnmtException e) {
      return result(Optional.empty(), Optional.of(e));
    } catch (IOException | UncheckedIOException e) {
      return failed(
          ErrorCode.STORE_FAILED, "không ghi được lần gửi / the delivery could not be written", e);
    } catch (RuntimeException e) {
      return failed(ErrorCode.INTERNAL, "lỗi nội bộ / internal fault " + e, e);
    }
  }

  private CollectResult failed(ErrorCode code, String what, Exception cause) {
    return result(
        Optional.empty(), Optional.of(TnmtException.of(code, what, feed.id(), "run again", cause)));
  }

  private CollectResult result(Optional<Manifest> manifest, Optional<TnmtException> failure) {
    return new CollectResult(feed.id(), manifest, tally.counts(), tally.notes(), failure);
  }

  private Optional<Manifest> deliver() throws IOException {
    Path root = Ownership.root(feed);
    Deliveries deliveries = new Deliveries(store);
    try (SourceWalk walk = walk(root)) {
      Map<String, List<String>> folders = deliveries.folders(feed.id(), from);
      deliveries.sweep(folders);
      earlier = new EarlierFiles(store, deliveries.complete(folders));
      delivery =
          new DeliveryWriter(
              store,
              feed,
              businessDate,
              now,
              Deliveries.nextFolder(folders, feed.id(), businessDate),
              limits);
      int seen = 0;
      for (SourceWalk.Found file = walk.next(); file != null; file = walk.next()) {
        consider(file);
        if (++seen % PROGRESS_STEP == 0) {
          progress.accept(PROGRESS_STEP);
        }
      }
      progress.accept(seen % PROGRESS_STEP);
      return delivery.finish();
    }
  }

  private SourceWalk walk(Path root) {
    try {
      // A day's slack: a folder may be named by another time zone than the files in it.
      return new SourceWalk(
          root.toRealPath(),
          folder -> !pattern.dated() || pattern.mayHold(folder, from.minusDays(1)),
          work,
          chunk,
          tally);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.SOURCE_MISSING,
          "không có hoặc không đọc được thư mục nguồn / the source folder is missing or unreadable",
          root.toString(),
          "check transport.root of feed " + feed.id() + " (" + feed.place() + ")",
          e);
    }
  }

  private void consider(SourceWalk.Found file) throws IOException {
    Optional<Match> match = pattern.match(file.path());
    if (match.isEmpty() && ownership.isOthers(file.path())) {
      return;
    }
    Optional<LocalDateTime> named = match.flatMap(Match::at).filter(at -> !at.isAfter(localNow));
    if (named.isPresent() && ofLaterNight(named.get())) {
      tally.leftForLater++;
      return;
    }
    if (pattern.dated() && day(named, file).isBefore(from)) {
      tally.outsideWindow++;
      return;
    }
    EarlierFiles.Version before = earlier.newest(file.path());
    boolean untouched =
        before != null
            && before.size() == file.size()
            && before.modifiedMillis() == file.modifiedMillis();
    if (untouched) {
      tally.alreadyReceived++;
    } else if (take(file, before)) {
      tally.taken++;
      tally.bytes += file.size();
      tally.unrecognised += match.isEmpty() ? 1 : 0;
    }
  }

  /** A value of 00:00 is of the hour that ends then, and so of the night before. */
  private boolean ofLaterNight(LocalDateTime named) {
    return pattern.timed()
        ? named.isAfter(businessDate.plusDays(1).atStartOfDay())
        : named.toLocalDate().isAfter(businessDate);
  }

  /** The day of a file whose name does not tell a past one is that of its last modification. */
  private LocalDate day(Optional<LocalDateTime> named, SourceWalk.Found file) {
    return named
        .map(LocalDateTime::toLocalDate)
        .orElseGet(() -> LocalDate.ofInstant(Instant.ofEpochMilli(file.modifiedMillis()), zone));
  }

  /** Reads the file into the delivery, unless it is not new after all or does not hold still. */
  private boolean take(SourceWalk.Found file, EarlierFiles.Version before) throws IOException {
    return file.size() < limits.large() ? takeSmall(file, before) : takeLarge(file, before);
  }

  private boolean takeSmall(SourceWalk.Found file, EarlierFiles.Version before) throws IOException {
    byte[] content;
    try (InputStream in = SourceBytes.open(file.file())) {
      content = in.readNBytes((int) file.size() + 1);
    }
    if (!unchanged(file, content.length)) {
      return left(file);
    }
    String sha256 = Sha256.hex(content);
    if (before != null && before.sha256().equals(sha256)) {
      return same();
    }
    delivery.add(file, content, sha256, before);
    return true;
  }

  private boolean takeLarge(SourceWalk.Found file, EarlierFiles.Version before) throws IOException {
    if (before != null && before.size() == file.size() && sameContent(file, before)) {
      return same();
    }
    try (InputStream in = SourceBytes.open(file.file())) {
      return delivery.addLarge(file, in, read -> unchanged(file, read), before) || left(file);
    }
  }

  private static boolean sameContent(SourceWalk.Found file, EarlierFiles.Version before)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(SourceBytes.open(file.file()), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest).equals(before.sha256());
  }

  private boolean same() {
    tally.alreadyReceived++;
    return false;
  }

  private boolean left(SourceWalk.Found file) {
    tally.unstable(
        file.path(),
        "đang thay đổi, đã biến mất hoặc không đọc được, để lần sau"
            + " / changing, vanished or unreadable, left for the next run");
    return false;
  }

  private static boolean unchanged(SourceWalk.Found file, long bytesRead) {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return bytesRead == file.size()
          && is.size() == file.size()
          && is.lastModifiedTime().to(TimeUnit.NANOSECONDS) == file.modifiedNanos();
    } catch (IOException e) {
      // It has vanished.
      return false;
    }
  }
}
