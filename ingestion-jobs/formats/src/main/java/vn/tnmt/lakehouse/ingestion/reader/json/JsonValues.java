package vn.tnmt.lakehouse.ingestion.reader.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.EscapingUtf8;

/** JSON values as texts of cells: nothing is converted, every number stays as written. */
public final class JsonValues {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              // Numbers are only copied here, so a long one costs no more than a long text.
              StreamReadConstraints.builder()
                  .maxNumberLength(StreamReadConstraints.DEFAULT_MAX_STRING_LEN)
                  .build())
          .build();

  private JsonValues() {}

  /** UTF-8, with bytes that are none marked as {@link EscapingUtf8} does. */
  public static JsonParser parser(InputStream bytes) throws IOException {
    return JSON.createParser(new EscapingUtf8(bytes));
  }

  /** {@code line:column} of a parser. */
  public static String place(JsonParser json) {
    JsonLocation at = json.currentLocation();
    return "%d:%d".formatted(at.getLineNr(), at.getColumnNr());
  }

  /**
   * Puts the current value into a cell: a text as it is, null as an empty text, anything else as
   * compact JSON. Ends on the value's last token.
   */
  public static void put(CellsBuilder cells, String name, JsonParser json) throws IOException {
    switch (json.currentToken()) {
      case VALUE_STRING -> cells.put(name, json.getText());
      case VALUE_NULL -> cells.put(name, "");
      default -> putWritten(cells, name, json);
    }
  }

  /**
   * As {@link #put}, for each member of an object in its turn, named {@code a.b}. Lists and empty
   * objects stay compact JSON.
   */
  static void putFlat(CellsBuilder cells, String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      put(cells, name, json);
      return;
    }
    boolean empty = true;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      putFlat(cells, name + "." + member, json);
      empty = false;
    }
    if (empty) {
      cells.put(name, "{}");
    }
  }

  /** Reads the members of the current object; false when it is not closed. */
  public static boolean members(JsonParser json, CellsBuilder cells, boolean flatten)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (flatten) {
        putFlat(cells, name, json);
      } else {
        put(cells, name, json);
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  /** Puts the current value as compact JSON, also when it is a text. */
  public static void putWritten(CellsBuilder cells, String name, JsonParser json)
      throws IOException {
    StringBuilder out = new StringBuilder();
    if (write(json, out, cells.room())) {
      cells.put(name, out.toString());
    } else {
      cells.leaveOut();
    }
  }

  /** The current value as compact JSON; its beginning when it is longer than {@code most}. */
  public static String written(JsonParser json, int most) throws IOException {
    StringBuilder out = new StringBuilder();
    if (write(json, out, most)) {
      return out.toString();
    }
    out.setLength(Math.min(out.length(), most));
    return out.append('…').toString();
  }

  /** False when it is longer than {@code most}: what goes beyond is passed over. */
  private static boolean write(JsonParser json, StringBuilder out, int most) throws IOException {
    int depth = 0;
    boolean first = true;
    while (true) {
      JsonToken token = json.currentToken();
      if (token == null) {
        throw new JsonEOFException(json, null, "broken off");
      }
      boolean closes = token.isStructEnd();
      if (out.length() <= most) {
        if (!first && !closes) {
          out.append(',');
        }
        switch (token) {
          case FIELD_NAME -> quote(out, json.currentName()).append(':');
          case VALUE_STRING -> quote(out, json.getText());
          default ->
              out.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        }
      }
      first = token.isStructStart() || token == JsonToken.FIELD_NAME;
      depth += token.isStructStart() ? 1 : closes ? -1 : 0;
      if (depth == 0) {
        return out.length() <= most;
      }
      json.nextToken();
    }
  }

  private static StringBuilder quote(StringBuilder out, String text) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    return out.append('"');
  }
}
