package vn.tnmt.lakehouse.orchestration.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;

/** {@code tnmt tables plan|apply}: brings the catalogue's tables to what the contracts say. */
@Command(
    name = "tables",
    description = "Compare tables with contracts, and change them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt tables plan     what would change, and whether it is safe",
      "  ./tnmt tables apply    change it; refuses what would lose data"
    })
final class TablesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Print what would change, and whether each change is safe.")
  int plan(@Mixin HomeOptions options) {
    try (Lakehouse lake = options.open()) {
      TablePlan plan = TablePlan.compute(lake.catalog(), Contracts.bundled());
      spec.commandLine().getOut().println(plan.render());
    }
    return 0;
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = "Make the changes; refuses a change that loses data.")
  int apply(@Mixin HomeOptions options) {
    try (Writing open = Writing.open(options, options.settings(), "tables apply")) {
      Lakehouse lake = open.lake();
      TablePlan plan = TablePlan.compute(lake.catalog(), Contracts.bundled());
      spec.commandLine().getOut().println(plan.render());
      plan.apply(lake.catalog());
    }
    return 0;
  }
}
