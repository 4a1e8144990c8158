package vn.tnmt.lakehouse.ingestion.format.geojson;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BROKEN_JSON;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.OVER_LIMIT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_CRS;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;
import vn.tnmt.lakehouse.ingestion.reader.json.JsonValues;

/**
 * GeoJSON (RFC 7946): a FeatureCollection read one feature at a time, a Feature by itself, or
 * Features one behind the other as GDAL's GeoJSONSeq has them; the record's line is the feature's
 * number, counted from 1.
 *
 * <p>Cells are the feature's properties (texts as they are, numbers and nested values as written),
 * {@code $id} when the feature has one, and {@code $geometry}: the geometry as compact JSON with
 * every number as written. A null property is an empty cell, a null geometry an absent one. Where
 * the file breaks off, the features before stay and one record with REC-09 tells the position
 * ({@code line:column}). A {@code crs} (GeoJSON 2008) other than WGS 84 is told of every feature
 * with a geometry (REC-36), wherever it stands: the file is read from a temporary one, so that what
 * follows the features is known before they are. The {@code numberReturned} of a web feature
 * service (OGC API Features, WFS) is compared with the features that were read.
 */
final class GeoJsonReader implements RecordReader {
  private static final int SHOWN = 4096;
  private static final long MAX_FILE = FileLimits.USUAL.fileBytes();
  private static final String SHAPE = "{\"type\":\"FeatureCollection\",\"features\":[…]}";

  private final CellsBuilder cells = new CellsBuilder();

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    Sought sought = new Sought(bytes, "\"crs\"");
    SpooledFile spool = SpooledFile.of(sought, MAX_FILE);
    try {
      String crs = sought.found() ? crs(spool) : "";
      return new Features(spool, new BufferedInputStream(Files.newInputStream(spool.path())), crs);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** The system that the collection names; empty for WGS 84. */
  private static String crs(SpooledFile spool) throws IOException {
    String found = "";
    try (InputStream in = new BufferedInputStream(Files.newInputStream(spool.path()));
        JsonParser json = JsonValues.parser(in)) {
      boolean inside = json.nextToken() == JsonToken.START_OBJECT;
      while (inside && json.nextToken() == JsonToken.FIELD_NAME) {
        boolean crs = json.currentName().equals("crs");
        json.nextToken();
        if (crs && found.isEmpty()) {
          found = GeoJsonCrs.foreign(json);
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      // The features are told where it is broken.
    }
    return found;
  }

  private final class Features extends FoundRecords {
    private final SpooledFile spool;
    private InputStream bytes;
    private JsonParser json;
    private final String crs;
    private long number;
    private boolean inside;
    private boolean finished;
    private boolean collection;
    private boolean bare;

    /** {@code numberReturned} of a web feature service; -1 when nothing says it. */
    private long told = -1;

    private boolean whole;

    Features(SpooledFile spool, InputStream bytes, String crs) throws IOException {
      this.spool = spool;
      this.bytes = bytes;
      this.crs = crs;
      this.json = JsonValues.parser(bytes);
    }

    @Override
    public void close() throws IOException {
      bytes.close();
      spool.close();
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      if (!spool.whole()) {
        finished = true;
        return Flaws.file(OVER_LIMIT, "> %d MB".formatted(MAX_FILE >> 20), "");
      }
      try {
        if (!inside && !bare && !enter() && !again()) {
          return broken();
        }
        JsonToken token = json.nextToken();
        if (token == null && bare) {
          finished = true;
          return null;
        }
        while (token == JsonToken.END_ARRAY && !bare) {
          if (!further()) {
            finished = true;
            whole = leave();
            return whole ? null : broken();
          }
          token = json.nextToken();
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
        member(name);
      }
      return false;
    }

    /** Goes back to the beginning of a file whose root is a feature; false for any other. */
    private boolean again() throws IOException {
      if (!bare || json.currentToken() != JsonToken.END_OBJECT) {
        bare = false;
        return false;
      }
      bytes.close();
      bytes = new BufferedInputStream(Files.newInputStream(spool.path()));
      json = JsonValues.parser(bytes);
      return true;
    }

    /** Reads what follows the features, as far as to another list of them if there is one. */
    private boolean further() throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY && name.equals("features")) {
          return true;
        }
        member(name);
      }
      return false;
    }

    /** False when the file breaks off, goes on or is no collection. */
    private boolean leave() throws IOException {
      return collection && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    }

    private void member(String name) throws IOException {
      String type = name.equals("type") ? json.getValueAsString("") : "";
      collection |= type.equals("FeatureCollection");
      bare |= type.equals("Feature") && !inside;
      if (name.equals("numberReturned") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        told = json.getValueAsLong(-1);
      }
      json.skipChildren();
    }

    @Override
    public List<RowCount> counts() {
      return whole && told >= 0 ? List.of(new RowCount(0, "numberReturned", told, 0)) : List.of();
    }

    private RawRecord feature(JsonToken token) throws IOException {
      if (token != JsonToken.START_OBJECT) {
        String text = JsonValues.written(json, SHOWN);
        return Flaws.line(
            number + 1, text, Flaws.of(BROKEN_JSON, text, "{\"type\":\"Feature\",…}"));
      }
      cells.clear();
      boolean located = false;
      String named = crs;
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
          located = true;
          JsonValues.putWritten(cells, Cells.GEOMETRY, json);
        } else if (name.equals("crs") && value != JsonToken.VALUE_NULL) {
          named = GeoJsonCrs.foreign(json);
        } else if (name.equals("id")) {
          JsonValues.put(cells, Cells.ID, json);
        } else {
          json.skipChildren();
        }
      }
      if (located && !named.isEmpty()) {
        cells.add(Flaws.of(WRONG_CRS, named, "EPSG:4326"));
      }
      return cells.record(number + 1);
    }

    private RawRecord broken() {
      finished = true;
      return Flaws.line(number + 1, "", Flaws.of(BROKEN_JSON, JsonValues.place(json), SHAPE));
    }
  }
}
