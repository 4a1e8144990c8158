package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.LandingRetention;
import vn.tnmt.lakehouse.orchestration.nightly.NightlyUpkeep;
import vn.tnmt.lakehouse.transform.maintain.Budget;
import vn.tnmt.lakehouse.transform.maintain.Maintenance;

/** {@code tnmt maintain}: the night's last stage, which expires what is no longer kept. */
@Command(
    name = "maintain",
    description = {
      "Cho hết hạn các bản phát hành không còn giữ, xoá tệp chỉ chúng dùng.",
      "Expire releases that are no longer kept, and delete what only they held."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt maintain --dry-run              what it would do",
      "  ./tnmt maintain --dry-run --thorough   and which objects nothing names",
      "  ./tnmt maintain --budget 15m           begins nothing new after that",
      "  ./tnmt maintain --if-due               as a night does, once in a while",
      "",
      "It may be killed at any moment and run again.",
      "docs/maintenance.md says what is kept for how long."
    })
final class MaintainCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--if-due", description = "Do nothing unless maintain.everyDays have gone by.")
  private boolean ifDue;

  @Option(
      names = "--thorough",
      description =
          "List the store, too, and delete objects of tables that nothing names and that are older"
              + " than maintain.orphanDays.")
  private boolean thorough;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "How long new work may be begun: 90s, 15m, 2h (default: the setting"
              + " maintain.budgetSeconds).")
  private @Nullable String budget;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Json.Format format;

  @Override
  public void run() {
    Settings settings = options.settings();
    Duration lasting =
        budget == null
            ? Duration.ofSeconds(settings.integer(SettingKey.MAINTAIN_BUDGET))
            : Budget.parse(budget);
    Budget time = Budget.of(lasting);
    Supplier<List<Feed>> loaded = () -> feeds.load(settings);
    if (dryRun) {
      try (Lakehouse lake = options.openToRead()) {
        print(
            maintenance(lake, time)
                .run(true, thorough)
                .noting(landing(lake, loaded).maintain(true, time)));
      }
      return;
    }
    try (Writing open = Writing.open(options, settings, "maintain")) {
      Maintenance maintenance = maintenance(open.lake(), time);
      LandingRetention landing = landing(open.lake(), loaded);
      Optional<Maintenance.Done> done =
          ifDue
              ? NightlyUpkeep.due(maintenance, landing, time)
              : Optional.of(now(maintenance, landing, time));
      done.ifPresentOrElse(this::print, this::printNotDue);
    }
  }

  private Maintenance.Done now(Maintenance maintenance, LandingRetention landing, Budget time) {
    Optional<String> ended = landing.maintain(false, time);
    return maintenance.run(false, thorough).noting(ended);
  }

  private static Maintenance maintenance(Lakehouse lake, Budget time) {
    return new Maintenance(lake, Clock.systemUTC(), time);
  }

  private static LandingRetention landing(Lakehouse lake, Supplier<List<Feed>> feeds) {
    return new LandingRetention(lake, feeds, Clock.systemUTC());
  }

  private void printNotDue() {
    spec.commandLine()
        .getOut()
        .print(
            format == Json.Format.json
                ? Json.text(Map.of("due", false))
                : "chưa đến hạn / not due: maintain.everyDays\n");
  }

  private void print(Maintenance.Done done) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(format == Json.Format.json ? Json.text(done) : MaintenanceText.of(done));
    out.flush();
  }
}
