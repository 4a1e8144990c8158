package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.Nightly;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** {@code tnmt nightly}: the whole night for one business date. */
@Command(
    name = "nightly",
    description = "Run the whole night for one business date: collect to release and report.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt nightly --date 2026-03-14",
      "  ./tnmt nightly --date 2026-03-14 --feeds my-feeds --exports /data/exports",
      "",
      "A night may be repeated, or killed and repeated: it ends the same.",
      "Exit code 0 only if the date has its release."
    })
final class NightlyCommand implements java.util.concurrent.Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "Business date, yyyy-MM-dd: the day whose data the night closes.")
  private LocalDate date;

  @Option(
      names = "--feeds",
      paramLabel = "DIR",
      description = "Folder of feed files (default: the setting feeds.dir, the bundled feeds).")
  private Path feeds;

  @Option(
      names = "--exports",
      paramLabel = "DIR",
      description = "Folder that exports appear in (default: the setting exports.root).")
  private Path exports;

  @Option(
      names = "--format",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES}: how the summary is printed (default: ${DEFAULT-VALUE}).")
  private Json.Format format;

  @Option(names = "--dry-run", description = "Print what the night would do, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Settings settings = options.settings(exports);
    List<Feed> loaded = FeedFolder.load(settings, feeds);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      out.print(
          format == Json.Format.json
              ? Json.text(NightSummary.planned(date, loaded, Contracts.bundled()))
              : NightSummary.plan(date, loaded, Contracts.bundled()));
      return 0;
    }
    try (Writing open = Writing.open(options, settings, "nightly --date " + date)) {
      Lakehouse lake = open.lake();
      NightResult result =
          new Nightly(lake, Contracts.bundled(), loaded, Clock.systemUTC(), options.progress())
              .run(date);
      out.print(
          format == Json.Format.json
              ? Json.text(NightSummary.facts(result))
              : NightSummary.render(result));
      out.flush();
      return result.released() ? 0 : 1;
    }
  }
}
