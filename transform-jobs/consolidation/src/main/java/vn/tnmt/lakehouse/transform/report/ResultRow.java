package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A row that a statement found, by the names of its columns. */
public final class ResultRow {
  private final Row row;

  public ResultRow(Row row) {
    this.row = row;
  }

  /** A text; null when missing. */
  public String text(String column) {
    return row.getAs(column);
  }

  /** A whole number; 0 when missing, as a sum or a count over nothing is. */
  public long number(String column) {
    Number value = row.getAs(column);
    return value == null ? 0 : value.longValue();
  }

  /** A number with decimals; null when missing. */
  public @Nullable Double decimal(String column) {
    Number value = row.getAs(column);
    return value == null ? null : Double.valueOf(value.doubleValue());
  }

  /** False when missing. */
  public boolean flag(String column) {
    return Boolean.TRUE.equals(row.<Boolean>getAs(column));
  }

  public LocalDate day(String column) {
    Object value = row.getAs(column);
    return value instanceof LocalDate date ? date : ((java.sql.Date) value).toLocalDate();
  }

  public Instant instant(String column) {
    Object value = row.getAs(column);
    return value instanceof Instant instant ? instant : ((java.sql.Timestamp) value).toInstant();
  }

  public byte[] bytes(String column) {
    return row.getAs(column);
  }

  /** A struct; null when missing. */
  public @Nullable ResultRow struct(String column) {
    Row struct = row.getAs(column);
    return struct == null ? null : new ResultRow(struct);
  }

  /** The sum of a column. */
  public static long sum(Collection<ResultRow> rows, String column) {
    return rows.stream().mapToLong(row -> row.number(column)).sum();
  }
}
