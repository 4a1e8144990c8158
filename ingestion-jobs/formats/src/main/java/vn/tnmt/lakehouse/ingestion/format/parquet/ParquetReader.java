package vn.tnmt.lakehouse.ingestion.format.parquet;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LARGE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNREADABLE_CONTAINER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_CRS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
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
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFailure;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;

/**
 * Parquet, and GeoParquet by its {@code geo} metadata, without Hadoop; the record's line is the
 * row's number, counted from 1.
 *
 * <p>Cells are the columns: numbers in full, dates and times as ISO 8601 ({@code Z} when the column
 * is of instants), bytes in hexadecimal, null as an empty text, lists, maps and groups as compact
 * JSON. The primary geometry is {@code $geometry}, WKB in hexadecimal; one in another system than
 * WGS 84 is told of every record that has it (REC-36). A damaged file keeps the rows before the
 * damage (REC-34).
 */
final class ParquetReader implements RecordReader {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL = 8;
  private static final int MAX_FOOTER = 64 << 20;
  private static final long MAX_FILE = 64L << 30;

  /** Rows for each byte of the file: a file of one value repeated could have any number. */
  private static final long MAX_ROWS_A_BYTE = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CellsBuilder cells = new CellsBuilder();

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Rows(SpooledFile.of(bytes, MAX_FILE));
  }

  private final class Rows extends FoundRecords {
    private final SpooledFile spool;
    private @Nullable FileChannel channel;
    private @Nullable FileMetaData footer;
    private MessageType schema;
    private MessageColumnIO columns;
    private org.apache.parquet.io.RecordReader<Group> reader;
    private String geometry = "";
    private String foreignCrs = "";
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
                    new ParquetPages(channel, next), new GroupRecordConverter(schema));
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
        return broken(e);
      } catch (IOException | RuntimeException e) {
        return broken(e);
      }
    }

    @Override
    public List<RowCount> counts() {
      return complete
          ? List.of(new RowCount(0, "cuối tệp / footer", footer.getNum_rows(), 0))
          : List.of();
    }

    private RawRecord broken(Exception e) {
      finished = true;
      return Flaws.line(
          number == 0 ? 0 : number + 1,
          "",
          Flaws.of(UNREADABLE_CONTAINER, String.valueOf(e.getMessage()), "Parquet"));
    }

    /** Reads the footer; gives what is wrong with the file, or null. */
    private @Nullable RawRecord begin() throws IOException {
      if (!spool.whole()) {
        return Flaws.file(RECORD_TOO_LARGE, "> " + MAX_FILE, "≤ " + MAX_FILE);
      }
      channel = FileChannel.open(spool.path());
      long size = channel.size();
      ByteBuffer tail = read(Math.max(0, size - TAIL), TAIL);
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
      schema = ParquetSchema.of(footer.getSchema());
      columns = new ColumnIOFactory(String.valueOf(footer.getCreated_by())).getColumnIO(schema);
      geo();
      return schema.getColumns().isEmpty() ? Flaws.file(PART_NOT_IN_FILE, "", "columns") : null;
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

    /** GeoParquet 1.0 and 1.1: which column is the geometry, and its coordinate system. */
    private void geo() throws JsonProcessingException {
      List<KeyValue> all = footer.getKey_value_metadata();
      for (KeyValue entry : all == null ? List.<KeyValue>of() : all) {
        if (entry.getKey().equals("geo") && entry.getValue() != null) {
          JsonNode geo = JSON.readTree(entry.getValue());
          String primary = geo.path("primary_column").asText();
          JsonNode column = geo.path("columns").path(primary);
          if (column.path("encoding").asText().equalsIgnoreCase("WKB")) {
            geometry = primary;
            foreignCrs = foreignCrs(column.path("crs"));
          }
        }
      }
    }

    /** A system that is left out is WGS 84; null says that nobody knows it. */
    private static String foreignCrs(JsonNode crs) {
      if (crs.isMissingNode()) {
        return "";
      }
      if (crs.isNull()) {
        return "null";
      }
      JsonNode id = crs.path("id");
      String name =
          id.isMissingNode()
              ? crs.isTextual() ? crs.asText() : crs.path("name").asText("?")
              : id.path("authority").asText() + ":" + id.path("code").asText();
      return GeoJsonCrs.isWgs84(name) ? "" : name;
    }

    private RawRecord row(Group row) {
      cells.clear();
      for (int i = 0; i < schema.getFieldCount(); i++) {
        Type type = schema.getType(i);
        int count = row.getFieldRepetitionCount(i);
        boolean shape = type.getName().equals(geometry);
        if (shape && count == 0) {
          continue;
        }
        String name = shape ? Cells.GEOMETRY : type.getName();
        if (count == 0) {
          cells.put(name, "");
        } else if (type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)) {
          cells.put(name, ParquetValues.text(row, i, 0));
        } else {
          StringBuilder json = new StringBuilder();
          ParquetValues.field(row, i, json, cells.room());
          cells.put(name, json.toString());
        }
        if (shape && !foreignCrs.isEmpty()) {
          cells.add(Flaws.of(WRONG_CRS, foreignCrs, "EPSG:4326"));
        }
      }
      return cells.record(++number);
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
