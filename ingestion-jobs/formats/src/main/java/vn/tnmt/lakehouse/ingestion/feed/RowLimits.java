package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

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
}
