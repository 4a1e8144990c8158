package vn.tnmt.lakehouse.orchestration.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.store.StoreRequests;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.PublisherLine;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.ledger.Counts;

/** What a night prints when it is over. */
public final class NightSummary {
  private NightSummary() {}

  public static String render(NightResult result) {
    StringBuilder out = new StringBuilder();
    if (!result.publishers().isEmpty()) {
      out.append(publishers(result)).append('\n');
    }
    for (AuditResult audit : result.audits()) {
      if (!audit.passed()) {
        out.append(
            "%s %s: %s%n             %s%n"
                .formatted(
                    audit.severity().name().toLowerCase(Locale.ROOT),
                    audit.audit(),
                    audit.messageVi(),
                    audit.messageEn()));
      }
    }
    result.notes().forEach(note -> out.append(note).append('\n'));
    out.append(verdict(result)).append('\n');
    result.report().ifPresent(report -> out.append("report    ").append(report).append('\n'));
    out.append("store     ").append(requests(result.requests())).append('\n');
    return out.toString();
  }

  private static String requests(StoreRequests requests) {
    return "%s requests: %s list, %s get, %s head, %s put, %s delete"
        .formatted(
            number(requests.all()),
            number(requests.list()),
            number(requests.get()),
            number(requests.head()),
            number(requests.put()),
            number(requests.delete()));
  }

  /** The same for programs, in the order in which it is to be read. */
  static Map<String, @Nullable Object> facts(NightResult result) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("businessDate", result.businessDate());
    facts.put("outcome", result.outcome());
    facts.put("release", result.releaseId().orElse(null));
    facts.put("report", result.report().map(Path::toString).orElse(null));
    facts.put("seconds", result.took().toMillis() / 1000.0);
    facts.put("storeRequests", result.requests().all());
    facts.put("storeRequestsByKind", result.requests());
    facts.put("publishers", result.publishers());
    facts.put("failedAudits", result.audits().stream().filter(audit -> !audit.passed()).toList());
    facts.put("notes", result.notes());
    return facts;
  }

  private static String publishers(NightResult result) {
    TextTable table =
        new TextTable(
            "PUBLISHER",
            "DELIVERIES",
            "FILES",
            "RECEIVED",
            "ACCEPTED",
            "QUARANTINED",
            "DUPLICATE",
            "SUPERSEDED");
    Counts all = Counts.NONE;
    int deliveries = 0;
    long files = 0;
    for (PublisherLine line : result.publishers()) {
      row(table, line.publisher(), line.deliveries(), line.files(), line.counts());
      all = all.plus(line.counts());
      deliveries += line.deliveries();
      files += line.files();
    }
    row(table, "all", deliveries, files, all);
    StringBuilder out = new StringBuilder(table.render());
    result
        .publishers()
        .forEach(
            line ->
                line.failures()
                    .forEach(
                        f -> out.append(line.publisher()).append(": ").append(f).append('\n')));
    return out.toString();
  }

  private static void row(TextTable table, String name, int deliveries, long files, Counts c) {
    table.row(
        name,
        deliveries,
        number(files),
        number(c.received()),
        number(c.accepted()),
        number(c.quarantined()),
        number(c.duplicate()),
        number(c.superseded()));
  }

  private static String verdict(NightResult result) {
    String seconds = "%d s".formatted(result.took().toSeconds());
    return switch (result.outcome()) {
      case STAGED ->
          "staged    %s for %s in %s; ./tnmt release --date %s publishes it"
              .formatted(
                  result.releaseId().orElseThrow(),
                  result.businessDate(),
                  seconds,
                  result.businessDate());
      case RELEASED ->
          "released  %s for %s in %s"
              .formatted(result.releaseId().orElseThrow(), result.businessDate(), seconds);
      case NOTHING_NEW ->
          "nothing new for %s: release %s stands (%s)"
              .formatted(result.businessDate(), result.releaseId().orElseThrow(), seconds);
      case REFUSED ->
          "TNMT-6002 nothing was released for %s: a blocking audit failed (%s); the run's tables stay on its branch for inspection"
              .formatted(result.businessDate(), seconds);
    };
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** The night as it would go: for {@code --dry-run}. */
  static String plan(LocalDate date, List<Feed> feeds, Contracts contracts) {
    StringBuilder out = new StringBuilder("The night of " + date + " would:\n");
    out.append("  collect      ").append(feeds.size()).append(" feeds into the landing zone\n");
    feedsByDataset(feeds, contracts)
        .forEach(
            (dataset, n) -> out.append("  standardise  %s, from %d feeds%n".formatted(dataset, n)));
    out.append("  consolidate  national.*\n");
    out.append("  audit, release, report, receipts\n");
    return out.toString();
  }

  /** The same for programs. */
  static Map<String, Object> planned(LocalDate date, List<Feed> feeds, Contracts contracts) {
    Map<String, Object> planned = new LinkedHashMap<>();
    planned.put("businessDate", date);
    planned.put("dryRun", true);
    planned.put("feeds", feeds.size());
    planned.put("feedsByDataset", feedsByDataset(feeds, contracts));
    return planned;
  }

  private static Map<String, Integer> feedsByDataset(List<Feed> feeds, Contracts contracts) {
    Map<String, Integer> byDataset = new TreeMap<>();
    for (Feed feed : feeds) {
      contracts.contract(feed.dataset());
      byDataset.merge(feed.dataset(), 1, Integer::sum);
    }
    return byDataset;
  }
}
