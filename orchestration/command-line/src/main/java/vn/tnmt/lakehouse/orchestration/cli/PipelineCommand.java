package vn.tnmt.lakehouse.orchestration.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.orchestration.nightly.Pipeline;

/** {@code tnmt pipeline}: the night's stages and feeds, for schedulers and for people. */
@Command(
    name = "pipeline",
    description = "Print the night's stages and feeds: what a scheduler runs.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./tnmt pipeline", "  ./tnmt pipeline --format json"})
final class PipelineCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;
  @Mixin private FeedsCommand.FeedsOption feeds;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Json.Format format;

  @Override
  public void run() {
    Settings settings = options.settings();
    Pipeline pipeline =
        Pipeline.of(feeds.load(settings), settings.integer("night.minimumPublishers"));
    spec.commandLine()
        .getOut()
        .print(format == Json.Format.json ? Json.text(pipeline) : table(pipeline));
  }

  private static String table(Pipeline pipeline) {
    TextTable table = new TextTable("STAGE", "", "COMMAND", "ONCE FOR", "SPARK");
    for (Pipeline.Stage stage : pipeline.stages()) {
      table.row(
          stage.name(),
          stage.title().vi(),
          "./tnmt " + String.join(" ", stage.command()),
          stage.mapped() == null ? "the night" : "each " + stage.mapped(),
          stage.spark() ? "yes" : "no");
    }
    List<Pipeline.FeedLine> feeds = pipeline.feeds();
    return table.render()
        + "%d feeds of %d publishers; the night goes on when %d of them have delivered.%n"
            .formatted(
                feeds.size(),
                feeds.stream().map(Pipeline.FeedLine::publisher).distinct().count(),
                pipeline.minimumPublishers());
  }
}
