package vn.tnmt.lakehouse.core.lake;

import java.net.URISyntaxException;
import java.net.URL;
import org.apache.logging.log4j.core.config.Configurator;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;

/**
 * Sends the log of this JVM to {@code <home>/logs/tnmt-<date>.log}. Before that, and on the
 * console, nothing is logged: the console belongs to progress and results.
 */
final class HomeLog {
  private static final String FOLDER_PROPERTY = "tnmt.logs";
  private static final String CONFIGURATION = "/tnmt-log4j2-home.xml";

  private HomeLog() {}

  static synchronized void open(Home home) {
    String folder = home.privateFolder("logs").toString();
    if (folder.equals(System.getProperty(FOLDER_PROPERTY))) {
      return;
    }
    home.tightenFiles();
    System.setProperty(FOLDER_PROPERTY, folder);
    URL configuration = HomeLog.class.getResource(CONFIGURATION);
    try {
      Configurator.reconfigure(configuration.toURI());
    } catch (URISyntaxException e) {
      throw TnmtException.of(
          ErrorCode.INTERNAL, "không mở được nhật ký / the log cannot be set up", folder, "", e);
    }
  }
}
