package vn.tnmt.lakehouse.orchestration.cli;

import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.transform.maintain.Health;
import vn.tnmt.lakehouse.transform.maintain.Health.TableHealth;

/**
 * {@code tnmt tables plan|apply|health}: brings the catalogue's tables to what the contracts say,
 * and shows how they stand.
 */
@Command(
    name = "tables",
    description = "Compare tables with contracts, change them, and show how they stand.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt tables plan     what would change, and whether it is safe",
      "  ./tnmt tables apply    change it; refuses what would lose data",
      "  ./tnmt tables health   files, snapshots, and what maintenance would do"
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

  @Command(
      name = "health",
      mixinStandardHelpOptions = true,
      description = {
        "Mỗi bảng có bao nhiêu tệp, ảnh chụp, và việc bảo trì sẽ làm.",
        "Files and snapshots of each table, and what maintenance would do. Changes nothing."
      })
  int health(
      @Mixin HomeOptions options,
      @Option(
              names = "--format",
              defaultValue = "table",
              description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
          Json.Format format,
      @Option(
              names = "--thorough",
              description = "List the store, too, for objects that nothing names.")
          boolean thorough) {
    try (Lakehouse lake = options.openToRead()) {
      List<TableHealth> tables = new Health(lake, Clock.systemUTC()).tables(thorough);
      spec.commandLine()
          .getOut()
          .print(format == Json.Format.json ? Json.text(tables) : MaintenanceText.health(tables));
    }
    return 0;
  }
}
