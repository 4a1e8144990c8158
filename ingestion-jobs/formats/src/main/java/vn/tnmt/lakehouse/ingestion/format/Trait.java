package vn.tnmt.lakehouse.ingestion.format;

/**
 * What a format can do, as far as others must know. Asked once for a feed or a file, not by row.
 */
public enum Trait {
  /** Records have columns with names, so that wide ones can be melted. */
  TABLE,

  /** Texts are bytes in any encoding; where this is missing they are Unicode by definition. */
  BYTES,

  /** Cells have types: a date is an ISO text, whatever the publisher's patterns for texts are. */
  TYPED,

  /** Numbers have a decimal point or a decimal comma, whatever the feed's conventions are. */
  EITHER_DECIMAL,

  /** Records may have a {@code $geometry}. */
  GEOMETRY,

  /** A file may have sheets: {@code $sheet}. */
  SHEETS,

  /** A file may have layers: {@code $layer}. */
  LAYERS,

  /** A large file can be cut, and its stretches read side by side. */
  CUT,

  /** One JSON object a line: what the rows of a database are landed as. */
  DATABASE_ROWS
}
