package vn.tnmt.lakehouse.ingestion.gate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.tables.codelist.Units;

/** Compares a delivery with those before it, as its feed wants it. */
public final class GateCheck {
  /** A delivery is compared with the middle of so many before it. */
  public static final int PAST = 8;

  private final Units units;

  /**
   * @param units to name the unit that values look like
   */
  public GateCheck(Units units) {
    this.units = units;
  }

  /** Whether the feed wants its deliveries looked at. */
  public static boolean isAsked(Feed feed) {
    GatePolicy gate = feed.gate();
    return gate.otherwise() != Response.OFF
        || gate.responses().values().stream().anyMatch(response -> response != Response.OFF);
  }

  /** A feed that delivers once a year is compared with the year before. */
  public static LocalDate since(Feed feed, LocalDate businessDate) {
    return businessDate.minusDays(Math.max(60L, 3L * feed.schedule().everyDays()));
  }

  /**
   * In what a delivery departs, with the feed's response to it.
   *
   * @param past deliveries of the feed that were taken, oldest first
   */
  public List<Finding> findings(
      Feed feed, LocalDate businessDate, List<Learnt> past, Fingerprint now) {
    LocalDate since = since(feed, businessDate);
    List<Fingerprint> earlier =
        past.stream()
            .filter(learnt -> !learnt.businessDate().isBefore(since))
            .map(Learnt::fingerprint)
            .toList();
    return answered(feed, Drift.findings(earlier, now, likelyUnit(feed)));
  }

  /** Findings with the feed's response; those that it does not want are left out. */
  public static List<Finding> answered(Feed feed, List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.with(feed.gate().response(finding.kind())))
        .filter(finding -> finding.response() != Response.OFF)
        .toList();
  }

  /** The unit that a melted column's values look like: one of those its parameter may come in. */
  private BiFunction<String, Double, String> likelyUnit(Feed feed) {
    return (column, ratio) ->
        Optional.ofNullable(feed.melt().columns().get(column))
            .flatMap(melted -> units.likely(melted.parameter(), melted.unit(), ratio))
            .orElse("");
  }
}
