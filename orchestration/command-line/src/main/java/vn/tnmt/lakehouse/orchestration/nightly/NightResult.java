package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.core.store.StoreRequests;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.release.Release;

/**
 * What a night came to.
 *
 * @param releaseId the release that stands for the date after this night; empty when none was made
 * @param report path of the report's page, when there is a release
 * @param notes things that a person should know, one line each
 * @param requests what the night asked of the object store
 */
public record NightResult(
    LocalDate businessDate,
    Outcome outcome,
    Optional<String> releaseId,
    Optional<Path> report,
    List<PublisherLine> publishers,
    List<AuditResult> audits,
    List<String> notes,
    StoreRequests requests,
    Duration took) {
  /** How a night ends. */
  public enum Outcome {
    /** The run's tables passed their audits and wait on its branch. */
    STAGED,
    /** A release was made. */
    RELEASED,
    /** Nothing new came since the release of this date, which stands. */
    NOTHING_NEW,
    /** A blocking audit failed: nothing was released. */
    REFUSED
  }

  /**
   * One publisher's line of the summary.
   *
   * @param failures what kept its feeds from being collected
   */
  public record PublisherLine(
      String publisher, int deliveries, long files, Counts counts, List<String> failures) {}

  /** Puts together what the stages came to. */
  public static NightResult of(
      LocalDate date,
      Outcome outcome,
      Consolidated consolidated,
      Optional<Path> report,
      List<Feed> feeds,
      List<CollectResult> collected,
      StoreRequests requests,
      Duration took) {
    List<PublisherLine> lines = publishers(feeds, collected, consolidated);
    return new NightResult(
        date,
        outcome,
        consolidated.releaseId(),
        report,
        outcome == Outcome.NOTHING_NEW
            ? lines.stream().filter(line -> !line.failures().isEmpty()).toList()
            : lines,
        consolidated.audits(),
        Stream.concat(
                collected.stream()
                    .flatMap(
                        result -> result.notes().stream().map(note -> result.feed() + ": " + note)),
                consolidated.notes().stream())
            .toList(),
        requests,
        took);
  }

  /** One line for each publisher that has a feed, in the order of the feeds. */
  private static List<PublisherLine> publishers(
      List<Feed> feeds, List<CollectResult> collected, Consolidated consolidated) {
    Map<String, List<String>> failures = new LinkedHashMap<>();
    feeds.forEach(feed -> failures.put(feed.publisher().id(), new ArrayList<>()));
    for (CollectResult result : collected) {
      result
          .failure()
          .ifPresent(failure -> failures.get(result.feed().publisher()).add(failure.getMessage()));
    }
    return failures.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue(), consolidated))
        .toList();
  }

  private static PublisherLine line(
      String publisher, List<String> failures, Consolidated consolidated) {
    List<Manifest> sent =
        consolidated.taken().stream().filter(m -> m.publisher().equals(publisher)).toList();
    return new PublisherLine(
        publisher,
        sent.size(),
        sent.stream().mapToLong(Manifest::files).sum(),
        sent.stream()
            .map(m -> consolidated.counts().getOrDefault(m.deliveryId(), Counts.NONE))
            .reduce(Counts.NONE, Counts::plus),
        failures);
  }

  /**
   * The same, telling of a release that an earlier process had begun.
   *
   * @param begun empty for none
   */
  NightResult finishing(Optional<Release> begun) {
    Stream<String> told =
        begun.stream()
            .map(
                release ->
                    "%s đã phát hành dở, nay xong / was half published and is finished now"
                        .formatted(release.releaseId()));
    return new NightResult(
        businessDate,
        outcome,
        releaseId,
        report,
        publishers,
        audits,
        Stream.concat(told, notes.stream()).toList(),
        requests,
        took);
  }

  /** The same, with a further note at the end. */
  NightResult noting(Optional<String> note) {
    return new NightResult(
        businessDate,
        outcome,
        releaseId,
        report,
        publishers,
        audits,
        Stream.concat(notes.stream(), note.stream()).toList(),
        requests,
        took);
  }

  /** True when the date has a release. */
  public boolean released() {
    return outcome == Outcome.RELEASED || outcome == Outcome.NOTHING_NEW;
  }
}
