package vn.tnmt.lakehouse.ingestion.reader;

import java.util.Set;

/**
 * How a feed writes its CSV.
 *
 * @param delimiter between cells, one ASCII character
 * @param quote around cells that hold delimiters, line breaks or quotes; doubled inside them
 * @param required columns that the header must have (else REC-07 for the whole file)
 * @param known every column that the feed speaks of; others are kept and told (REC-08)
 * @param melted columns that become rows of their own; empty when the file is long already
 */
public record CsvFormat(
    char delimiter, char quote, Set<String> required, Set<String> known, Set<String> melted) {
  /** Name of the cell that holds a melted column's name. */
  public static final String MELTED_COLUMN = "$column";

  /** Name of the cell that holds a melted cell's text. */
  public static final String MELTED_VALUE = "$value";

  public CsvFormat {
    if (delimiter >= 0x80 || quote >= 0x80 || delimiter == quote) {
      throw new IllegalArgumentException("delimiter and quote are two different ASCII characters");
    }
    required = Set.copyOf(required);
    known = Set.copyOf(known);
    melted = Set.copyOf(melted);
  }
}
