package vn.tnmt.lakehouse.ingestion.format.parquet;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.KIND_NOT_READ;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LARGE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNREADABLE_CONTAINER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_CRS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Parquet, and GeoParquet by its {@code geo} metadata, without Hadoop; the record's line is the
 * row's number, counted from 1.
 *
 * <p>Cells are the columns: numbers in full, dates and times as ISO 8601 ({@code Z} when the column
 * is of instants), null as an empty text, lists, maps and groups as compact JSON. Bytes that are no
 * text are hexadecimal, which a column that the feed uses must not be (REC-06). The geometry is
 * {@code $geometry}, WKB in hexadecimal; one in another system than WGS 84 is told of every record
 * that has it (REC-36). A damaged file keeps the rows before the damage (REC-34).
 */
final class ParquetReader implements RecordReader {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final byte[] ENCRYPTED = {'P', 'A', 'R', 'E'};
  private static final int TAIL = 8;
  private static final int MAX_FOOTER = 64 << 20;
  private static final long MAX_FILE = 64L << 30;

  /** Rows for each byte of the file: a file of one value repeated could have any number. */
  private static final long MAX_ROWS_A_BYTE = 1_000;

  private final Parquet format;
  private final KnownColumns known;
  private final CellsBuilder cells = new CellsBuilder();
  private final ParquetValues values = new ParquetValues();

  ParquetReader(Parquet format, KnownColumns known) {
    this.format = format;
    this.known = known;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Rows(SpooledFile.of(bytes, MAX_FILE));
  }

  private final class Rows extends FoundRecords {
    private final SpooledFile spool;
    private @Nullable FileChannel channel;
    private @Nullable FileMetaData footer;
    private MessageType whole;
    private MessageType schema;
    private MessageColumnIO columns;
    private org.apache.parquet.io.RecordReader<Group> reader;
    private @Nullable ParquetGeometry geometry;
    private final List<Breach> told = new ArrayList<>();
    private int group;
    private long left;
    private long number;
    private boolean finished;
    private boolean complete;

    Rows(SpooledFile spool) {
      this.spool = spool;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      try {
        if (footer == null) {
          RawRecord flaw = begin();
          if (flaw != null) {
            finished = true;
            return flaw;
          }
        }
        while (left == 0) {
          if (group == footer.getRow_groups().size()) {
            finished = true;
            complete = true;
            return null;
          }
          RowGroup next = footer.getRow_groups().get(group++);
          left = next.getNum_rows();
          if (left > 0) {
            reader =
                columns.getRecordReader(
                    new ParquetPages(channel, next, whole), new GroupRecordConverter(schema));
          }
        }
        left--;
        return row(reader.read());
      } catch (SourceFailure e) {
        throw e;
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof SourceFailure failure) {
          throw failure;
        }
        return broken("");
      } catch (ParquetPages.Damage e) {
        return broken(e.getMessage());
      } catch (IOException | RuntimeException e) {
        return broken("");
      }
    }

    @Override
    public List<RowCount> counts() {
      return complete
          ? List.of(new RowCount(0, "cuối tệp / footer", footer.getNum_rows(), 0))
          : List.of();
    }

    /** The library's own words are for programmers: where it happened is told instead. */
    private RawRecord broken(String what) {
      finished = true;
      String where = footer == null ? "cuối tệp / footer" : "nhóm hàng / row group " + group;
      return Flaws.line(
          number == 0 ? 0 : number + 1,
          "",
          Flaws.of(UNREADABLE_CONTAINER, what.isEmpty() ? where : where + ": " + what, "Parquet"));
    }

    /** Reads the footer; gives what is wrong with the file, or null. */
    private @Nullable RawRecord begin() throws IOException {
      if (!spool.whole()) {
        return Flaws.file(RECORD_TOO_LARGE, "> " + MAX_FILE, "≤ " + MAX_FILE);
      }
      channel = FileChannel.open(spool.path());
      long size = channel.size();
      ByteBuffer tail = read(Math.max(0, size - TAIL), TAIL);
      if (tail.limit() == TAIL && ByteBuffer.wrap(ENCRYPTED).equals(tail.slice(4, 4))) {
        return Flaws.file(KIND_NOT_READ, ParquetColumns.ENCRYPTED, "Parquet");
      }
      boolean magic = tail.limit() == TAIL && ByteBuffer.wrap(MAGIC).equals(tail.slice(4, 4));
      int length = magic ? tail.order(ByteOrder.LITTLE_ENDIAN).getInt(0) : -1;
      if (length <= 0 || length > MAX_FOOTER || length > size - TAIL) {
        return Flaws.file(UNREADABLE_CONTAINER, "", "Parquet");
      }
      footer =
          Util.readFileMetaData(
              new ByteArrayInputStream(read(size - TAIL - length, length).array()));
      long rows = 0;
      for (RowGroup of : footer.getRow_groups()) {
        if (of.getNum_rows() < 0) {
          return Flaws.file(UNREADABLE_CONTAINER, "rows " + of.getNum_rows(), "≥ 0");
        }
        rows += of.getNum_rows();
        if (rows < 0 || rows / MAX_ROWS_A_BYTE > size) {
          return Flaws.file(RECORD_TOO_LARGE, "rows " + rows, "≤ " + MAX_ROWS_A_BYTE * size);
        }
      }
      whole = ParquetSchema.of(footer.getSchema());
      geometry = ParquetGeometry.of(whole, format.geometry(), metadata()).orElse(null);
      if (geometry != null && !geometry.guess().isEmpty()) {
        told.add(Flaws.of(READ_AS, geometry.guess(), ""));
      }
      ParquetColumns readable =
          ParquetColumns.of(whole, footer.getRow_groups(), name -> isUsed(name));
      if (!readable.refused().isEmpty()) {
        return Flaws.line(0, "", readable.refused().toArray(Breach[]::new));
      }
      told.addAll(readable.told());
      schema = readable.schema();
      if (schema.getColumns().isEmpty()) {
        return Flaws.file(PART_NOT_IN_FILE, "", "columns");
      }
      columns =
          new ColumnIOFactory(String.valueOf(footer.getCreated_by())).getColumnIO(schema, whole);
      return null;
    }

    private boolean isUsed(String column) {
      return known.known().contains(column)
          || (geometry != null && column.equals(geometry.column()));
    }

    private ByteBuffer read(long from, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      try {
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
          // until full
        }
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
      return bytes.flip();
    }

    private Map<String, String> metadata() {
      Map<String, String> metadata = new HashMap<>();
      List<KeyValue> all = footer.getKey_value_metadata();
      for (KeyValue entry : all == null ? List.<KeyValue>of() : all) {
        if (entry.getValue() != null) {
          metadata.put(entry.getKey(), entry.getValue());
        }
      }
      return metadata;
    }

    private RawRecord row(Group row) {
      cells.clear();
      for (int i = 0; i < schema.getFieldCount(); i++) {
        Type type = schema.getType(i);
        int count = row.getFieldRepetitionCount(i);
        String name = type.getName();
        if (geometry != null && name.equals(geometry.column())) {
          if (count > 0) {
            shape(row, i);
          }
        } else if (count == 0) {
          cells.put(name, "");
        } else {
          if (type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)) {
            cells.put(name, values.text(row, i, 0));
          } else {
            StringBuilder json = new StringBuilder();
            values.field(row, i, json, cells.room());
            cells.put(name, json.toString());
          }
          if (values.takeBytesWithoutText() && isUsed(name)) {
            cells.add(NOT_UTF8.breach(name, "BYTE_ARRAY", "UTF-8"));
          }
        }
      }
      told.forEach(cells::add);
      told.clear();
      return cells.record(++number);
    }

    private void shape(Group row, int field) {
      String shape = geometry.of(row, field);
      if (shape.length() > cells.room()) {
        cells.leaveOut();
        return;
      }
      cells.put(Cells.GEOMETRY, shape);
      if (!geometry.foreignCrs().isEmpty()) {
        cells.add(Flaws.of(WRONG_CRS, geometry.foreignCrs(), "EPSG:4326"));
      }
    }

    @Override
    public void close() throws IOException {
      finished = true;
      try {
        if (channel != null) {
          channel.close();
        }
      } finally {
        spool.close();
      }
    }
  }
}
