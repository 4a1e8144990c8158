package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.OpenStore;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.Ingest;
import vn.tnmt.lakehouse.transform.release.Past;

/** {@code tnmt ingest}: the night's first stage, for all feeds or for some. */
@Command(
    name = "ingest",
    description = "Fetch what publishers offer into the landing zone: the night's first stage.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt ingest --date 2026-03-14",
      "  ./tnmt ingest --date 2026-03-14 --feed snnmt-ha_noi/observation",
      "",
      "Exit code 0: every feed has a delivery of that date or nothing to deliver among others that",
      "have; 3: no feed has one; 1: a feed failed; 2: the arguments, settings or feeds are wrong."
    })
final class IngestCommand implements Callable<Integer> {
  /** Nobody has sent anything. */
  static final int NOTHING = 3;

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "Business date, yyyy-MM-dd.")
  private LocalDate date;

  @Option(
      names = "--feed",
      paramLabel = "ID",
      description = "Only this feed; may be given several times. ./tnmt feeds list names them.")
  private List<String> only = List.of();

  @Option(
      names = "--exports",
      paramLabel = "DIR",
      description = "Folder that exports appear in (default: the setting exports.root).")
  private Path exports;

  @Override
  public Integer call() {
    Settings settings = options.settings(exports);
    List<Feed> all = feeds.load(settings);
    List<Feed> selected = selected(all);
    try (OpenStore open = OpenStore.open(options.home(), settings)) {
      options.waited(
          "open the lakehouse",
          () -> {
            Past.require(options.home(), open.store());
            return open;
          });
      LandingStore landing = LandingStore.of(open.store());
      List<CollectResult> results =
          new Ingest(
                  landing,
                  options.home().resolve("work"),
                  all,
                  Clock.systemUTC(),
                  options.progress())
              .run(date, selected);
      return report(results, new Deliveries(landing));
    }
  }

  private List<Feed> selected(List<Feed> all) {
    Set<String> unknown = new TreeSet<>(only);
    all.forEach(feed -> unknown.remove(feed.id().toString()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "there is no feed " + unknown + ": ./tnmt feeds list names them");
    }
    return only.isEmpty()
        ? all
        : all.stream().filter(feed -> only.contains(feed.id().toString())).toList();
  }

  private int report(List<CollectResult> results, Deliveries deliveries) {
    PrintWriter out = spec.commandLine().getOut();
    boolean failed = false;
    boolean delivered = false;
    for (CollectResult result : results) {
      if (result.failure().isPresent()) {
        failed = true;
        out.println(result.feed() + ": " + result.failure().get().getMessage());
      } else if (result.delivery().isPresent()) {
        delivered = true;
        Manifest manifest = result.delivery().get();
        out.printf(
            "%s: %,d files, %,d bytes → %s%n",
            result.feed(), manifest.files(), manifest.bytes(), manifest.landing());
      } else {
        boolean earlier = deliveries.has(result.feed(), date);
        delivered |= earlier;
        out.println(
            result.feed()
                + (earlier
                    ? ": không có gì mới / nothing new since its last delivery"
                    : ": chưa gửi / has sent nothing for " + date));
      }
      result.notes().forEach(note -> out.println("  " + note));
    }
    return failed ? 1 : delivered ? 0 : NOTHING;
  }
}
