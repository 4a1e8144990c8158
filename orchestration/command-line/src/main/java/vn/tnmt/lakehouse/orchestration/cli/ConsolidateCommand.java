package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.StoreRequests;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.Consolidated;
import vn.tnmt.lakehouse.orchestration.nightly.Consolidation;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.release.Releases;

/** {@code tnmt consolidate}: the night's second stage. */
@Command(
    name = "consolidate",
    description =
        "From the landing zone to audited national tables on a branch: the night's second stage.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt consolidate --date 2026-03-14",
      "",
      "Readers see nothing of it before ./tnmt release. Exit code 1 when an audit forbids it."
    })
final class ConsolidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "Business date, yyyy-MM-dd.")
  private LocalDate date;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    List<Feed> loaded = feeds.load(settings);
    Instant started = Instant.now();
    StoreRequests before = StoreRequests.soFar();
    try (Writing open = Writing.open(options, settings, "consolidate --date " + date)) {
      Lakehouse lake = open.lake();
      Consolidation consolidation =
          new Consolidation(
              lake, Contracts.bundled(), loaded, Clock.systemUTC(), options.progress());
      consolidation.prepare();
      Consolidated consolidated = consolidation.run(date);
      consolidated.release().ifPresent(new Releases(lake)::stage);
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          NightSummary.render(
              NightResult.of(
                  date,
                  consolidated.outcome(),
                  consolidated,
                  Optional.empty(),
                  loaded,
                  List.of(),
                  StoreRequests.soFar().since(before),
                  Duration.between(started, Instant.now()))));
      return consolidated.outcome() == Outcome.REFUSED ? 1 : 0;
    }
  }
}
