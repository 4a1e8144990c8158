package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;

/** Where the lakehouse is: options that every command takes. */
public final class HomeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${env:TNMT_HOME:-.tnmt}",
      description = "Home folder of the lakehouse (TNMT_HOME; default: ${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      defaultValue = "${env:TNMT_CONF}",
      description = "Settings file (TNMT_CONF; default: the embedded local lakehouse).")
  private @Nullable Path conf;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and errors only.")
  private boolean quiet;

  public boolean quiet() {
    return quiet;
  }

  /** Where a command tells how far it is: a moving line on a terminal, plain lines elsewhere. */
  public Progress progress() {
    PrintWriter err = spec.commandLine().getErr();
    boolean ours = ((Tnmt) spec.root().userObject()).ownsConsole();
    return ours || quiet ? Progress.forConsole(err, quiet) : Progress.plain(err, System::nanoTime);
  }

  public Home home() {
    return Home.of(home);
  }

  /** The settings file, absolute; empty when there is none. */
  String configuration() {
    return conf == null ? "" : conf.toAbsolutePath().normalize().toString();
  }

  /** These options as arguments of another command. */
  List<String> fixed() {
    List<String> fixed = new ArrayList<>(List.of("--home", home().toString()));
    if (conf != null) {
      fixed.addAll(List.of("--conf", configuration()));
    }
    return fixed;
  }

  public Settings settings() {
    return Settings.load(home(), Optional.ofNullable(conf));
  }

  /**
   * The settings, with another folder of exports.
   *
   * @param exports given on the command line; null for what the settings say
   */
  public Settings settings(@Nullable Path exports) {
    return exports == null
        ? settings()
        : settings().with("exports.root", exports.toAbsolutePath().normalize().toString());
  }

  /** For commands that only read; nothing can be changed through it. */
  public Lakehouse openToRead() {
    return opened(() -> Lakehouse.openToRead(home(), settings()));
  }

  /** As {@link #openToRead}, for commands that are going to use Spark. */
  public Lakehouse openToReadWithSpark() {
    return opened(() -> Lakehouse.openToReadWithSpark(home(), settings()));
  }

  public Lakehouse open() {
    return opened(() -> Lakehouse.open(home(), settings()));
  }

  /** What {@code opening} opens; where a store or a catalogue keeps it waiting, that is said. */
  public Lakehouse opened(Supplier<Lakehouse> opening) {
    return waited("open the lakehouse", opening);
  }

  /** What some work comes to that is nobody's news unless it takes long; then that is said. */
  <T> T waited(String title, Supplier<T> work) {
    try (Progress.Stage stage = progress().brief(title)) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        stage.failed(Faults.of(e).map(known -> known.code().id()).orElse("TNMT-9001"));
        throw e;
      }
    }
  }
}
