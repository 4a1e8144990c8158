package vn.tnmt.lakehouse.ingestion.reader;

import java.io.Serializable;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * What a file may cost that is not read from front to end, {@code limits:} of a format.
 *
 * @param fileBytes of the file as delivered: it is copied to a temporary file
 * @param inflatedBytes of all that is unpacked from it
 * @param ratio unpacked bytes for one packed byte, from 64 MB on
 */
public record FileLimits(long fileBytes, long inflatedBytes, int ratio) implements Serializable {
  public static final FileLimits USUAL = new FileLimits(4L << 30, 32L << 30, 250);

  /** Of a format; those that it does not name are the usual ones. */
  public static FileLimits of(YamlNode format) {
    return format
        .find("limits")
        .map(
            node -> {
              node.only(Set.of("fileMB", "unpackedMB", "ratio"));
              return new FileLimits(
                  (long) node.atLeast(1, "fileMB", (int) (USUAL.fileBytes >> 20)) << 20,
                  (long) node.atLeast(1, "unpackedMB", (int) (USUAL.inflatedBytes >> 20)) << 20,
                  node.atLeast(2, "ratio", USUAL.ratio));
            })
        .orElse(USUAL);
  }
}
