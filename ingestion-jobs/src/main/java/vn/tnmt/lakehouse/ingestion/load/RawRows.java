package vn.tnmt.lakehouse.ingestion.load;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.mapping.Recency;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Records and verdicts as rows of a raw table, in Spark's internal form. One instance serves one
 * thread.
 */
final class RawRows {
  /** Texts that the columns remember together. */
  private static final int MEMORY = 1 << 15;

  private static final UTF8String NO_TEXT = UTF8String.EMPTY_UTF8;
  private static final GenericArrayData NO_BREACHES = new GenericArrayData(new Object[0]);

  private final List<Function<Object, Object>> converters;

  /** Contract's column of each column of the table's {@code row}; -1 for one that it lacks. */
  private final int[] positions;

  private final UTF8String runId;
  private final int businessDate;
  private UTF8String publisher;
  private UTF8String feed;
  private UTF8String deliveryId;
  private String filePath;
  private UTF8String file;

  /**
   * @param columns names in the table's {@code row}, in its order: that of the contract it was made
   *     by, not always of the one that judges
   */
  RawRows(LoadOptions options, List<String> columns) {
    List<String> names = options.contract().columns().stream().map(Column::name).toList();
    this.positions = columns.stream().mapToInt(names::indexOf).toArray();
    Recency.Allowance memory = new Recency.Allowance(MEMORY);
    this.converters =
        options.contract().columns().stream().map(column -> converter(column, memory)).toList();
    this.runId = UTF8String.fromString(options.runId());
    this.businessDate = (int) options.context().businessDate().toEpochDay();
  }

  void delivery(LoadOptions.Delivery delivery) {
    publisher = UTF8String.fromString(delivery.feed().publisher().id());
    feed = UTF8String.fromString(delivery.feed().name());
    deliveryId = UTF8String.fromString(delivery.manifest().deliveryId());
  }

  void file(String path) {
    if (!path.equals(filePath)) {
      filePath = path;
      file = UTF8String.fromString(path);
    }
  }

  InternalRow row(RawRecord record, Verdict verdict) {
    return new GenericInternalRow(
        new Object[] {
          runId,
          businessDate,
          publisher,
          feed,
          deliveryId,
          file,
          record.line(),
          record.part(),
          verdict.recordHash(),
          UTF8String.fromBytes(verdict.cells()),
          record.text().isEmpty() ? NO_TEXT : UTF8String.fromString(record.text()),
          breaches(verdict.breaches()),
          verdict.blocked(),
          verdict.contentHash(),
          values(verdict.row())
        });
  }

  private static GenericArrayData breaches(List<Breach> breaches) {
    if (breaches.isEmpty()) {
      return NO_BREACHES;
    }
    Object[] rows = new Object[breaches.size()];
    for (int i = 0; i < rows.length; i++) {
      Breach breach = breaches.get(i);
      rows[i] =
          new GenericInternalRow(
              new Object[] {
                UTF8String.fromString(breach.rule()),
                UTF8String.fromString(breach.severity().name()),
                UTF8String.fromString(breach.column()),
                UTF8String.fromString(breach.value()),
                UTF8String.fromString(breach.expected())
              });
    }
    return new GenericArrayData(rows);
  }

  private InternalRow values(Object[] row) {
    Object[] values = new Object[positions.length];
    for (int i = 0; i < values.length; i++) {
      int from = positions[i];
      values[i] = from < 0 || row[from] == null ? null : converters.get(from).apply(row[from]);
    }
    return new GenericInternalRow(values);
  }

  private static Function<Object, Object> converter(Column column, Recency.Allowance memory) {
    return switch (column.type()) {
      case STRING -> new SameText(memory);
      case DATE -> value -> (int) ((LocalDate) value).toEpochDay();
      case TIMESTAMP -> value -> micros((Instant) value);
      case INTEGER ->
          column.physicalType().toLowerCase(Locale.ROOT).equals("int")
              ? value -> Math.toIntExact((Long) value)
              : value -> value;
      case NUMBER ->
          column.physicalType().toLowerCase(Locale.ROOT).equals("float")
              ? value -> ((Double) value).floatValue()
              : value -> value;
      case BOOLEAN, BINARY, OBJECT -> value -> value;
    };
  }

  /** A mapping gives the same object again for a text that a column had lately. */
  private static final class SameText implements Function<Object, Object> {
    private final Recency recency;
    private Object[] texts;
    private UTF8String[] bytes;

    SameText(Recency.Allowance memory) {
      recency = new Recency(memory);
      forget();
    }

    private void forget() {
      texts = new Object[recency.slots()];
      bytes = new UTF8String[recency.slots()];
    }

    @Override
    public Object apply(Object value) {
      if (!recency.awake()) {
        return UTF8String.fromString((String) value);
      }
      int hash = value.hashCode();
      int place = (hash ^ hash >>> 16) & (texts.length - 1);
      boolean same = texts[place] == value;
      if (!same) {
        texts[place] = value;
        bytes[place] = UTF8String.fromString((String) value);
      }
      UTF8String text = bytes[place];
      if (recency.looked(same)) {
        forget();
      }
      return text;
    }
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
  }
}
