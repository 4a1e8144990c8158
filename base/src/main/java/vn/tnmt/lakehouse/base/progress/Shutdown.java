package vn.tnmt.lakehouse.base.progress;

/**
 * Whether this process is being ended. From then on the hooks of Hadoop, Spark and the services
 * stop what others still work with: what fails is no fault of theirs and nobody's news.
 */
public final class Shutdown {
  private static final Thread PROBE = new Thread(() -> {}, "tnmt-shutdown-probe");

  private Shutdown() {}

  /** True from before the first shutdown hook runs, unlike a flag that a hook of ours would set. */
  public static boolean begun() {
    synchronized (PROBE) {
      try {
        Runtime.getRuntime().addShutdownHook(PROBE);
        Runtime.getRuntime().removeShutdownHook(PROBE);
        return false;
      } catch (IllegalStateException e) { // the platform's word for it
        return true;
      }
    }
  }
}
