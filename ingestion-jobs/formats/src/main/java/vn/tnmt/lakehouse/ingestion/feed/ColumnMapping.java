package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How one contract column gets its value: take {@code source}; when missing take {@code otherwise};
 * translate by {@code codes}; then type by the contract.
 *
 * @param source {@link Source#NONE} for a constant or a column left empty on purpose
 * @param otherwise the constant, or the default for a missing value, as text in the contract's
 *     notation (ISO dates, decimal point); empty when there is none
 * @param codes delivered text → code; a text that is not in it stays as it is
 * @param encoding of this column, {@link Conventions#AUTO} or a label; empty means that of the feed
 * @param lookup finds the code of a unit by its name; {@link Lookup#NONE} when there is nothing to
 *     look up
 * @param dates date patterns of this column; empty means those of the feed
 */
public record ColumnMapping(
    Source source,
    String otherwise,
    Map<String, String> codes,
    List<String> dates,
    String encoding,
    Lookup lookup,
    Place place)
    implements Serializable {

  /** A column in the feed's encoding and without a lookup. */
  public ColumnMapping(
      Source source, String otherwise, Map<String, String> codes, List<String> dates, Place place) {
    this(source, otherwise, codes, dates, "", Lookup.NONE, place);
  }
}
