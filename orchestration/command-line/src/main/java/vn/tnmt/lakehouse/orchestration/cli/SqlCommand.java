package vn.tnmt.lakehouse.orchestration.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.transform.release.ExpiredReleases;

/**
 * {@code tnmt sql}: Spark SQL on the lakehouse, with Sedona's functions; reads only, unless asked.
 */
@Command(
    name = "sql",
    description = "Ask the lakehouse in Spark SQL; reads only, unless --write is given.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./tnmt sql \"select station_code, aqi, driver from national.air_quality_daily order by aqi desc\"",
      "  ./tnmt sql --format csv --file question.sql > answer.csv",
      "",
      "A release's state: select … from national.air_quality_daily version as of 'R20260314-1'"
    })
final class SqlCommand implements Runnable {
  /** How rows are printed. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @ArgGroup(multiplicity = "1")
  private Statement statement;

  private static final class Statement {
    @Parameters(paramLabel = "SQL", description = "One statement.")
    private String text;

    @Option(names = "--file", paramLabel = "FILE", description = "A file with one statement.")
    private @Nullable Path file;
  }

  @Option(
      names = "--format",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); csv and json print every row."
              + " In csv a text that a spreadsheet would take for a formula has an apostrophe"
              + " before it; json has it as it is.")
  private Format format;

  @Option(
      names = "--limit",
      defaultValue = "200",
      description = "Rows of a table to print at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--write",
      description =
          "Allow statements that change tables; main of released tables moves by releases alone.")
  private boolean write;

  @Option(
      names = "--time-zone",
      defaultValue = "Asia/Ho_Chi_Minh",
      description = "Zone in which times are read and shown (default: ${DEFAULT-VALUE}).")
  private String timeZone;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    String sql = statement.file == null ? statement.text : content(statement.file);
    if (write) {
      try (Writing open = Writing.withSpark(options, options.settings(), "sql --write")) {
        ask(open.lake(), sql, out);
      }
    } else {
      try (Lakehouse lake = options.openToReadWithSpark()) {
        ask(lake, sql, out);
      }
    }
  }

  private void ask(Lakehouse lake, String sql, PrintWriter out) {
    try {
      new SqlSession(lake.spark(), timeZone).run(sql, write, format, limit, out);
    } catch (TnmtException e) {
      SqlFault.unknownVersion(e).ifPresent(new ExpiredReleases(lake.store())::requireKept);
      throw e;
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID, "the file cannot be read", file.toString(), "", e);
    }
  }
}
