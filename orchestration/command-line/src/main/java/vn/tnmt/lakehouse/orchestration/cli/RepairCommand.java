package vn.tnmt.lakehouse.orchestration.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Repair;

/** {@code tnmt repair}: brings the lake back to what its releases say. */
@Command(
    name = "repair",
    description = {
      "Đưa danh mục, nhánh main, nhãn và dấu của hồ về đúng như các bản phát hành.",
      "Bring catalogue, main, tags and marks back to what the releases say, from what the store has."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt repair --dry-run      what it would do",
      "  ./tnmt repair                does it; nothing is deleted, and again it does nothing",
      "  ./tnmt repair --roll-back    takes a release back that was begun and not finished",
      "",
      "Exit code 1: the store lacks something; restore it from a backup, then repair again."
    })
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Option(
      names = "--roll-back",
      description = "Take back a release that was begun; otherwise the next night carries it on.")
  private boolean rollBack;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Writing open = Writing.toRepair(options, options.settings(), dryRun)) {
      Lakehouse lake = open.lake();
      Repair.Plan plan = Repair.plan(lake, rollBack);
      if (!dryRun && !plan.steps().isEmpty()) {
        // First of all: a repair that is killed half way finds less to do the next time.
        out.printf(
            "%d lần gửi sẽ được đối chiếu lại với sổ / deliveries are compared with the ledger again%n",
            new Deliveries(LandingStore.of(lake.store())).markAll());
      }
      for (Repair.Step step : plan.steps()) {
        out.printf("%s / %s%n", step.vi(), step.en());
        out.flush();
        if (!dryRun) {
          lake.lease().ifPresent(Lease::confirm);
          step.action().run();
        }
      }
      plan.lost().forEach(what -> out.println("MẤT / LOST  " + what));
      out.println(
          plan.steps().isEmpty()
              ? "không có gì phải sửa / nothing to repair"
              : dryRun
                  ? "chưa đổi gì / nothing was changed: ./tnmt repair%s does it"
                      .formatted(rollBack ? " --roll-back" : "")
                  : "xong / done: ./tnmt releases verify looks at it again");
      new Releases(lake)
          .unfinished()
          .ifPresent(
              begun ->
                  out.println(
                      "%s phát hành dở, ./tnmt nightly làm tiếp / is half published: ./tnmt nightly carries it on; ./tnmt repair --roll-back takes it back"
                          .formatted(begun.releaseId())));
      return plan.lost().isEmpty() ? 0 : 1;
    }
  }
}
