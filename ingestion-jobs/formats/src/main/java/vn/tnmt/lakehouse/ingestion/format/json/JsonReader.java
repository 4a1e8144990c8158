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
 * be is the only record. A further list at the same path, by names that come twice, is read, too.
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

    /** Objects and lists of the path, around the records, that are not closed. */
    private int open;

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
          if (json.currentToken() == JsonToken.START_OBJECT) {
            return item(JsonToken.START_OBJECT);
          }
          list = true;
        }
        JsonToken token = list ? json.nextToken() : JsonToken.END_ARRAY;
        while (token == JsonToken.END_ARRAY) {
          if (!further()) {
            finished = true;
            return rest() ? null : broken();
          }
          list = json.currentToken() == JsonToken.START_ARRAY;
          token = list ? json.nextToken() : JsonToken.START_OBJECT;
        }
        return token == null ? broken() : item(token);
      } catch (JsonProcessingException e) {
        return broken();
      }
    }

    /** Goes to the list, or to an object in its place; false when neither is there. */
    private boolean enter() throws IOException {
      json.nextToken();
      return down(0);
    }

    /**
     * Goes down the path from a value at {@code step}; where it ends before the list, the value is
     * behind.
     */
    private boolean down(int step) throws IOException {
      for (open = step; open < path.size(); open++) {
        String next = path.get(open);
        if (json.currentToken() == JsonToken.START_OBJECT ? !member(next) : !element(next)) {
          return false;
        }
      }
      return json.currentToken() == JsonToken.START_ARRAY
          || json.currentToken() == JsonToken.START_OBJECT;
    }

    /** Goes on behind the list to another one at the same path; false when there is none. */
    private boolean further() throws IOException {
      while (open > 0) {
        JsonToken token = json.nextToken();
        if (token == null) {
          return false;
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
          open--;
        } else if (token == JsonToken.FIELD_NAME) {
          boolean same = json.currentName().equals(path.get(open - 1));
          json.nextToken();
          if (same && down(open)) {
            return true;
          }
          if (!same) {
            json.skipChildren();
          }
        } else {
          json.skipChildren();
        }
      }
      return false;
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
      if (json.currentToken() != JsonToken.START_ARRAY) {
        return false;
      }
      if (!index.matches("0|[1-9][0-9]{0,8}")) {
        json.skipChildren();
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
