package vn.tnmt.lakehouse.ingestion.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import vn.tnmt.lakehouse.ingestion.mapping.Recency;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Writes rows of a raw table into the columns of a Parquet file, each value straight from where the
 * engine has it. Columns are found by their names, so their order in the table does not matter; one
 * that neither the platform nor the contract knows is null. One instance serves one file.
 */
final class RawRowWriter implements ParquetValueWriter<RowBatch> {
  /** Texts that the columns remember together. */
  private static final int MEMORY = 1 << 15;

  private final List<Column> columns = new ArrayList<>();

  /** Calls still to come for the rows of the batch that is written already. */
  private int toCount;

  /**
   * @param type of the table's files: all columns optional
   * @throws IllegalArgumentException when a column cannot hold what the contract says
   */
  RawRowWriter(MessageType type, LoadOptions options) {
    Recency.Allowance memory = new Recency.Allowance(MEMORY);
    for (ColumnDescriptor column : type.getColumns()) {
      Leaf leaf = new Leaf(column);
      Put put =
          switch (column.getPath()[0]) {
            case "row" -> value(type, leaf, options.contract(), memory);
            case "breaches" -> each(breach(type, leaf));
            default -> each(fixed(column.getPath()[0], leaf, options));
          };
      columns.add(new Column(leaf, put));
    }
  }

  /** A column that every raw table has. */
  private static PutOne fixed(String name, Leaf leaf, LoadOptions options) {
    Binary run = binary(options.runId());
    int day = (int) options.context().businessDate().toEpochDay();
    return switch (name) {
      case "run_id" -> row -> leaf.put(run);
      case "business_date" -> row -> leaf.put(day);
      case "publisher" -> same(leaf, delivery -> delivery.feed().publisher().id());
      case "feed" -> same(leaf, delivery -> delivery.feed().name());
      case "delivery_id" -> same(leaf, delivery -> delivery.manifest().deliveryId());
      case "source_file" -> file(leaf);
      case "source_line" -> row -> leaf.put(row.record().line());
      case "record_part" -> row -> leaf.put(row.record().part());
      case "cells" -> row -> leaf.put(row.verdict().cells());
      case "text" -> row -> leaf.put(text(row.record().text()));
      case "blocked" -> row -> leaf.put(row.verdict().blocked());
      default -> row -> leaf.to.writeNull(0, 0);
    };
  }

  @Override
  public void write(int repetitionLevel, RowBatch batch) {
    if (toCount == 0) {
      for (Column column : columns) {
        column.put.of(batch.rows());
      }
      toCount = batch.rows().size();
    }
    toCount--;
  }

  @Override
  public List<TripleWriter<?>> columns() {
    return List.of(); // asked by the writers of structs and lists that hold others
  }

  @Override
  public void setColumnStore(ColumnWriteStore store) {
    if (toCount != 0) {
      throw new IllegalStateException(
          "a row group ends %d rows before its batch".formatted(toCount));
    }
    columns.forEach(column -> column.leaf.to = store.getColumnWriter(column.leaf.column));
  }

  /** Raw tables keep no bounds of numbers. */
  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.empty();
  }

  private static Binary binary(String text) {
    return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Binary text(String text) {
    return text.isEmpty() ? Binary.EMPTY : binary(text);
  }

  /** Puts what rows have for one column. */
  @FunctionalInterface
  private interface Put {
    void of(List<RawRow> rows);
  }

  private record Column(Leaf leaf, Put put) {}

  /** Puts what a row has for one column. */
  @FunctionalInterface
  private interface PutOne {
    void of(RawRow row);
  }

  private static Put each(PutOne put) {
    return rows -> {
      for (int i = 0; i < rows.size(); i++) {
        put.of(rows.get(i));
      }
    };
  }

  /** Where the values of a column go; those of lists have levels of their own. */
  private static final class Leaf {
    private final ColumnDescriptor column;

    /** Definition level of a value; one less is that of a null. */
    private final int defined;

    private ColumnWriter to;

    Leaf(ColumnDescriptor column) {
      if (!column.getPrimitiveType().isRepetition(Type.Repetition.OPTIONAL)) {
        throw new IllegalArgumentException("a raw table's column is not optional: " + column);
      }
      this.column = column;
      this.defined = column.getMaxDefinitionLevel();
    }

    PrimitiveTypeName width() {
      return column.getPrimitiveType().getPrimitiveTypeName();
    }

    void put(Binary value) {
      to.write(value, 0, defined);
    }

    void put(byte[] value) {
      put(Binary.fromReusedByteArray(value));
    }

    void put(int value) {
      to.write(value, 0, defined);
    }

    void put(long value) {
      to.write(value, 0, defined);
    }

    void put(float value) {
      to.write(value, 0, defined);
    }

    void put(double value) {
      to.write(value, 0, defined);
    }

    void put(boolean value) {
      to.write(value, 0, defined);
    }

    void putNull() {
      to.writeNull(0, defined - 1);
    }
  }

  /** What is the same for all rows of a delivery is encoded once. */
  private static PutOne same(Leaf leaf, Function<LoadOptions.Delivery, String> text) {
    return new PutOne() {
      private LoadOptions.Delivery delivery;
      private Binary encoded;

      @Override
      @SuppressWarnings(
          "ReferenceEquality") // asked for every row: another instance is encoded anew
      public void of(RawRow row) {
        if (row.delivery() != delivery) {
          delivery = row.delivery();
          encoded = binary(text.apply(delivery));
        }
        leaf.put(encoded);
      }
    };
  }

  private static PutOne file(Leaf leaf) {
    return new PutOne() {
      private String file;
      private Binary encoded;

      @Override
      public void of(RawRow row) {
        if (!row.file().equals(file)) {
          file = row.file();
          encoded = binary(file);
        }
        leaf.put(encoded);
      }
    };
  }

  /** A field of the structs in the list of breaches. */
  private static PutOne breach(MessageType type, Leaf leaf) {
    String[] path = leaf.column.getPath();
    Function<Breach, String> value =
        switch (path[path.length - 1]) {
          case "rule" -> Breach::rule;
          case "severity" -> breach -> breach.severity().name();
          case "column" -> Breach::column;
          case "value" -> Breach::value;
          case "expected" -> Breach::expected;
          default -> breach -> null;
        };
    int emptyList = type.getMaxDefinitionLevel(path[0]);
    return row -> {
      List<Breach> breaches = row.verdict().breaches();
      if (breaches.isEmpty()) {
        leaf.to.writeNull(0, emptyList);
      }
      for (int i = 0; i < breaches.size(); i++) {
        int inList = Math.min(i, 1);
        String text = value.apply(breaches.get(i));
        if (text == null) {
          leaf.to.writeNull(inList, leaf.defined - 1);
        } else {
          leaf.to.write(binary(text), inList, leaf.defined);
        }
      }
    };
  }

  /** Writes a value that is there. */
  @FunctionalInterface
  private interface Write {
    void of(Object value);
  }

  /** A typed column: what the engine says at its place in the contract. */
  private static Put value(
      MessageType type, Leaf leaf, Contract contract, Recency.Allowance memory) {
    String[] path = leaf.column.getPath();
    String name = path[1];
    if (contract.find(name).isEmpty()) {
      int inRow = type.getMaxDefinitionLevel(path[0]);
      return each(row -> leaf.to.writeNull(0, inRow));
    }
    int at = contract.index(name);
    LogicalType logical = contract.columns().get(at).type();
    if (logical == LogicalType.NUMBER && leaf.width() == PrimitiveTypeName.DOUBLE) {
      return doubles(leaf, at);
    }
    Write write = write(leaf, logical, memory);
    return each(
        row -> {
          Object value = row.verdict().row()[at];
          if (value == null) {
            leaf.putNull();
          } else {
            write.of(value);
          }
        });
  }

  /** Most columns of measurements, so with no call for each value. */
  private static Put doubles(Leaf leaf, int at) {
    return rows -> {
      for (int i = 0; i < rows.size(); i++) {
        Object value = rows.get(i).verdict().row()[at];
        if (value == null) {
          leaf.putNull();
        } else {
          leaf.put((double) (Double) value);
        }
      }
    };
  }

  /** Parquet does not notice a number that is written into a column of another width. */
  private static Write write(Leaf leaf, LogicalType type, Recency.Allowance memory) {
    PrimitiveTypeName width = leaf.width();
    if (type == LogicalType.STRING && width == PrimitiveTypeName.BINARY) {
      return new RepeatedText(leaf, memory);
    }
    if (type == LogicalType.BINARY && width == PrimitiveTypeName.BINARY) {
      return value -> leaf.put((byte[]) value);
    }
    if (type == LogicalType.DATE && width == PrimitiveTypeName.INT32) {
      return value -> leaf.put((int) ((LocalDate) value).toEpochDay());
    }
    if (type == LogicalType.TIMESTAMP && width == PrimitiveTypeName.INT64) {
      return value -> leaf.put(micros((Instant) value));
    }
    if (type == LogicalType.INTEGER && width == PrimitiveTypeName.INT32) {
      return value -> leaf.put(Math.toIntExact((Long) value));
    }
    if (type == LogicalType.INTEGER && width == PrimitiveTypeName.INT64) {
      return value -> leaf.put((long) (Long) value);
    }
    if (type == LogicalType.NUMBER && width == PrimitiveTypeName.FLOAT) {
      return value -> leaf.put(((Double) value).floatValue());
    }
    if (type == LogicalType.BOOLEAN && width == PrimitiveTypeName.BOOLEAN) {
      return value -> leaf.put((boolean) (Boolean) value);
    }
    throw new IllegalArgumentException(
        "the contract has %s, the table %s".formatted(type, leaf.column));
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
  }

  /** A mapping gives the same object again for a text that a column had lately. */
  private static final class RepeatedText implements Write {
    /** Characters of what is remembered: no more than the mapping remembers. */
    private static final int LONGEST = 96;

    private final Leaf leaf;
    private final Recency recency;
    private Object[] texts;
    private Binary[] encoded;

    RepeatedText(Leaf leaf, Recency.Allowance memory) {
      this.leaf = leaf;
      recency = new Recency(memory);
      forget();
    }

    private void forget() {
      texts = new Object[recency.slots()];
      encoded = new Binary[recency.slots()];
    }

    @Override
    public void of(Object value) {
      String text = (String) value;
      boolean ask = text.length() <= LONGEST && recency.awake();
      leaf.put(ask ? remembered(text) : binary(text));
    }

    private Binary remembered(String text) {
      int hash = text.hashCode();
      int place = (hash ^ hash >>> 16) & (texts.length - 1);
      boolean same = texts[place] == text;
      if (!same) {
        texts[place] = text;
        encoded[place] = binary(text);
      }
      Binary known = encoded[place];
      if (recency.looked(same)) {
        forget();
      }
      return known;
    }
  }
}
