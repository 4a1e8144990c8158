package vn.tnmt.lakehouse.orchestration.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.orchestration.airflow.ReprocessBehavior;
import vn.tnmt.lakehouse.orchestration.airflow.RunState;

/**
 * The command line's entry. Parsing and help never touch Spark: commands open the lakehouse only
 * when their arguments are known to be good.
 *
 * <p>Exit codes: 0 done; 1 the work failed and may be tried again; 2 the arguments, settings,
 * contracts or feeds are wrong, and trying again does not help; 3 ({@code ingest}) nothing was
 * delivered; 143 and 130: ended by SIGTERM or SIGINT.
 */
@Command(
    name = "tnmt",
    version = "tnmt 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Hồ dữ liệu tài nguyên và môi trường quốc gia.",
      "The national lakehouse for natural resources and environment data."
    },
    subcommands = {
      NightlyCommand.class,
      PipelineCommand.class,
      IngestCommand.class,
      ConsolidateCommand.class,
      ReleaseCommand.class,
      TablesCommand.class,
      FeedsCommand.class,
      ContractsCommand.class,
      ReceiptsCommand.class,
      SqlCommand.class,
      ExplainCommand.class,
      DeliveriesCommand.class,
      LandingCommand.class,
      EraseCommand.class,
      ReleasesCommand.class,
      RepairCommand.class,
      MaintainCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      UpCommand.class,
      ClusterCommand.class,
      AirflowCommand.class,
      DocsCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./tnmt demo                                  a small nation, two nights, the report",
      "  ./tnmt sql \"select * from national.station\"  ask the lakehouse",
      "",
      "Each command explains itself: ./tnmt COMMAND --help"
    })
public final class Tnmt implements Runnable {
  @Spec private CommandSpec spec;
  private final boolean ownsConsole;

  private Tnmt(boolean ownsConsole) {
    this.ownsConsole = ownsConsole;
  }

  /** Whether what is printed goes to this process's own console. */
  boolean ownsConsole() {
    return ownsConsole;
  }

  public static void main(String[] args) {
    if (args.length == 0 || !args[0].equals("up")) { // that is always ended by a signal
      Ending.watch(
          new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
    }
    int code = run(args);
    if (!Ending.signalled()) { // else the hook has yet to say so
      Ending.finished();
    }
    System.exit(code);
  }

  /** Runs one command line and answers its exit code. */
  static int run(String... args) {
    return run(
        new Tnmt(true),
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
        args);
  }

  /** As {@link #run(String...)}, for somebody who listens elsewhere; closes nothing of theirs. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new Tnmt(false), out, err, args);
  }

  private static int run(Tnmt tnmt, PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(tnmt);
    ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Tnmt::explainArguments);
    line.setExecutionExceptionHandler(Tnmt::explainFailure);
    line.registerConverter(LocalDate.class, Tnmt::date);
    line.registerConverter(RunState.class, RunState::new);
    line.registerConverter(ReprocessBehavior.class, ReprocessBehavior::new);
    line.setOut(out);
    line.setErr(err);
    try {
      return line.execute(args);
    } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
      // Without an exit code the services' threads would keep a dead command alive.
      return explain(e, line);
    } finally {
      out.flush();
      err.flush();
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static LocalDate date(String typed) {
    try {
      return LocalDate.parse(typed);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'%s' không phải ngày dạng yyyy-MM-dd / is not a date like 2026-03-14".formatted(typed));
    }
  }

  private static int explainArguments(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("TNMT-5004 " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try: ./" + line.getCommandSpec().qualifiedName() + " --help");
    }
    return 2;
  }

  private static int explainFailure(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    return explain(e, line);
  }

  private static int explain(Throwable e, CommandLine line) {
    PrintWriter err = line.getErr();
    // Who has sent a command to a `tnmt up` that is being ended is told how it failed.
    boolean ours = ((Tnmt) line.getCommandSpec().root().userObject()).ownsConsole();
    if (ours && Ending.signalled()) {
      LoggerFactory.getLogger(Tnmt.class).info("Ended by a signal", e);
      return 143;
    }
    TnmtException known = Faults.of(e).orElse(null);
    if (known != null) {
      err.println(known.getMessage());
    } else {
      err.println(
          "TNMT-9001 internal fault: "
              + e.toString().lines().findFirst().orElse("")
              + ": the whole story is in the log folder of the home; please report it");
    }
    LoggerFactory.getLogger(Tnmt.class).error("The command failed", e);
    if (System.getenv("TNMT_TRACE") != null) {
      e.printStackTrace(err);
    }
    return known == null || known.code().mayPass() ? 1 : 2;
  }
}
