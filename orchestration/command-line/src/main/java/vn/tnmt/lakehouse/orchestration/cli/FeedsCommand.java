package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.feed.Transport;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** {@code tnmt feeds list|check}: what publishers owe, and whether it fits the contracts. */
@Command(
    name = "feeds",
    description = "List feeds, and check them against contracts.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt feeds list",
      "  ./tnmt feeds check --feeds ingestion-jobs/feeds-examples"
    })
final class FeedsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The folder of feeds. */
  static final class FeedsOption {
    @Option(
        names = "--feeds",
        paramLabel = "DIR",
        description = "Folder of feed files (default: the setting feeds.dir, the bundled feeds).")
    private Path feeds;

    List<Feed> load(Settings settings) {
      return FeedFolder.load(settings, feeds);
    }

    Path folder(Settings settings) {
      return FeedFolder.folder(settings, feeds);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Print every feed: publisher, dataset, format, folder.")
  int list(@Mixin HomeOptions options, @Mixin FeedsOption feeds) {
    PrintWriter out = spec.commandLine().getOut();
    List<Feed> all = feeds.load(options.settings());
    TextTable table = new TextTable("FEED", "DATASET", "FORMAT", "FROM");
    for (Feed feed : all) {
      table.row(
          feed.id().toString(),
          feed.dataset(),
          feed.format().type().names().get(0),
          from(feed.transport()));
    }
    out.print(table.render());
    out.printf("%d feeds of %d publishers%n", all.size(), publishers(all));
    return 0;
  }

  private static String from(Transport transport) {
    return transport.location() + "/" + transport.pattern();
  }

  private static long publishers(List<Feed> feeds) {
    return feeds.stream().map(feed -> feed.publisher().id()).distinct().count();
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Prove feeds against contracts, without data. Exit code 1 when one is wrong.")
  int check(@Mixin HomeOptions options, @Mixin FeedsOption feeds) {
    PrintWriter out = spec.commandLine().getOut();
    List<Feed> loaded = feeds.load(options.settings());
    List<Problem> problems = FeedCheck.check(loaded, Contracts.bundled());
    problems.forEach(out::println);
    if (problems.isEmpty()) {
      out.printf("%d feeds agree with their contracts.%n", loaded.size());
      return 0;
    }
    out.printf("%d problems in %d feeds.%n", problems.size(), loaded.size());
    return 1;
  }
}
