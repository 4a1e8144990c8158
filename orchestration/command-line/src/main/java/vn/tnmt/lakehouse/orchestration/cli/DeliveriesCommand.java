package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.orchestration.nightly.Letters;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.receipt.Letter;

/** {@code tnmt deliveries}: what the gate says of deliveries, and deciding about those it holds. */
@Command(
    name = "deliveries",
    description = "What the gate says of deliveries; approve or reject those that are held.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt deliveries list --held",
      "  ./tnmt deliveries approve 3f2a91c07d --why \"new laboratory, called on 15 March\"",
      "",
      "What is approved is taken by the next night; what is rejected goes into quarantine as a whole.",
      "The publisher's letter in the outbox says what was decided, by whom and why."
    })
final class DeliveriesCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The newest deliveries, with what was found.")
  int list(
      @Mixin HomeOptions options,
      @Option(names = "--held", description = "Only those that wait for a decision.") boolean held,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int limit) {
    try (Lakehouse lake = options.openToRead()) {
      List<Judgement> judgements = new Judgements(lake).list(held, limit);
      TextTable table = new TextTable("DELIVERY", "FEED", "BUSINESS DATE", "STATUS", "FINDINGS");
      for (Judgement judgement : judgements) {
        table.row(
            judgement.deliveryId(),
            judgement.feed(),
            judgement.businessDate(),
            judgement.status().name().toLowerCase(Locale.ROOT),
            String.join(
                ", ", judgement.findings().stream().map(found -> found.kind().code()).toList()));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(table.render());
      if (judgements.isEmpty()) {
        out.println(held ? "Nothing is held." : "No delivery was judged yet.");
      }
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "What was found about one delivery, and what was decided.")
  int show(@Mixin HomeOptions options, @Parameters(paramLabel = "DELIVERY") String deliveryId) {
    try (Lakehouse lake = options.openToRead()) {
      print(find(new Judgements(lake), deliveryId), lake);
      return 0;
    }
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Let a held delivery in: the next night takes it.")
  int approve(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "DELIVERY") String deliveryId,
      @Mixin Decision decision) {
    return decide(options, deliveryId, Status.APPROVED, decision);
  }

  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "Refuse a held delivery: the next night quarantines all its records.")
  int reject(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "DELIVERY") String deliveryId,
      @Mixin Decision decision) {
    return decide(options, deliveryId, Status.REJECTED, decision);
  }

  /** Who decides, and why. */
  static final class Decision {
    @Option(
        names = "--why",
        required = true,
        paramLabel = "TEXT",
        description = "The reason; it is kept, and the publisher reads it.")
    private String why;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        defaultValue = "${sys:user.name}",
        description = "Who decides; the publisher reads it (default: ${DEFAULT-VALUE}).")
    private String by;
  }

  private int decide(HomeOptions options, String deliveryId, Status status, Decision decision) {
    try (Writing open = Writing.open(options, options.settings(), "deliveries " + deliveryId)) {
      Lakehouse lake = open.lake();
      Judgements log = new Judgements(lake);
      Judgement judgement = find(log, deliveryId);
      if (judgement.status() != Status.HELD) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "lần gửi không bị giữ / the delivery is not held, but "
                + judgement.status().name().toLowerCase(Locale.ROOT),
            judgement.deliveryId(),
            "./tnmt deliveries list --held");
      }
      Judgement decided = judgement.decided(status, decision.by, Instant.now(), decision.why);
      Letters letters =
          new Letters(lake, Contracts.bundled(), FeedFolder.load(lake.settings(), null));
      Letter letter = letters.letter(decided);
      log.write(List.of(decided));
      letters.put(letter); // should this fail, the next night writes it
      print(decided, lake);
      return 0;
    }
  }

  private static Judgement find(Judgements log, String deliveryId) {
    return log.find(deliveryId)
        .orElseThrow(
            () ->
                TnmtException.of(
                    ErrorCode.NOT_FOUND_IN_LEDGER,
                    "không có lần gửi này / there is no such delivery",
                    deliveryId,
                    "./tnmt deliveries list names them"));
  }

  private void print(Judgement judgement, Lakehouse lake) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s of %s for %s: %s%n",
        judgement.deliveryId(),
        judgement.feed(),
        judgement.businessDate(),
        judgement.status().name().toLowerCase(Locale.ROOT));
    for (Finding finding : judgement.findings()) {
      out.printf(
          "  %s  %-5s  %s%n                  %s%n",
          finding.kind().code(),
          finding.response().name().toLowerCase(Locale.ROOT),
          finding.vi(),
          finding.en());
    }
    if (judgement.decidedBy() != null) {
      out.printf(
          "  decided by %s%s: %s%n",
          judgement.decidedBy(),
          judgement.decidedAt() == null ? "" : " at " + judgement.decidedAt(),
          judgement.why());
    }
    Deliveries deliveries = new Deliveries(LandingStore.of(lake.store()));
    out.println("  landing  " + ExplainCommand.told(deliveries, judgement.landing()));
  }
}
