package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.LandingRetention;

/** {@code tnmt landing}: ends delivered bytes that are kept no longer. */
@Command(
    name = "landing",
    description = {
      "Kết thúc các tệp gốc đã quá hạn lưu trong vùng nhận.",
      "End the delivered bytes that their feeds keep no longer (landing.keepDays)."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt landing --dry-run     what would end",
      "  ./tnmt landing               ends it; manifests and indices stay"
    })
final class LandingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @Option(names = "--dry-run", description = "Print what would end, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    List<Feed> loaded = feeds.load(settings);
    if (dryRun) {
      try (Lakehouse lake = options.openToRead()) {
        print(new LandingRetention(lake, () -> loaded, Clock.systemUTC()).plan());
      }
      return 0;
    }
    try (Writing open = Writing.open(options, settings, "landing")) {
      LandingRetention retention =
          new LandingRetention(open.lake(), () -> loaded, Clock.systemUTC());
      LandingRetention.Plan plan = retention.plan();
      print(plan);
      int ended = retention.apply(plan, () -> true);
      spec.commandLine().getOut().printf("đã kết thúc / ended %d lần gửi / deliveries%n", ended);
    }
    return 0;
  }

  private void print(LandingRetention.Plan plan) {
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable("DELIVERY", "FEED", "NIGHT", "BYTES", "KEPT DAYS");
    plan.due()
        .forEach(
            due ->
                table.row(
                    due.delivery().deliveryId(),
                    due.delivery().feed(),
                    due.delivery().night(),
                    due.delivery().bytes(),
                    due.keepDays()));
    out.print(table.render());
    out.printf(
        "%d lần gửi, %d byte hết hạn lưu / deliveries are kept no longer%n",
        plan.due().size(), plan.bytes());
    if (!plan.marked().isEmpty()) {
      out.printf(
          "%d lần gửi hết hạn nhưng còn dấu chưa nhận xong / more are due and still marked as not taken: a later time%n",
          plan.marked().size());
    }
  }
}
