package vn.tnmt.lakehouse.orchestration.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.local.HomeLock;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.cli.FeedFolder;
import vn.tnmt.lakehouse.orchestration.cli.HomeOptions;
import vn.tnmt.lakehouse.orchestration.cli.NightSummary;
import vn.tnmt.lakehouse.orchestration.cli.Subcommand;
import vn.tnmt.lakehouse.orchestration.cli.Writing;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.Nightly;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** {@code tnmt demo}: a small nation of exports, two whole nights, and the report. */
@Command(
    name = "demo",
    description = "Make a small nation of exports, run two whole nights on it, show the report.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt demo",
      "  ./tnmt demo --home /tmp/another --seed 7",
      "",
      "The nation is made up; province names and codes are real, boundaries are not.",
      "One publisher is collected from over HTTPS: its portal runs inside this command, on loopback.",
      "Running it again makes the same files and finds nothing new."
    })
public final class DemoCommand implements Subcommand {
  private static final LocalDate FIRST_NIGHT = LocalDate.of(2026, 3, 14);

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Option(
      names = "--seed",
      defaultValue = "34",
      description = "Another seed makes another nation (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--nights",
      defaultValue = "2",
      description = "Nights to run, 1 or 2; 0 only makes the exports (default: ${DEFAULT-VALUE}).")
  private int nights;

  @Override
  public Integer call() throws IOException {
    if (nights < 0 || nights > 2) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--nights must be 0, 1 or 2, not " + nights);
    }
    PrintWriter out = spec.commandLine().getOut();
    Path exports = options.home().resolve("exports");
    Settings settings = options.settings().with("exports.root", exports.toString());
    Progress progress = options.progress();
    DemoNation nation = DemoNation.of(seed, FIRST_NIGHT);
    if (nights > 0) {
      return run(nation, exports, settings, progress, out);
    }
    try (HomeLock lock = HomeLock.acquire(options.home(), "demo")) {
      write(nation, 1, exports, progress);
      write(nation, 2, exports, progress);
      out.println("exports   " + exports);
      return 0;
    }
  }

  private int run(
      DemoNation nation, Path exports, Settings settings, Progress progress, PrintWriter out)
      throws IOException {
    try (Writing open = Writing.withSpark(options, settings, "demo");
        PortalServer portal = PortalServer.start(exports, options.home().resolve("demo-portal"))) {
      Lakehouse lake = open.lake();
      Settings withPortal = settings;
      for (Map.Entry<String, String> variable : portal.variables().entrySet()) {
        withPortal =
            withPortal.with(
                SettingKey.FEED_VARIABLE_PREFIX + variable.getKey(), variable.getValue());
      }
      List<Feed> feeds = FeedFolder.loadDemo(withPortal);
      Nightly nightly = new Nightly(lake, Contracts.bundled(), feeds, Clock.systemUTC(), progress);
      NightResult result = null;
      for (int night = 1; night <= nights; night++) {
        write(nation, night, exports, progress);
        result = nightly.run(FIRST_NIGHT.plusDays(night - 1));
        out.println(NightSummary.render(result));
        out.flush();
        if (!result.released()) {
          return 1;
        }
      }
      out.print(farewell(result));
      return 0;
    }
  }

  private static void write(DemoNation nation, int night, Path exports, Progress progress)
      throws IOException {
    try (Progress.Stage stage = progress.stage("make exports of night " + night, -1)) {
      WrittenNight written = nation.writeNight(exports, night);
      stage.advance(written.files());
    }
  }

  private static String farewell(NightResult last) {
    return """
        Open the report in a browser:
          %s

        Three questions to try:
          ./tnmt sql "select s.name, a.aqi, a.driver from national.air_quality_daily a join national.station s using (station_code) where local_date = date '2026-03-15' order by aqi desc nulls last limit 10"
          ./tnmt sql "select publisher, sum(received) received, sum(accepted) accepted, sum(quarantined) quarantined from ops.delivery group by publisher order by quarantined desc"
          ./tnmt sql "select rule, severity, sum(broken) records from ops.rule_result group by all order by records desc"
        """
        .formatted(last.report().map(Path::toString).orElse("(none)"));
  }
}
