package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.Publication;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;

/** {@code tnmt release}: the night's third stage. */
@Command(
    name = "release",
    description = "Publish what ./tnmt consolidate has staged: the night's third stage.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt release --date 2026-03-14",
      "",
      "Where the date's release stands already, nothing is changed. ./tnmt releases lists them."
    })
final class ReleaseCommand implements Runnable {
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
  public void run() {
    Settings settings = options.settings();
    List<Feed> loaded = feeds.load(settings);
    PrintWriter out = spec.commandLine().getOut();
    try (Writing open = Writing.withSpark(options, settings, "release --date " + date)) {
      Lakehouse lake = open.lake();
      Releases releases = new Releases(lake);
      Optional<Release> begun =
          releases
              .unfinished()
              .or(releases::staged)
              .filter(release -> release.businessDate().equals(date.toString()));
      if (begun.isPresent()) {
        new Publication(lake, loaded, options.progress()).publish(begun.get());
        out.printf("released  %s for %s%n", begun.get().releaseId(), date);
        return;
      }
      String standing =
          new RunLog(lake)
              .of(date)
              .releaseId()
              .orElseThrow(
                  () ->
                      TnmtException.of(
                          ErrorCode.RELEASE_UNKNOWN,
                          "nothing is staged for " + date + ", and it has no release",
                          "",
                          "first: ./tnmt consolidate --date " + date));
      out.printf("nothing new for %s: release %s stands%n", date, standing);
    }
  }
}
