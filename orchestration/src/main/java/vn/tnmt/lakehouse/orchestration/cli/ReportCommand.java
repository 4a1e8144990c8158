package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.orchestration.nightly.Outputs;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Releases;

/** {@code tnmt report}: writes the national report of a release again, from the release alone. */
@Command(
    name = "report",
    description =
        "Write the national report of a release (default: the newest) and print its path.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./tnmt report", "  ./tnmt report R20260314-1"})
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Parameters(arity = "0..1", paramLabel = "RELEASE", description = "Release to report on.")
  private String releaseId;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Lakehouse lake = options.openWithSpark()) {
      String id =
          releaseId != null
              ? releaseId
              : new RunLog(lake.spark())
                  .newestRelease()
                  .orElseThrow(
                      () ->
                          TnmtException.of(
                              ErrorCode.RELEASE_UNKNOWN,
                              "there is no release yet",
                              "",
                              "make one: ./tnmt nightly --date D"));
      Path report =
          new Outputs(lake, FeedFolder.load(lake.settings(), null))
              .report(new Releases(lake).find(id));
      out.println(report);
    }
  }
}
