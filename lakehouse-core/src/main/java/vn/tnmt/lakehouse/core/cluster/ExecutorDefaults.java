package vn.tnmt.lakehouse.core.cluster;

import java.util.Map;

/** What an executor out of the distribution needs, so that it computes what this process would. */
public final class ExecutorDefaults {
  /**
   * Flags of its JVM: times and texts are read as the driver reads them, and it logs warnings to
   * where its manager keeps what it prints.
   */
  public static final String JAVA_OPTIONS =
      "-Duser.timezone=UTC -Dfile.encoding=UTF-8 -Dlog4j2.configurationFile=tnmt-log4j2-console.xml";

  /**
   * Its environment. Spark's scripts tell the version of Scala; without them its launcher looks for
   * a source tree of Spark, and no executor starts.
   */
  public static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SPARK_SCALA_VERSION",
          scala.util.Properties.versionNumberString().replaceFirst("^(\\d+\\.\\d+).*", "$1"),
          "LC_ALL",
          "C.UTF-8");

  private ExecutorDefaults() {}
}
