package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Connections;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.local.RunningServices;

/** {@code tnmt up}: keeps the embedded object store and catalogue running in the foreground. */
@Command(
    name = "up",
    description = "Keep the local object store and catalogue running, and say how to connect.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./tnmt up", "  ./tnmt up --home /data/tnmt    (Ctrl-C ends it)"})
final class UpCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private HomeOptions options;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = options.settings();
    Home home = options.home();
    boolean commanded = CommandServer.fits(home);
    String token = Credentials.random(32);
    try (Lakehouse lake =
            Lakehouse.open(
                home,
                settings,
                settings.integer("up.s3.port"),
                settings.integer("up.catalogue.port"));
        RunningServices announced =
            RunningServices.announce(
                home,
                new RunningServices.Address(
                    lake.access().store().endpoint(),
                    lake.access().uri(),
                    commanded ? CommandServer.SOCKET : "",
                    System.getProperty("tnmt.dist", ""),
                    options.configuration(),
                    token));
        CommandServer commands =
            commanded ? CommandServer.start(home, token, options.fixed()) : null) {
      if (!commanded) {
        spec.commandLine()
            .getErr()
            .println("The home's path is too long for a socket: commands are not taken in.");
      }
      out.println(Connections.of(lake).text());
      out.println("Running until Ctrl-C.");
      out.flush();
      CountDownLatch interrupted = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown, "tnmt-up-stop"));
      interrupted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
