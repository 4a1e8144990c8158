package vn.tnmt.lakehouse.ingestion.collect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.EarlierFiles;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.ingestion.collect.offer.CollectedTransport;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offer;
import vn.tnmt.lakehouse.ingestion.collect.offer.OfferRequest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Offered;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern.Match;
import vn.tnmt.lakehouse.ingestion.reader.SystemFiles;

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
  private Offer offer;
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
      return StoreFaults.of(e)
          .or(() -> StoreFaults.roomless(e))
          .map(known -> result(Optional.empty(), Optional.of(known)))
          .orElseGet(
              () ->
                  failed(
                      ErrorCode.STORE_FAILED,
                      "không ghi được lần gửi / the delivery could not be written",
                      e));
    } catch (RuntimeException e) {
      return failed(ErrorCode.INTERNAL, "lỗi nội bộ / internal fault " + e, e);
    }
  }

  private CollectResult failed(ErrorCode code, String what, Exception cause) {
    return result(
        Optional.empty(),
        Optional.of(TnmtException.of(code, what, feed.id().toString(), "run again", cause)));
  }

  private CollectResult result(Optional<Manifest> manifest, Optional<TnmtException> failure) {
    return new CollectResult(feed.id(), manifest, tally.counts(), tally.notes(), failure);
  }

  private Optional<Manifest> deliver() throws IOException {
    Deliveries deliveries = new Deliveries(store);
    try (Offer open = BundledOffer.of(feed, offered(), tally)) {
      offer = open;
      Map<String, List<String>> folders = deliveries.folders(feed.id(), from);
      deliveries.sweep(folders);
      List<Manifest> complete = deliveries.complete(folders);
      earlier = new EarlierFiles(store, complete);
      delivery =
          new DeliveryWriter(
              store,
              feed,
              businessDate,
              now,
              deliveries.nextTurn(feed.id(), businessDate, complete, from),
              Deliveries.nextFolder(folders, feed.id(), businessDate),
              limits);
      int seen = 0;
      for (Offered file = offer.next(earlier); file != null; file = offer.next(earlier)) {
        consider(file);
        if (++seen % PROGRESS_STEP == 0) {
          progress.accept(PROGRESS_STEP);
        }
      }
      progress.accept(seen % PROGRESS_STEP);
      return delivery.finish();
    }
  }

  private Offer offered() {
    if (feed.transport() instanceof CollectedTransport transport) {
      return transport.open(new OfferRequest(feed, businessDate, from, work, chunk, tally));
    }
    throw TnmtException.of(
        ErrorCode.FEED_INVALID,
        "cách lấy tệp này không tải được / a transport of this type cannot be collected",
        feed.place().toString(),
        "write another transport.type");
  }

  private void consider(Offered file) throws IOException {
    if (SystemFiles.is(file.path())) {
      return;
    }
    Optional<Match> match = pattern.match(file.path());
    if (match.isEmpty() && ownership.isOthers(file.path())) {
      return;
    }
    Optional<LocalDateTime> named = match.flatMap(Match::at).filter(at -> !at.isAfter(localNow));
    if (named.isPresent() && ofLaterNight(named.get())) {
      tally.leftForLater++;
      return;
    }
    boolean tellsItsDay = named.isPresent() || file.modifiedNanos() != 0;
    if (pattern.dated() && tellsItsDay && day(named, file).isBefore(from)) {
      tally.outsideWindow++;
      return;
    }
    EarlierFiles.Version before = earlier.newest(file.path());
    if (isReceived(file, before)) {
      tally.alreadyReceived++;
    } else if (take(file, before, pattern.dated() && !tellsItsDay)) {
      tally.taken++;
      tally.unrecognised += match.isEmpty() ? 1 : 0;
    }
  }

  private static boolean isReceived(Offered file, EarlierFiles.@Nullable Version before) {
    return before != null && (file.untouched() || sameSizeAndTime(file, before));
  }

  private static boolean sameSizeAndTime(Offered file, EarlierFiles.Version before) {
    return file.modifiedNanos() != 0
        && before.size() == file.size()
        && before.modifiedMillis() == file.modifiedMillis()
        && before.name().equals(file.version());
  }

  /** A value of 00:00 is of the hour that ends then, and so of the night before. */
  private boolean ofLaterNight(LocalDateTime named) {
    return pattern.timed()
        ? named.isAfter(businessDate.plusDays(1).atStartOfDay())
        : named.toLocalDate().isAfter(businessDate);
  }

  /** The day of a file whose name does not tell a past one is that of its last modification. */
  private LocalDate day(Optional<LocalDateTime> named, Offered file) {
    return named
        .map(LocalDateTime::toLocalDate)
        .orElseGet(() -> LocalDate.ofInstant(Instant.ofEpochMilli(file.modifiedMillis()), zone));
  }

  /** Reads the file into the delivery, unless it is not new after all or does not hold still. */
  private boolean take(Offered listed, EarlierFiles.Version before, boolean dayUnknown)
      throws IOException {
    try (InputStream in = offer.open(listed)) {
      Offered file = offer.opened(listed);
      if (file == null) {
        return false;
      }
      if (isReceived(file, before)) {
        return same();
      }
      if (dayUnknown && file.modifiedNanos() != 0 && day(Optional.empty(), file).isBefore(from)) {
        tally.outsideWindow++;
        return false;
      }
      if (file.size() >= limits.large()) {
        return takeLarge(file, in, before);
      }
      // Of an unknown size: what fills the buffer is large.
      byte[] content = in.readNBytes(file.size() < 0 ? limits.large() : (int) file.size() + 1);
      return (file.size() < 0 && content.length == limits.large())
          ? takeLarge(file, new SequenceInputStream(new ByteArrayInputStream(content), in), before)
          : takeSmall(file, content, before);
    }
  }

  private boolean takeSmall(Offered file, byte[] content, EarlierFiles.@Nullable Version before)
      throws IOException {
    if (!offer.unchanged(file, content.length)) {
      return left(file);
    }
    String sha256 = Sha256.hex(content);
    if (before != null && before.sha256().equals(sha256)) {
      return same();
    }
    delivery.add(file, content, sha256, before);
    tally.bytes += content.length;
    return true;
  }

  private boolean takeLarge(Offered file, InputStream in, EarlierFiles.Version before)
      throws IOException {
    return delivery.addLarge(
        file,
        in,
        (read, sha256) -> {
          if (!offer.unchanged(file, read)) {
            return left(file);
          }
          if (before != null && before.sha256().equals(sha256)) {
            return same();
          }
          tally.bytes += read;
          return true;
        },
        before);
  }

  private boolean same() {
    tally.alreadyReceived++;
    return false;
  }

  private boolean left(Offered file) {
    String why = offer.why();
    tally.unstable(
        file.path(),
        why.isEmpty()
            ? "đang thay đổi, đã biến mất hoặc không đọc được, để lần sau"
                + " / changing, vanished or unreadable, left for the next run"
            : why);
    return false;
  }
}
