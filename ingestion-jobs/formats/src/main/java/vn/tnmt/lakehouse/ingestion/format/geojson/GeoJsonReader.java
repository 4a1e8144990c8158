package vn.tnmt.lakehouse.ingestion.format.geojson;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_JSON;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_CRS;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;
import vn.tnmt.lakehouse.ingestion.reader.json.JsonValues;

/**
 * GeoJSON (RFC 7946): a FeatureCollection read one feature at a time; the record's line is the
 * feature's number, counted from 1.
 *
 * <p>Cells are the feature's properties (texts as they are, numbers and nested values as written),
 * {@code $id} when the feature has one, and {@code $geometry}: the geometry as compact JSON with
 * every number as written. A null property is an empty cell, a null geometry an absent one. Where
 * the file breaks off, the features before stay and one record with REC-09 tells the position
 * ({@code line:column}). A {@code crs} (GeoJSON 2008) other than WGS 84 is told of every feature
 * with a geometry (REC-36).
 */
final class GeoJsonReader implements RecordReader {
  private static final int SHOWN = 4096;
  private static final String SHAPE = "{\"type\":\"FeatureCollection\",\"features\":[…]}";

  private final CellsBuilder cells = new CellsBuilder();

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Features(JsonValues.parser(bytes));
  }

  private final class Features extends FoundRecords {
    private final JsonParser json;
    private long number;
    private boolean inside;
    private boolean finished;
    private boolean collection;
    private String crs = "";
    private String crsBefore = "";
    private long geometries;

    Features(JsonParser json) {
      this.json = json;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
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
          return leave() ? lateCrs() : broken();
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
          crsBefore = crs;
          return true;
        }
        member(name);
      }
      return false;
    }

    /** Reads what follows the features; false when the file breaks off or is no collection. */
    private boolean leave() throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        member(name);
      }
      return collection && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    }

    private void member(String name) throws IOException {
      collection |= name.equals("type") && "FeatureCollection".equals(json.getValueAsString());
      if (name.equals("crs")) {
        crs = GeoJsonCrs.foreign(json);
      } else {
        json.skipChildren();
      }
    }

    private RawRecord feature(JsonToken token) throws IOException {
      if (token != JsonToken.START_OBJECT) {
        String text = JsonValues.written(json, SHOWN);
        return Flaws.line(
            number + 1, text, Flaws.of(BROKEN_JSON, text, "{\"type\":\"Feature\",…}"));
      }
      cells.clear();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("properties") && value == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String property = json.currentName();
            json.nextToken();
            JsonValues.put(cells, property, json);
          }
        } else if (name.equals("geometry") && value != JsonToken.VALUE_NULL) {
          geometries++;
          JsonValues.putWritten(cells, Cells.GEOMETRY, json);
          if (!crs.isEmpty()) {
            cells.add(Flaws.of(WRONG_CRS, crs, "EPSG:4326"));
          }
        } else if (name.equals("id")) {
          JsonValues.put(cells, Cells.ID, json);
        } else {
          json.skipChildren();
        }
      }
      return cells.record(number + 1);
    }

    /** A coordinate system that is named behind the features is told for the whole file. */
    private @Nullable RawRecord lateCrs() {
      return crs.equals(crsBefore) || geometries == 0
          ? null
          : Flaws.file(WRONG_CRS, crs, "EPSG:4326");
    }

    private RawRecord broken() {
      finished = true;
      return Flaws.line(number + 1, "", Flaws.of(BROKEN_JSON, JsonValues.place(json), SHAPE));
    }
  }
}
