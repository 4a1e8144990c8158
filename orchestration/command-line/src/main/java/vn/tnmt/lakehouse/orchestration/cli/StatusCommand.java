package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.LeaseState;
import vn.tnmt.lakehouse.transform.release.Past;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;

/** {@code tnmt status}: which lake this is, and who writes to it, on whichever host. */
@Command(
    name = "status",
    description = {
      "Hồ nào, bản phát hành mới nhất, và lệnh nào đang ghi, trên máy nào, từ bao giờ.",
      "Which lake this is, its newest release, and which command writes to it, where, since when."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./tnmt status"})
final class StatusCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Lakehouse lake = options.openToRead()) {
      Releases releases = new Releases(lake);
      String id = Past.knownId(lake.home(), lake.store());
      out.println("hồ / lake                    " + (id.isEmpty() ? "∅" : id));
      out.println("bản phát hành / release      " + name(releases.newest()));
      out.println("đang phát hành / publishing  " + name(releases.unfinished()));
      out.println(
          "đang ghi / written by        "
              + lake.leaseState().map(StatusCommand::writer).orElse("∅"));
    }
  }

  private static String name(Optional<Release> release) {
    return release.map(Release::releaseId).orElse("∅");
  }

  private static String writer(LeaseState lease) {
    if (!lease.held()) {
      return "∅  (lần cuối / last: %s)".formatted(lease.holder());
    }
    return lease.holder().isGone()
        ? "∅  (đã chết / died: %s)".formatted(lease.holder())
        : "%s, epoch %d".formatted(lease.holder(), lease.epoch());
  }
}
