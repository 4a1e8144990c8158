package vn.tnmt.lakehouse.ingestion.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.mapping.Recency;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Writes rows of a raw table into the columns of a Parquet file, each value straight from where the
 * engine has it. Columns are found by their names, so their order in the table does not matter; a
 * column of the table's {@code row} that the contract lacks is null. One instance serves one file.
 */
final class RawRowWriter implements ParquetValueWriter<RawRow> {
  /** Texts that the columns remember together. */
  private static final int MEMORY = 1 << 15;

  private final MessageType type;
  private final List<Leaf> leaves = new ArrayList<>();

  private final Leaf runId;
  private final Leaf businessDate;
  private final Leaf publisher;
  private final Leaf feed;
  private final Leaf deliveryId;
  private final Leaf sourceFile;
  private final Leaf sourceLine;
  private final Leaf recordPart;
  private final Leaf recordHash;
  private final Leaf cells;
  private final Leaf text;
  private final BreachField[] breaches;
  private final Leaf blocked;
  private final Leaf contentHash;
  private final Value[] row;

  private final Binary run;
  private final int day;
  private LoadOptions.Delivery delivery;
  private Binary itsPublisher;
  private Binary itsFeed;
  private Binary itsId;
  private String file;
  private Binary itsPath;

  /**
   * @param type of the table's files
   */
  RawRowWriter(MessageType type, LoadOptions options) {
    this.type = type;
    this.runId = leaf("run_id");
    this.businessDate = leaf("business_date");
    this.publisher = leaf("publisher");
    this.feed = leaf("feed");
    this.deliveryId = leaf("delivery_id");
    this.sourceFile = leaf("source_file");
    this.sourceLine = leaf("source_line");
    this.recordPart = leaf("record_part");
    this.recordHash = leaf("record_hash");
    this.cells = leaf("cells");
    this.text = leaf("text");
    this.breaches =
        new BreachField[] {
          new BreachField("rule", Breach::rule),
          new BreachField("severity", breach -> breach.severity().name()),
          new BreachField("column", Breach::column),
          new BreachField("value", Breach::value),
          new BreachField("expected", Breach::expected)
        };
    this.blocked = leaf("blocked");
    this.contentHash = leaf("content_hash");
    this.run = binary(options.runId());
    this.day = (int) options.context().businessDate().toEpochDay();
    Contract contract = options.contract();
    Recency.Allowance memory = new Recency.Allowance(MEMORY);
    this.row =
        type.getType("row").asGroupType().getFields().stream()
            .map(field -> value(contract, field.getName(), memory))
            .toArray(Value[]::new);
  }

  @Override
  public void write(int repetitionLevel, RawRow of) {
    RawRecord record = of.record();
    Verdict verdict = of.verdict();
    origin(of.delivery(), of.file());
    runId.put(run);
    businessDate.put(day);
    publisher.put(itsPublisher);
    feed.put(itsFeed);
    deliveryId.put(itsId);
    sourceFile.put(itsPath);
    sourceLine.put(record.line());
    recordPart.put(record.part());
    recordHash.put(Binary.fromReusedByteArray(verdict.recordHash()));
    cells.put(Binary.fromReusedByteArray(verdict.cells()));
    text.put(record.text().isEmpty() ? Binary.EMPTY : binary(record.text()));
    for (BreachField field : breaches) {
      field.put(verdict.breaches());
    }
    blocked.put(verdict.blocked());
    contentHash.put(verdict.contentHash());
    for (Value value : row) {
      value.put(verdict.row());
    }
  }

  /** What is the same for many rows is encoded once. */
  private void origin(LoadOptions.Delivery rowDelivery, String rowFile) {
    if (rowDelivery != delivery) {
      delivery = rowDelivery;
      itsPublisher = binary(rowDelivery.feed().publisher().id());
      itsFeed = binary(rowDelivery.feed().name());
      itsId = binary(rowDelivery.manifest().deliveryId());
    }
    if (!rowFile.equals(file)) {
      file = rowFile;
      itsPath = binary(rowFile);
    }
  }

  @Override
  public List<TripleWriter<?>> columns() {
    return List.of(); // asked by the writers of structs and lists that hold others
  }

  @Override
  public void setColumnStore(ColumnWriteStore store) {
    leaves.forEach(leaf -> leaf.to = store.getColumnWriter(leaf.column));
  }

  /** Raw tables keep no bounds of numbers. */
  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.empty();
  }

  private static Binary binary(String text) {
    return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
  }

  private Leaf leaf(String... path) {
    Leaf leaf = new Leaf(type.getColumnDescription(path));
    leaves.add(leaf);
    return leaf;
  }

  /** A column of the file, outside of lists. */
  private static final class Leaf {
    private final ColumnDescriptor column;

    /** Definition level of a value; one less is that of a null. */
    private final int defined;

    private ColumnWriter to;

    Leaf(ColumnDescriptor column) {
      this.column = column;
      this.defined = column.getMaxDefinitionLevel();
    }

    void put(Binary value) {
      to.write(value, 0, defined);
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

  /** A field of the structs in the list of breaches. */
  private final class BreachField {
    private final Leaf leaf;
    private final Function<Breach, String> value;

    BreachField(String name, Function<Breach, String> value) {
      this.leaf = leaf("breaches", "list", "element", name);
      this.value = value;
    }

    void put(List<Breach> of) {
      if (of.isEmpty()) {
        // One level for the list that is there: its elements and their fields are not.
        leaf.to.writeNull(0, 1);
      }
      for (int i = 0; i < of.size(); i++) {
        String text = value.apply(of.get(i));
        if (text == null) {
          leaf.to.writeNull(Math.min(i, 1), leaf.defined - 1);
        } else {
          leaf.to.write(binary(text), Math.min(i, 1), leaf.defined);
        }
      }
    }
  }

  /** A typed column: what the engine says at its place in the contract. */
  private abstract static class Value {
    protected final Leaf leaf;
    private final int position;

    Value(Leaf leaf, int position) {
      this.leaf = leaf;
      this.position = position;
    }

    void put(Object[] values) {
      Object value = position < 0 ? null : values[position];
      if (value == null) {
        leaf.putNull();
      } else {
        write(value);
      }
    }

    abstract void write(Object value);
  }

  private Value value(Contract contract, String name, Recency.Allowance memory) {
    Leaf leaf = leaf("row", name);
    int at = contract.find(name).map(column -> contract.index(column.name())).orElse(-1);
    if (at < 0) {
      return value(leaf, at, never -> {});
    }
    Column column = contract.columns().get(at);
    return switch (column.type()) {
      case STRING -> new Text(leaf, at, memory);
      case DATE -> value(leaf, at, value -> leaf.put((int) ((LocalDate) value).toEpochDay()));
      case TIMESTAMP -> value(leaf, at, value -> leaf.put(micros((Instant) value)));
      case INTEGER ->
          isOf(column, "int")
              ? value(leaf, at, value -> leaf.put(Math.toIntExact((Long) value)))
              : value(leaf, at, value -> leaf.put((long) (Long) value));
      case NUMBER ->
          isOf(column, "float")
              ? value(leaf, at, value -> leaf.put(((Double) value).floatValue()))
              : value(leaf, at, value -> leaf.put((double) (Double) value));
      case BOOLEAN -> value(leaf, at, value -> leaf.put((boolean) (Boolean) value));
      case BINARY -> value(leaf, at, value -> leaf.put(Binary.fromReusedByteArray((byte[]) value)));
      case OBJECT ->
          throw new IllegalArgumentException("no publisher's row has structs: " + column.name());
    };
  }

  private static boolean isOf(Column column, String physicalType) {
    return column.physicalType().toLowerCase(Locale.ROOT).equals(physicalType);
  }

  @FunctionalInterface
  private interface Write {
    void accept(Object value);
  }

  private static Value value(Leaf leaf, int position, Write write) {
    return new Value(leaf, position) {
      @Override
      void write(Object value) {
        write.accept(value);
      }
    };
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
  }

  /** A mapping gives the same object again for a text that a column had lately. */
  private static final class Text extends Value {
    private final Recency recency;
    private Object[] texts;
    private Binary[] encoded;

    Text(Leaf leaf, int position, Recency.Allowance memory) {
      super(leaf, position);
      recency = new Recency(memory);
      forget();
    }

    private void forget() {
      texts = new Object[recency.slots()];
      encoded = new Binary[recency.slots()];
    }

    @Override
    void write(Object value) {
      leaf.put(recency.awake() ? remembered(value) : binary((String) value));
    }

    private Binary remembered(Object value) {
      int hash = value.hashCode();
      int place = (hash ^ hash >>> 16) & (texts.length - 1);
      boolean same = texts[place] == value;
      if (!same) {
        texts[place] = value;
        encoded[place] = binary((String) value);
      }
      Binary text = encoded[place];
      if (recency.looked(same)) {
        forget();
      }
      return text;
    }
  }
}
