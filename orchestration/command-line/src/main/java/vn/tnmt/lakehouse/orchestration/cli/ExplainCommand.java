package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Ended;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.explain.Explain;
import vn.tnmt.lakehouse.transform.explain.RecordStory;
import vn.tnmt.lakehouse.transform.explain.Within;

/** {@code tnmt explain}: what became of a line of a file, or of a record, and why. */
@Command(
    name = "explain",
    description = "Follow a line of a file, or a record, to where it ended, and say why.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt explain --date 2026-03-14 mau_nuoc_mat_20260314.csv:7",
      "  ./tnmt explain --key monitoring.observation 01KK001,PM2.5,2026-03-14T05:00",
      "",
      "Times are Vietnam's unless they have an offset. With --date or --delivery (both stand in the",
      "receipt) only that is searched; a file's last part alone is searched for in all of history."
    })
final class ExplainCommand implements Runnable {
  private static final String ENDED = ErrorCode.DELIVERY_ENDED.id();

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @ArgGroup(multiplicity = "1", exclusive = false)
  private Question question;

  private static final class Question {
    @Option(
        names = "--key",
        paramLabel = "DATASET",
        description =
            "The argument is a business key of this dataset, its values joined by commas.")
    private @Nullable String dataset;

    @Parameters(
        paramLabel = "FILE[:LINE]|KEY",
        description = "A file of a delivery, its whole path or last part, and a line of it.")
    private String what;
  }

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Only deliveries that this night collected or took in, yyyy-MM-dd.")
  private @Nullable LocalDate date;

  @Option(names = "--delivery", paramLabel = "ID", description = "Only this delivery.")
  private @Nullable String delivery;

  @Override
  public void run() {
    try (Lakehouse lake = options.openToReadWithSpark()) {
      Explain explain = new Explain(lake.spark(), Contracts.bundled());
      List<RecordStory> stories = options.waited("look for the record", () -> stories(explain));
      PrintWriter out = spec.commandLine().getOut();
      Map<String, String> landing = new HashMap<>();
      Deliveries deliveries = new Deliveries(LandingStore.of(lake.store()));
      stories.forEach(
          story ->
              print(
                  story,
                  landing.computeIfAbsent(story.landing(), at -> told(deliveries, at)),
                  out));
      if (stories.size() >= Explain.LIMIT) {
        out.println("… the first " + Explain.LIMIT + " records; ask for one line to see more");
      }
      out.flush();
    }
  }

  private List<RecordStory> stories(Explain explain) {
    if (question.dataset != null) {
      List<String> key = Arrays.stream(question.what.split(",")).map(String::strip).toList();
      return explain.key(question.dataset, key, within());
    }
    int colon = question.what.lastIndexOf(':');
    String line = colon < 0 ? "" : question.what.substring(colon + 1);
    return line.matches("\\d{1,18}")
        ? explain.file(question.what.substring(0, colon), Long.parseLong(line), within())
        : explain.file(question.what, -1, within());
  }

  private Within within() {
    return new Within(date, delivery);
  }

  /** The folder of a delivery, and whether its bytes are still there. */
  static String told(Deliveries deliveries, String landing) {
    Optional<Ended> ended = landing.isEmpty() ? Optional.empty() : deliveries.ended(landing);
    return landing
        + ended.map(end -> "\n              %s %s".formatted(ENDED, end.told())).orElse("");
  }

  private static void print(RecordStory story, String landing, PrintWriter out) {
    RuleTexts texts = RuleTexts.bundled();
    out.printf(
        "%s:%d%s%n", story.file(), story.line(), story.part() == 0 ? "" : "#" + story.part());
    out.printf(
        "  received    run %s, %s/%s, delivery %s at %s%n",
        story.runId(), story.publisher(), story.feed(), story.deliveryId(), story.receivedAt());
    out.printf("  landing     %s%n", landing);
    out.printf("  delivered   %s%n", story.cells().isEmpty() ? story.text() : pairs(story.cells()));
    if (!story.row().isEmpty()) {
      out.printf("  understood  %s: %s%n", story.dataset(), pairs(story.row()));
    }
    for (Breach breach : story.breaches()) {
      out.printf(
          "  %-10s  %s %s%n              %s%n",
          breach.severity().name().toLowerCase(java.util.Locale.ROOT),
          breach.rule(),
          texts.messageVi(breach.rule()),
          texts.messageEn(breach.rule()));
    }
    out.printf("  outcome     %s%s%n", story.outcome(), where(story));
    story
        .replaced()
        .ifPresent(
            later ->
                out.printf(
                    later.removed()
                        ? "  later       removed in run %s: the snapshot lacks it, %s%n"
                        : "  later       overwritten in run %s by %s%n",
                    later.runId(),
                    later.by()));
    out.println();
  }

  private static String where(RecordStory story) {
    return switch (story.outcome()) {
      case "accepted" -> " into " + story.dataset();
      case "quarantined" -> ", kept whole in ops.quarantine";
      case "duplicate" -> " of " + story.decidedBy().map(Object::toString).orElse("?");
      case "superseded" -> " by " + story.decidedBy().map(Object::toString).orElse("?");
      default -> "";
    };
  }

  private static String pairs(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("  "));
  }
}
