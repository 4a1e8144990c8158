package vn.tnmt.lakehouse.ingestion.reader;

import java.util.Locale;
import java.util.Set;

/**
 * Files that operating systems and office programs leave beside those of people: nobody sent them,
 * so they are neither records nor faults.
 */
public final class SystemFiles {
  private static final Set<String> FOLDERS = Set.of("__macosx", "$recycle.bin", ".trashes");
  private static final Set<String> NAMES = Set.of(".ds_store", "thumbs.db", "desktop.ini");

  private SystemFiles() {}

  /**
   * Whether a path is of such a file.
   *
   * @param path {@code /}-separated
   */
  public static boolean is(String path) {
    String small = path.toLowerCase(Locale.ROOT);
    String name = small.substring(small.lastIndexOf('/') + 1);
    boolean beside = name.startsWith("._") || name.startsWith("~$") || name.startsWith(".~lock.");
    if (beside || NAMES.contains(name)) {
      return true;
    }
    for (String folder : small.split("/", -1)) {
      if (FOLDERS.contains(folder)) {
        return true;
      }
    }
    return false;
  }
}
