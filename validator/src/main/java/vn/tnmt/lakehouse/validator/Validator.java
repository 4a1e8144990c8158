package vn.tnmt.lakehouse.validator;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * {@code java -jar tnmt-validator.jar}: without arguments as {@code serve}.
 *
 * <p>Exit codes: 0 every record would be accepted; 1 some would be quarantined; 2 the check could
 * not be made (arguments, bundle, unreadable file).
 */
@Command(
    name = "tnmt-validator",
    version = "tnmt-validator 0.1.0",
    mixinStandardHelpOptions = true,
    description = {
      "Kiểm tra tệp số liệu trước khi gửi, bằng đúng các quy tắc của hệ thống quốc gia.",
      "Checks data files before they are sent, by the very rules of the national platform."
    },
    subcommands = {CheckCommand.class, ServeCommand.class},
    footer = {
      "",
      "Ví dụ / Examples:",
      "  java -jar tnmt-validator.jar                                    mở trang kiểm tra / opens the page",
      "  java -jar tnmt-validator.jar check --bundle tnmt-bundle.zip mau_20260314.csv",
      "  java -jar tnmt-validator.jar check --bundle tnmt-bundle.zip --out ket-qua --lang en D:\\exports",
      "",
      "Mã thoát / exit codes: 0 đạt / accepted; 1 có bản ghi bị giữ lại / records would be held; 2 không kiểm tra được / no check"
    })
public final class Validator implements Runnable {
  private Validator() {}

  public static void main(String[] args) {
    // What the libraries of Parquet and XLS log is for their developers: nothing takes it, and
    // nothing says so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty("log4j2.StatusLogger.level", "OFF");
    System.exit(
        run(
            new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
            new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
            args));
  }

  /** Runs one command line and answers its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Validator());
    line.setParameterExceptionHandler(Validator::explainArguments);
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(out);
    line.setErr(err);
    return line.execute(args.length == 0 ? new String[] {"serve"} : args);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int explainArguments(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("TNMT-5004 " + e.getMessage());
    err.println("--help");
    return 2;
  }

  private static int explain(Exception e, PrintWriter err) {
    err.println(
        e instanceof TnmtException
            ? e.getMessage()
            : "TNMT-9001 lỗi nội bộ / internal fault: " + e);
    if (!(e instanceof TnmtException)) {
      e.printStackTrace(err);
    }
    return 2;
  }
}
