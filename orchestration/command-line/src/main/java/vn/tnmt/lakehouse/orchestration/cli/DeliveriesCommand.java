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
import vn.tnmt.lakehouse.core.local.HomeLock;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.orchestration.nightly.Letters;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.ledger.GateLog;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Entry;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Status;
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
    try (Lakehouse lake = options.open()) {
      List<Entry> entries = new GateLog(lake.spark()).list(held, limit);
      TextTable table = new TextTable("DELIVERY", "FEED", "BUSINESS DATE", "STATUS", "FINDINGS");
      for (Entry entry : entries) {
        table.row(
            entry.deliveryId(),
            entry.feed(),
            entry.businessDate(),
            entry.status().name().toLowerCase(Locale.ROOT),
            String.join(
                ", ", entry.findings().stream().map(found -> found.kind().code()).toList()));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(table.render());
      if (entries.isEmpty()) {
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
    try (Lakehouse lake = options.open()) {
      print(find(new GateLog(lake.spark()), deliveryId));
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
    try (HomeLock lock = HomeLock.acquire(options.home(), "deliveries " + deliveryId);
        Lakehouse lake = options.open()) {
      GateLog log = new GateLog(lake.spark());
      Entry entry = find(log, deliveryId);
      if (entry.status() != Status.HELD) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "lần gửi không bị giữ / the delivery is not held, but "
                + entry.status().name().toLowerCase(Locale.ROOT),
            entry.deliveryId(),
            "./tnmt deliveries list --held");
      }
      Entry decided = entry.decided(status, decision.by, Instant.now(), decision.why);
      Letters letters =
          new Letters(lake, Contracts.bundled(), FeedFolder.load(lake.settings(), null));
      Letter letter = letters.letter(decided);
      log.write(List.of(decided));
      letters.put(letter); // should this fail, the next night writes it
      print(decided);
      return 0;
    }
  }

  private static Entry find(GateLog log, String deliveryId) {
    return log.find(deliveryId)
        .orElseThrow(
            () ->
                TnmtException.of(
                    ErrorCode.NOT_FOUND_IN_LEDGER,
                    "không có lần gửi này / there is no such delivery",
                    deliveryId,
                    "./tnmt deliveries list names them"));
  }

  private void print(Entry entry) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s of %s for %s: %s%n",
        entry.deliveryId(),
        entry.feed(),
        entry.businessDate(),
        entry.status().name().toLowerCase(Locale.ROOT));
    for (Finding finding : entry.findings()) {
      out.printf(
          "  %s  %-5s  %s%n                  %s%n",
          finding.kind().code(),
          finding.response().name().toLowerCase(Locale.ROOT),
          finding.vi(),
          finding.en());
    }
    if (entry.decidedBy() != null) {
      out.printf(
          "  decided by %s%s: %s%n",
          entry.decidedBy(),
          entry.decidedAt() == null ? "" : " at " + entry.decidedAt(),
          entry.why());
    }
    out.println("  landing  " + entry.landing());
  }
}
