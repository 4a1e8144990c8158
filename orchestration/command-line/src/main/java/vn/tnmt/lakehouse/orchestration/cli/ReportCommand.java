package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.orchestration.nightly.Outputs;
import vn.tnmt.lakehouse.orchestration.nightly.Publication;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;

/** {@code tnmt report}: writes the national report of a release again, from the release alone. */
@Command(
    name = "report",
    description =
        "Write the national report of a release (default: the newest) and print the path of its page.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt report",
      "  ./tnmt report R20260314-1",
      "  ./tnmt report --date 2026-03-14     with the receipts of its run"
    })
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Parameters(arity = "0..1", paramLabel = "RELEASE", description = "Release to report on.")
  private @Nullable String releaseId;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "The release of this business date, with its receipts: the night's last stage.")
  private @Nullable LocalDate date;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (date != null && releaseId != null) {
      throw new ParameterException(spec.commandLine(), "give a release or --date, not both");
    }
    if (date != null) {
      out.println(closeNight());
      return;
    }
    try (Lakehouse lake = options.openToReadWithSpark()) {
      Releases releases = new Releases(lake);
      out.println(
          outputs(lake)
              .report(
                  releaseId != null
                      ? releases.find(releaseId)
                      : releases.newest().orElseGet(() -> none(""))));
    }
  }

  /** Report and receipts of the date's release; closes its making where that is still open. */
  private Path closeNight() {
    Settings settings = options.settings();
    try (Writing open = Writing.withSpark(options, settings, "report --date " + date)) {
      Lakehouse lake = open.lake();
      Releases releases = new Releases(lake);
      Optional<Release> begun =
          releases.unfinished().filter(it -> it.businessDate().equals(date.toString()));
      if (begun.isPresent()) {
        return new Publication(lake, FeedFolder.load(settings, null), options.progress())
            .answer(begun.get());
      }
      String id = new RunLog(lake).of(date).releaseId().orElse("");
      Release release = id.isEmpty() ? none(" of " + date) : releases.find(id);
      Outputs outputs = outputs(lake);
      outputs.receipts(release);
      return outputs.report(release);
    }
  }

  private static Outputs outputs(Lakehouse lake) {
    return new Outputs(lake, FeedFolder.load(lake.settings(), null));
  }

  private static Release none(String which) {
    throw TnmtException.of(
        ErrorCode.RELEASE_UNKNOWN,
        "there is no release" + which + " yet",
        "",
        "make one: ./tnmt nightly --date D");
  }
}
