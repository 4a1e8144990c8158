package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.cluster.LocalCluster;

/** {@code tnmt cluster}: Spark's own master and two workers on loopback. */
@Command(
    name = "cluster",
    description =
        "Run Spark's own master and two workers on this machine, for tests and small sites.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt cluster start",
      "  ./tnmt cluster status",
      "  ./tnmt nightly --date 2026-03-14 --conf cluster.yaml    (spark.master: spark://127.0.0.1:7077)",
      "",
      "Settings cluster.* say ports, cores and memory. Clusters of other hosts: docs/cluster.md."
    })
final class ClusterCommand {
  /** What {@code status} answers when not every process works. */
  private static final int NOT_WHOLE = 1;

  @Spec private CommandSpec spec;

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Start the cluster, or what of it does not run any more.")
  int start(@Mixin HomeOptions options) {
    LocalCluster cluster = new LocalCluster(options.settings());
    boolean started = options.waited("start the cluster", cluster::start);
    PrintWriter out = spec.commandLine().getOut();
    if (!started) {
      out.println("Cụm đang chạy sẵn. / The cluster runs already.");
    }
    List<LocalCluster.Member> members = cluster.status();
    print(members);
    out.println();
    out.println("Thiết lập / settings:   spark.master: " + members.get(0).address());
    out.println("spark-submit:           --properties-file " + cluster.propertiesFile());
    return 0;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "End the processes that start has started for this home, and no others.")
  int stop(@Mixin HomeOptions options) {
    LocalCluster cluster = new LocalCluster(options.settings());
    boolean stopped = options.waited("stop the cluster", cluster::stop);
    spec.commandLine()
        .getOut()
        .println(
            stopped
                ? "Đã dừng cụm. / The cluster has ended."
                : "Không có cụm nào đang chạy. / No cluster runs.");
    return 0;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "What runs, where, and how much of it is taken; exit code 1 unless all does.")
  int status(@Mixin HomeOptions options) {
    List<LocalCluster.Member> members = new LocalCluster(options.settings()).status();
    print(members);
    return members.stream().allMatch(LocalCluster.Member::works) ? 0 : NOT_WHOLE;
  }

  private void print(List<LocalCluster.Member> members) {
    TextTable table = new TextTable("PROCESS", "PID", "STATE", "ADDRESS", "WEB PAGE", "IN USE");
    for (LocalCluster.Member member : members) {
      table.row(
          member.role(),
          member.pid() == 0 ? "" : member.pid(),
          member.works() ? "works" : member.pid() == 0 ? "does not run" : "does not answer",
          member.address(),
          member.ui(),
          member.use());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table.render());
    out.flush();
  }
}
