package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_JSON;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * GeoJSON (RFC 7946): a FeatureCollection read one feature at a time; the record's line is the
 * feature's number, counted from 1.
 *
 * <p>Cells are the feature's properties (texts as they are, numbers and nested values as written),
 * {@code $id} when the feature has one, and {@code $geometry}: the geometry as compact JSON with
 * every number as written. A null property is an empty cell, a null geometry an absent one. Where
 * the file breaks off, the features before stay and one record with REC-09 tells the position
 * ({@code line:column}).
 */
final class GeoJsonReader implements RecordReader {
  static final String GEOMETRY = "$geometry";
  static final String ID = "$id";

  private static final String SHAPE = "{\"type\":\"FeatureCollection\",\"features\":[…]}";

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Header header = Header.of();

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Features(JSON.createParser(new EscapingUtf8(bytes)));
  }

  private final class Features extends FoundRecords {
    private final JsonParser json;
    private long number;
    private boolean inside;
    private boolean finished;
    private boolean collection;

    Features(JsonParser json) {
      this.json = json;
    }

    @Override
    RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      try {
        if (!inside && !enter()) {
          return broken();
        }
        JsonToken token = json.nextToken();
        if (token == JsonToken.END_ARRAY) {
          finished = true;
          return leave() ? null : broken();
        }
        if (token == null) {
          return broken();
        }
        RawRecord feature = feature(token);
        number++;
        return feature;
      } catch (JsonProcessingException e) {
        return broken();
      }
    }

    /** Goes to the first feature; false when the file has another shape. */
    private boolean enter() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("features") && value == JsonToken.START_ARRAY) {
          inside = true;
          return true;
        }
        collection |= name.equals("type") && "FeatureCollection".equals(json.getValueAsString());
        json.skipChildren();
      }
      return false;
    }

    /** Reads what follows the features; false when the file breaks off or is no collection. */
    private boolean leave() throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        collection |= name.equals("type") && "FeatureCollection".equals(json.getValueAsString());
        json.skipChildren();
      }
      return collection && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    }

    private RawRecord feature(JsonToken token) throws IOException {
      if (token != JsonToken.START_OBJECT) {
        String text = written();
        return Flaws.line(
            number + 1, text, Flaws.of(BROKEN_JSON, text, "{\"type\":\"Feature\",…}"));
      }
      Map<String, String> cells = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("properties") && value == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String property = json.currentName();
            json.nextToken();
            cells.put(property, text());
          }
        } else if (name.equals("geometry") && value != JsonToken.VALUE_NULL) {
          cells.put(GEOMETRY, written());
        } else if (name.equals("id")) {
          cells.put(ID, text());
        } else {
          json.skipChildren();
        }
      }
      boolean marked =
          cells.values().stream().anyMatch(EscapingUtf8::marked)
              || cells.keySet().stream().anyMatch(EscapingUtf8::marked);
      return marked ? bytewise(cells) : record(cells, List.of());
    }

    private RawRecord bytewise(Map<String, String> cells) {
      Map<String, String> plain = new LinkedHashMap<>();
      cells.forEach(
          (name, text) -> plain.put(EscapingUtf8.bytewise(name), EscapingUtf8.bytewise(text)));
      return record(plain, List.of(Flaws.of(NOT_UTF8, "", "UTF-8")));
    }

    private RawRecord record(Map<String, String> cells, List<Breach> breaches) {
      List<String> names = new ArrayList<>(cells.keySet());
      if (!header.names().equals(names)) {
        header = Header.of(names);
      }
      return new RawRecord(
          number + 1, 0, new Cells(header, cells.values().toArray(String[]::new)), "", breaches);
    }

    private RawRecord broken() {
      finished = true;
      JsonLocation at = json.currentLocation();
      return Flaws.line(
          number + 1,
          "",
          Flaws.of(BROKEN_JSON, "%d:%d".formatted(at.getLineNr(), at.getColumnNr()), SHAPE));
    }

    private String text() throws IOException {
      return switch (json.currentToken()) {
        case VALUE_STRING -> json.getText();
        case VALUE_NULL -> "";
        default -> written();
      };
    }

    /** The current value as compact JSON, numbers as they stand in the file. */
    private String written() throws IOException {
      StringBuilder out = new StringBuilder();
      int depth = 0;
      boolean first = true;
      while (true) {
        JsonToken token = json.currentToken();
        if (token == null) {
          throw new JsonEOFException(json, null, "broken off");
        }
        boolean closes = token.isStructEnd();
        if (!first && !closes) {
          out.append(',');
        }
        switch (token) {
          case FIELD_NAME -> quote(out, json.currentName()).append(':');
          case VALUE_STRING -> quote(out, json.getText());
          default ->
              out.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        }
        first = token.isStructStart() || token == JsonToken.FIELD_NAME;
        depth += token.isStructStart() ? 1 : closes ? -1 : 0;
        if (depth == 0) {
          return out.toString();
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
}
