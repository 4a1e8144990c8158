package vn.tnmt.lakehouse.ingestion.reader.text;

import java.io.Serializable;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * How much of a text file may be one row, {@code limits:} of a format. They bound memory whatever a
 * file holds, and how far a quote that is never closed is followed.
 *
 * @param bytes of a row, its line breaks included; a longer one is a broken record (REC-25)
 * @param lines that the quoted cells of a row may reach over
 * @param columns of a header; a file with more is not read (REC-24)
 */
public record RowLimits(int bytes, int lines, int columns) implements Serializable {
  public static final RowLimits USUAL = new RowLimits(1 << 20, 200, 4096);

  private static final int MAX_ROW_KB = 64 * 1024;

  /** Of a format; those that it does not name are the usual ones. */
  public static RowLimits of(YamlNode format) {
    return format
        .find("limits")
        .map(
            node -> {
              node.only(Set.of("rowKB", "rowLines", "columns"));
              int kilobytes = node.atLeast(1, "rowKB", USUAL.bytes >> 10);
              if (kilobytes > MAX_ROW_KB) {
                throw node.require("rowKB").error("rowKB " + kilobytes, "at most " + MAX_ROW_KB);
              }
              return new RowLimits(
                  kilobytes << 10,
                  node.atLeast(1, "rowLines", USUAL.lines),
                  node.atLeast(1, "columns", USUAL.columns));
            })
        .orElse(USUAL);
  }
}
