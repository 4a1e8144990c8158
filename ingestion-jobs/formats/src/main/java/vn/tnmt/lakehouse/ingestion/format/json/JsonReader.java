package vn.tnmt.lakehouse.ingestion.format.json;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_JSON;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.json.JsonValues;

/**
 * A JSON document with a list of objects somewhere in it (RFC 6901 pointer), read one object at a
 * time; the record's line is the object's number, counted from 1. An object where the list should
 * be is the only record.
 *
 * <p>Cells are the object's members, as {@link JsonValues#put} writes them. Where the file breaks
 * off, the records before stay and one record with REC-09 tells the position ({@code line:column}).
 */
final class JsonReader implements RecordReader {
  private static final int SHOWN = 4096;

  private final List<String> path;
  private final String pointer;
  private final boolean flatten;
  private final CellsBuilder cells = new CellsBuilder();

  JsonReader(Json format) {
    this.path = format.path();
    this.pointer = format.records();
    this.flatten = format.flatten();
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Items(JsonValues.parser(bytes));
  }

  private final class Items extends FoundRecords {
    private final JsonParser json;
    private long number;
    private boolean begun;
    private boolean list;
    private boolean finished;

    Items(JsonParser json) {
      this.json = json;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      try {
        if (!begun) {
          begun = true;
          if (!enter()) {
            finished = true;
            return rest()
                ? Flaws.file(PART_NOT_IN_FILE, "", pointer.isEmpty() ? "[…]" : pointer)
                : broken();
          }
          list = json.currentToken() == JsonToken.START_ARRAY;
          if (!list) {
            return item(JsonToken.START_OBJECT);
          }
        }
        JsonToken token = list ? json.nextToken() : JsonToken.END_ARRAY;
        if (token == JsonToken.END_ARRAY) {
          finished = true;
          return rest() ? null : broken();
        }
        return token == null ? broken() : item(token);
      } catch (JsonProcessingException e) {
        return broken();
      }
    }

    /** Goes to the list, or to an object in its place; false when neither is there. */
    private boolean enter() throws IOException {
      json.nextToken();
      for (String step : path) {
        if (json.currentToken() == JsonToken.START_OBJECT ? !member(step) : !element(step)) {
          return false;
        }
      }
      return json.currentToken() == JsonToken.START_ARRAY
          || json.currentToken() == JsonToken.START_OBJECT;
    }

    private boolean member(String name) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(name);
        json.nextToken();
        if (found) {
          return true;
        }
        json.skipChildren();
      }
      return false;
    }

    private boolean element(String index) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY || !index.matches("0|[1-9][0-9]{0,8}")) {
        return false;
      }
      for (int i = Integer.parseInt(index); i > 0; i--) {
        JsonToken token = json.nextToken();
        if (token == null || token == JsonToken.END_ARRAY) {
          return false;
        }
        json.skipChildren();
      }
      JsonToken token = json.nextToken();
      return token != null && token != JsonToken.END_ARRAY;
    }

    /** Reads to the end of the file; false when the document breaks off. */
    private boolean rest() throws IOException {
      while (true) {
        boolean outside = json.getParsingContext().inRoot();
        JsonToken token = json.nextToken();
        if (token == null || outside) {
          return token == null && outside;
        }
      }
    }

    private RawRecord item(JsonToken token) throws IOException {
      if (token != JsonToken.START_OBJECT) {
        String text = JsonValues.written(json, SHOWN);
        number++;
        return Flaws.line(number, text, Flaws.of(BROKEN_JSON, text, "{…}"));
      }
      cells.clear();
      if (!JsonValues.members(json, cells, flatten)) {
        return broken();
      }
      number++;
      return cells.record(number);
    }

    private RawRecord broken() {
      finished = true;
      return Flaws.line(number + 1, "", Flaws.of(BROKEN_JSON, JsonValues.place(json), "JSON"));
    }
  }
}
