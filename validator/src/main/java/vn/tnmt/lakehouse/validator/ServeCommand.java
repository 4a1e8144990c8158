package vn.tnmt.lakehouse.validator;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;

/** {@code serve}: the page on the own PC. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Mở trang kiểm tra trên máy này; không gì rời khỏi máy.",
      "Opens the page on this computer; nothing leaves it."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Bundles bundles;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Cổng / port (mặc định: một cổng trống / default: a free one).")
  private int port;

  @Option(
      names = "--max-upload-mb",
      defaultValue = "2048",
      description =
          "Dung lượng tối đa một lần kiểm tra / most bytes of one check (${DEFAULT-VALUE}).")
  private int maxUploadMegabytes;

  @Option(names = "--no-browser", description = "Không mở trình duyệt / open no browser.")
  private boolean noBrowser;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Path> file = bundles.file();
    Optional<Bundle.Signed> signed = file.map(Bundle::read);
    signed.ifPresent(bundles::applyTrust);
    try (Workspace work = Workspace.create();
        LocalPage page =
            LocalPage.start(
                port, (long) maxUploadMegabytes << 20, work.folder(), bundles.trusted(), signed)) {
      out.println("Trang kiểm tra / the page: " + page.address());
      out.println("Ctrl+C để dừng / to stop.");
      if (!noBrowser) {
        browse(page.address());
      }
      page.awaitQuit();
    }
    return 0;
  }

  private static void browse(String address) {
    try {
      if (!GraphicsEnvironment.isHeadless()
          && Desktop.isDesktopSupported()
          && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
        Desktop.getDesktop().browse(URI.create(address));
      }
    } catch (IOException | RuntimeException e) {
      // the address is printed: a person can open it
    } catch (LinkageError e) {
      // a Java without a desktop
    }
  }
}
