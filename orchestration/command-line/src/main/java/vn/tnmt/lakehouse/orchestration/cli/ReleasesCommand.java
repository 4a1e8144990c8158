package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Verification;

/** {@code tnmt releases}: what was published, and what each release pins. */
@Command(
    name = "releases",
    description = "List releases, show what one of them pins, or verify that the store holds it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt releases",
      "  ./tnmt releases R20260314-1      its tables, snapshots and checksums",
      "  ./tnmt releases verify                  all of them, and what stands on main",
      "  ./tnmt releases verify R20260314-1"
    })
final class ReleasesCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Parameters(arity = "0..1", paramLabel = "RELEASE", description = "Show this release.")
  private @Nullable String releaseId;

  @Option(
      names = "--limit",
      defaultValue = "30",
      description = "How many to list, newest first (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public void run() {
    try (Lakehouse lake = options.open()) {
      if (releaseId == null) {
        list(lake);
      } else {
        show(new Releases(lake).find(releaseId));
      }
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Compare what a release pins with the store: snapshots, checksums and row counts;"
              + " TNMT-6005 when anything differs. Without RELEASE: the chain of all releases, main"
              + " and tags of every table, and the newest release.")
  int verify(
      @Mixin HomeOptions where,
      @Parameters(arity = "0..1", paramLabel = "RELEASE") @Nullable String release) {
    try (Lakehouse lake = where.open()) {
      Verification verification = new Verification(lake);
      if (release == null) {
        Verification.Found found = verification.requireAll();
        spec.commandLine()
            .getOut()
            .printf(
                "%d bản phát hành, %d bảng như khi phát hành / %1$d releases, %2$d tables are as"
                    + " they were released%n",
                found.releases(), found.tables());
        return 0;
      }
      long tables = verification.require(new Releases(lake).find(release));
      spec.commandLine()
          .getOut()
          .printf("%s: %d tables are as they were released%n", release, tables);
      return 0;
    }
  }

  private void list(Lakehouse lake) {
    List<Row> rows =
        lake.spark()
            .sql(
                "SELECT r.release_id, string(r.business_date), string(r.created_at), count(d.delivery_id),"
                    + " coalesce(sum(d.received), 0), coalesce(sum(d.accepted), 0),"
                    + " coalesce(string(date(r.expired_at)), '')"
                    + " FROM ops.release r LEFT JOIN ops.delivery d ON d.run_id = r.run_id"
                    + " GROUP BY ALL ORDER BY 3 DESC")
            .limit(limit)
            .collectAsList();
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        new TextTable(
            "RELEASE",
            "BUSINESS DATE",
            "MADE (UTC)",
            "DELIVERIES",
            "RECEIVED",
            "ACCEPTED",
            "EXPIRED");
    rows.forEach(
        row ->
            table.row(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6)));
    out.print(table.render());
    if (rows.isEmpty()) {
      out.println("No release yet: ./tnmt nightly --date D makes one.");
    }
  }

  private void show(Release release) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s, run %s, made %s by %s%n",
        release.releaseId(), release.runId(), release.createdAt(), release.softwareVersion());
    TextTable table =
        new TextTable("TABLE", "SNAPSHOT", "ROWS", "CONTRACT", "SHA-256 OF MANIFEST LIST");
    for (Release.PinnedTable pinned : release.tables()) {
      table.row(
          pinned.name(),
          pinned.snapshotId() < 0 ? "(empty)" : pinned.snapshotId(),
          pinned.records(),
          pinned.contractVersion(),
          pinned.manifestListSha256());
    }
    out.print(table.render());
  }
}
