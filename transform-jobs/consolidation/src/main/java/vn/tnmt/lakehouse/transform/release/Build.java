package vn.tnmt.lakehouse.transform.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the code this is, as the build wrote it down. */
public final class Build {
  static final String UNKNOWN = "unknown";

  private static final Properties PROPERTIES = read();

  private Build() {}

  /** The commit, with {@code -dirty} when files differed from it; {@value #UNKNOWN} without one. */
  public static String commit() {
    String commit = PROPERTIES.getProperty("git.commit.id", UNKNOWN);
    return Boolean.parseBoolean(PROPERTIES.getProperty("git.dirty")) ? commit + "-dirty" : commit;
  }

  /** {@code tnmt 0.1.0}. */
  public static String software() {
    return "tnmt " + PROPERTIES.getProperty("git.build.version", UNKNOWN).replace("-SNAPSHOT", "");
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
