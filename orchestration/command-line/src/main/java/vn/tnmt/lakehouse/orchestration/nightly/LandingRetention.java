package vn.tnmt.lakehouse.orchestration.nightly;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries.Marked;
import vn.tnmt.lakehouse.ingestion.collect.landing.Ended;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.ledger.RunLog.Taken;
import vn.tnmt.lakehouse.transform.maintain.Budget;
import vn.tnmt.lakehouse.transform.release.Releases;

/**
 * Ends the bytes in landing that their feed keeps no longer. Days are counted from the release that
 * took a delivery, so that what no release has taken, held ones too, never ends. Manifest and index
 * stay: a file that is sent again is known as received.
 *
 * <p>What has to be looked at is found in the ledger, by the releases that fell out of the feeds'
 * windows since the last time; how far that was stands in one object of the store. Neither landing
 * nor history is listed. May be killed at any moment and run again.
 */
public final class LandingRetention {
  /** Deliveries of feeds that are not, or no longer, there. */
  private static final String OTHERS = "*";

  /** Feed → the instant before which all that releases took has ended. */
  static final String CURSOR = "landing-retention.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Lakehouse lake;
  private final Supplier<List<Feed>> feeds;
  private final Clock clock;
  private final Deliveries landing;

  /** A delivery whose bytes are to end. */
  public record Due(Taken delivery, String feed, int keepDays) {}

  /**
   * What there is to do.
   *
   * @param due the earliest first
   * @param marked due as well, but their marks as not yet taken are still there: a later time
   * @param until feed → the instant before which there is nothing left to do after it
   */
  public record Plan(List<Due> due, List<Due> marked, Map<String, Instant> until) {
    public long bytes() {
      return due.stream().mapToLong(one -> one.delivery.bytes()).sum();
    }
  }

  /**
   * @param feeds asked for only where something was released
   */
  public LandingRetention(Lakehouse lake, Supplier<List<Feed>> feeds, Clock clock) {
    this.lake = lake;
    this.feeds = feeds;
    this.clock = clock;
    this.landing = new Deliveries(LandingStore.of(lake.store()));
  }

  /** What has fallen out of the feeds' windows since the last time. Changes nothing. */
  public Plan plan() {
    if (new Releases(lake).newest().isEmpty()) {
      return new Plan(List.of(), List.of(), Map.of());
    }
    Map<String, Integer> days = new HashMap<>();
    int usual = lake.settings().integer(SettingKey.LANDING_KEEP_DAYS);
    days.put(OTHERS, usual);
    feeds
        .get()
        .forEach(
            feed ->
                days.put(
                    feed.id().toString(), feed.landingDays() > 0 ? feed.landingDays() : usual));
    Map<String, Instant> from = from(days.keySet());
    Map<String, Instant> until = new HashMap<>();
    days.forEach((feed, keep) -> until.put(feed, later(from.get(feed), limit(keep))));
    Set<String> open = landing.marked().stream().map(Marked::folder).collect(Collectors.toSet());
    List<Due> due = new ArrayList<>();
    List<Due> marked = new ArrayList<>();
    for (Taken taken :
        new RunLog(lake).taken(Collections.min(from.values()), Collections.max(until.values()))) {
      String feed = days.containsKey(taken.feed().toString()) ? taken.feed().toString() : OTHERS;
      Due one = new Due(taken, feed, days.get(feed));
      if (taken.releasedAt().isBefore(from.get(feed))
          || !taken.releasedAt().isBefore(limit(one.keepDays))) {
        continue;
      }
      if (open.contains(taken.landing())) {
        marked.add(one);
      } else {
        due.add(one);
      }
    }
    marked.forEach(
        one -> until.merge(one.feed, one.delivery.releasedAt(), LandingRetention::earlier));
    return new Plan(due, marked, until);
  }

  /** How far each has come; a feed that is new is where those are that are no feed's. */
  private Map<String, Instant> from(Set<String> feeds) {
    Map<String, Instant> cursor = cursor();
    Instant others =
        cursor.entrySet().stream()
            .filter(one -> one.getKey().equals(OTHERS) || !feeds.contains(one.getKey()))
            .map(Map.Entry::getValue)
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    Map<String, Instant> from = new HashMap<>();
    feeds.forEach(feed -> from.put(feed, cursor.getOrDefault(feed, others)));
    from.put(OTHERS, others);
    return from;
  }

  private Instant limit(int days) {
    return clock.instant().minus(Duration.ofDays(days));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * Ends them, as long as there is time; what is left comes next time.
   *
   * @return how many have ended
   */
  public int apply(Plan plan, BooleanSupplier goOn) {
    lake.lease().ifPresent(Lease::confirm);
    Map<String, Instant> until = new HashMap<>(plan.until);
    int ended = 0;
    for (Due due : plan.due) {
      if (goOn.getAsBoolean()) {
        landing.end(
            due.delivery.landing(),
            new Ended(
                clock.instant(),
                Ended.By.RETENTION,
                "landing.keepDays %d".formatted(due.keepDays)));
        ended++;
      } else {
        until.merge(due.feed, due.delivery.releasedAt(), LandingRetention::earlier);
      }
    }
    if (!until.isEmpty() && !until.equals(cursor())) {
      put(until);
    }
    return ended;
  }

  /**
   * As a part of maintenance.
   *
   * @return what a person should know of it; empty when nothing was due
   */
  public Optional<String> maintain(boolean dryRun, Budget budget) {
    Plan plan = plan();
    int ended = dryRun ? 0 : apply(plan, () -> !budget.isSpent());
    return plan.due.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "vùng nhận / landing: %d lần gửi hết hạn lưu / deliveries are kept no longer, %d byte, đã kết thúc / ended %d"
                .formatted(plan.due.size(), plan.bytes(), ended));
  }

  private Map<String, Instant> cursor() {
    try {
      Map<String, Instant> cursor = new HashMap<>();
      JSON.readValue(lake.store().get(CURSOR), new TypeReference<Map<String, String>>() {})
          .forEach((feed, until) -> cursor.put(feed, Instant.parse(until)));
      return cursor;
    } catch (TnmtException e) {
      if (e.code() == ErrorCode.OBJECT_MISSING) {
        return Map.of();
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED,
          "không đọc được mốc dọn vùng nhận / how far landing has ended cannot be read",
          CURSOR,
          "delete the object: the next retention begins at the first release",
          e);
    }
  }

  private void put(Map<String, Instant> until) {
    Map<String, String> text = new TreeMap<>();
    until.forEach((feed, instant) -> text.put(feed.toString(), instant.toString()));
    try {
      lake.store().put(CURSOR, JSON.writeValueAsBytes(text));
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "a cursor was not written", CURSOR, "", e);
    }
  }
}
