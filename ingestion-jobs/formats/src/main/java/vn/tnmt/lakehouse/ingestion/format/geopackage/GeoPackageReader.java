package vn.tnmt.lakehouse.ingestion.format.geopackage;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.GEOMETRY_UNUSABLE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LARGE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNREADABLE_CONTAINER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_CRS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.SpooledFile;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * One layer, or table of attributes, of a GeoPackage (OGC 12-128), in the order of its row ids; the
 * record's line is the row's number in that order, counted from 1.
 *
 * <p>Cells are the table's columns: numbers in full, blobs in hexadecimal, null as an empty text;
 * the geometry is {@code $geometry}, WKB in hexadecimal. A layer in another system than WGS 84 is
 * told of every record with a geometry (REC-36).
 *
 * <p>The file is somebody else's database: it is opened read-only, only plain tables are read (no
 * view or virtual table, which could compute without end), and nothing in it is trusted. A damaged
 * one ends with REC-34 after the rows before the damage.
 */
final class GeoPackageReader implements RecordReader {
  private static final long MAX_FILE = 64L << 30;
  private static final int MAX_VALUE = CellsBuilder.MAX_RECORD;
  private static final String WGS84 = "EPSG:4326";

  /** Where the header of SQLite says how the file is written; 2 is by a write-ahead log. */
  private static final int VERSIONS = 18;

  /** Bytes of a geometry's header without its envelope. */
  private static final int HEADER = 8;

  private static final String LOGGED =
      "WAL: thay đổi cuối có thể ở tệp -wal không được gửi"
          + " / last changes may be in a -wal file not sent";

  private final String layer;
  private final String named;
  private final boolean layerTold;
  private final CellsBuilder cells = new CellsBuilder(text -> false, text -> text);

  /**
   * @param layerTold whether each record has cell {@code $layer}
   */
  GeoPackageReader(GeoPackage format, boolean layerTold) {
    this.layer = format.layer();
    this.named = format.geometry();
    this.layerTold = layerTold;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    SpooledFile spool = SpooledFile.of(bytes, MAX_FILE);
    if (!spool.whole()) {
      spool.close();
      return new Rows(null);
    }
    return new Rows(spool);
  }

  private static Connection connect(SpooledFile spool) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.enableLoadExtension(false);
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-8000");
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    Connection connection =
        config.createConnection("jdbc:sqlite:" + spool.path().toUri() + "?immutable=1");
    boolean ready = false;
    try {
      connection
          .unwrap(SQLiteConnection.class)
          .setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE);
      connection
          .unwrap(SQLiteConnection.class)
          .setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, 100_000);
      try (Statement pragma = connection.createStatement()) {
        pragma.execute("PRAGMA trusted_schema = OFF");
        pragma.execute("PRAGMA cell_size_check = ON");
      }
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  /**
   * A table to read.
   *
   * @param geometry the column; empty when the table has none
   * @param srs that its geometries must say; null when the file does not say it
   */
  private record Layer(
      String table, String geometry, @Nullable Integer srs, String crs, boolean rowIds) {}

  /** The tables that the file lists. */
  private record Contents(List<String> features, List<String> attributes) {
    List<String> all() {
      return Stream.concat(features.stream(), attributes.stream()).sorted().toList();
    }

    /**
     * The table that is meant: the one that is named, else the only one of features, beside which
     * programs keep tables of their own ({@code layer_styles}), else the only one; null for none.
     */
    @Nullable String table(String layer) {
      if (!layer.isEmpty()) {
        return all().stream().filter(layer::equalsIgnoreCase).findFirst().orElse(null);
      }
      List<String> meant = features.isEmpty() ? attributes : features;
      return meant.size() == 1 ? meant.get(0) : null;
    }

    List<String> others(String table) {
      return all().stream().filter(other -> !other.equals(table)).toList();
    }
  }

  private final class Rows extends FoundRecords {
    private final @Nullable SpooledFile spool;
    private @Nullable Connection connection;
    private @Nullable Statement statement;
    private @Nullable ResultSet rows;
    private final List<Breach> told = new ArrayList<>();
    private Layer found;
    private List<String> names;
    private boolean utf8;
    private boolean ordered;
    private long lastRowId;
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
      if (spool == null) {
        finished = true;
        return Flaws.file(RECORD_TOO_LARGE, "> " + MAX_FILE, "≤ " + MAX_FILE);
      }
      try {
        if (rows == null) {
          RawRecord flaw = begin();
          if (flaw != null) {
            finished = true;
            return flaw;
          }
        }
        if (!rows.next()) {
          finished = true;
          complete = true;
          return null;
        }
        long rowId = ordered ? rows.getLong(names.size() + 1) : number;
        if (ordered && number > 0 && rowId <= lastRowId) {
          // Pages that lead back to themselves would give rows without end.
          finished = true;
          return Flaws.line(
              number + 1, "", Flaws.of(UNREADABLE_CONTAINER, "rowid " + rowId, "> " + lastRowId));
        }
        lastRowId = rowId;
        return row();
      } catch (SQLException e) {
        finished = true;
        return flaw(e);
      }
    }

    private RawRecord flaw(SQLException e) throws IOException {
      SQLiteErrorCode code =
          e instanceof SQLiteException sqlite
              ? sqlite.getResultCode()
              : SQLiteErrorCode.SQLITE_ERROR;
      switch (code) {
        case SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_IOERR_READ, SQLITE_NOMEM ->
            throw new IOException(e.getMessage(), e);
        default -> {}
      }
      Breach breach =
          code == SQLiteErrorCode.SQLITE_TOOBIG
              ? Flaws.of(RECORD_TOO_LARGE, "", "≤ " + MAX_VALUE)
              : Flaws.of(
                  UNREADABLE_CONTAINER,
                  code == SQLiteErrorCode.SQLITE_NOTADB
                      ? "không phải cơ sở dữ liệu SQLite / not an SQLite database"
                      : "cơ sở dữ liệu hỏng / damaged database",
                  "GeoPackage");
      return Flaws.line(number == 0 ? 0 : number + 1, "", breach);
    }

    /** Opens the layer; gives what is wrong with the file, or null. */
    private @Nullable RawRecord begin() throws SQLException {
      connection = connect(spool);
      utf8 = "UTF-8".equals(text("PRAGMA encoding"));
      boolean logged = isLogged();
      if (text("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_contents' AND rootpage > 0")
          == null) {
        return Flaws.file(
            UNREADABLE_CONTAINER,
            logged ? LOGGED : "không có bảng / no table gpkg_contents",
            "GeoPackage");
      }
      Contents contents = contents();
      String table = contents.table(layer);
      if (table == null) {
        return Flaws.file(PART_NOT_IN_FILE, String.join(", ", contents.all()), layer);
      }
      if (logged) {
        told.add(Flaws.of(READ_AS, LOGGED, ""));
      }
      List<String> others = layer.isEmpty() ? contents.others(table) : List.of();
      if (!others.isEmpty()) {
        told.add(
            Flaws.of(PASSED_OVER, "bảng khác / other tables: " + String.join(", ", others), ""));
      }
      String definition =
          text(
              "SELECT coalesce(sql, '') FROM sqlite_master"
                  + " WHERE lower(name) = lower(?) AND type = 'table' AND rootpage > 0",
              table);
      if (definition == null) {
        return Flaws.file(PART_NOT_IN_FILE, "khung nhìn / view: " + table, "bảng / table");
      }
      found = layer(table, !definition.matches("(?is).*\\bWITHOUT\\s+ROWID\\s*$"));
      statement = connection.createStatement();
      names = new ArrayList<>();
      try (ResultSet none = statement.executeQuery("SELECT * FROM " + quoted(table) + " LIMIT 0")) {
        for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
          names.add(none.getMetaData().getColumnName(i));
        }
      }
      String rowId =
          found.rowIds
              ? Stream.of("rowid", "_rowid_", "oid")
                  .filter(alias -> names.stream().noneMatch(alias::equalsIgnoreCase))
                  .findFirst()
                  .orElse("NULL")
              : "NULL";
      ordered = !rowId.equals("NULL");
      rows =
          statement.executeQuery(
              "SELECT *, "
                  + rowId
                  + " FROM "
                  + quoted(table)
                  + (ordered ? " ORDER BY " + rowId : ""));
      return null;
    }

    /**
     * Whether the database is in the mode of a write-ahead log: what was written last may stand in
     * a file beside, which nobody sent.
     */
    private boolean isLogged() throws SQLException {
      try (InputStream in = Files.newInputStream(spool.path())) {
        byte[] head = in.readNBytes(VERSIONS + 2);
        return head.length == VERSIONS + 2 && head[VERSIONS] == 2;
      } catch (IOException e) {
        throw new SQLException(e);
      }
    }

    /** What the file says that it holds, without what it does not. */
    private Contents contents() throws SQLException {
      List<String> features = new ArrayList<>();
      List<String> attributes = new ArrayList<>();
      try (Statement select = connection.createStatement();
          ResultSet of =
              select.executeQuery(
                  "SELECT table_name, data_type FROM gpkg_contents"
                      + " WHERE data_type IN ('features', 'attributes') AND lower(table_name) IN"
                      + " (SELECT lower(name) FROM sqlite_master WHERE type IN ('table', 'view'))"
                      + " ORDER BY table_name LIMIT 100")) {
        while (of.next()) {
          (of.getString(2).equals("features") ? features : attributes).add(of.getString(1));
        }
      }
      return new Contents(features, attributes);
    }

    private Layer layer(String table, boolean rowIds) throws SQLException {
      if (text("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_geometry_columns' AND rootpage > 0")
          == null) {
        return new Layer(table, named, null, "", rowIds);
      }
      String column =
          text(
              "SELECT column_name FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)",
              table);
      String srs =
          text(
              "SELECT srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", table);
      boolean other = column != null && !named.isEmpty() && !named.equalsIgnoreCase(column);
      if (column == null || srs == null || other) {
        return new Layer(table, named, null, "", rowIds);
      }
      String crs =
          text(
              "SELECT organization || ':' || organization_coordsys_id FROM gpkg_spatial_ref_sys"
                  + " WHERE srs_id = CAST(? AS INTEGER)",
              srs);
      String name = crs == null ? "srs_id " + srs : crs;
      return new Layer(
          table,
          column,
          srs.matches("-?\\d{1,9}") ? Integer.valueOf(srs) : null,
          GeoJsonCrs.isWgs84(name) ? "" : name,
          rowIds);
    }

    /** The table's own number of rows, and the one that GDAL's triggers keep. */
    @Override
    public List<RowCount> counts() throws IOException {
      List<RowCount> counts = new ArrayList<>();
      if (complete) {
        try {
          add(counts, "bảng / table", text("SELECT count(*) FROM " + quoted(found.table)));
          if (text(
                  "SELECT 1 FROM sqlite_master"
                      + " WHERE name = 'gpkg_ogr_contents' AND rootpage > 0")
              != null) {
            add(
                counts,
                "gpkg_ogr_contents",
                text(
                    "SELECT feature_count FROM gpkg_ogr_contents"
                        + " WHERE lower(table_name) = lower(?)",
                    found.table));
          }
        } catch (SQLException e) {
          add(counts, "bảng / table", "-1");
        }
      }
      return counts;
    }

    private void add(List<RowCount> counts, String source, @Nullable String rows) {
      if (rows != null && rows.matches("-?\\d{1,18}")) {
        counts.add(new RowCount(0, source, Long.parseLong(rows), 0));
      }
    }

    private @Nullable String text(String query, String... arguments) throws SQLException {
      try (PreparedStatement prepared = connection.prepareStatement(query)) {
        for (int i = 0; i < arguments.length; i++) {
          prepared.setString(i + 1, arguments[i]);
        }
        try (ResultSet one = prepared.executeQuery()) {
          return one.next() ? one.getString(1) : null;
        }
      }
    }

    private RawRecord row() throws SQLException {
      cells.clear();
      told.forEach(cells::add);
      told.clear();
      if (layerTold) {
        cells.put(Cells.LAYER, found.table);
      }
      boolean notText = false;
      for (int i = 0; i < names.size(); i++) {
        Object value = rows.getObject(i + 1);
        String name = names.get(i);
        if (value instanceof byte[] blob) {
          if (name.equalsIgnoreCase(found.geometry)) {
            geometry(blob);
          } else {
            hex(name, blob, 0);
          }
        } else if (value instanceof String text) {
          if (utf8 && text.indexOf('\uFFFD') >= 0) {
            byte[] raw = rows.getBytes(i + 1);
            if (!Utf8.valid(raw, 0, raw.length)) {
              notText = true;
              cells.put(name, Utf8.bytewise(raw, 0, raw.length));
              continue;
            }
          }
          cells.put(name.equalsIgnoreCase(found.geometry) ? Cells.GEOMETRY : name, text);
        } else if (value != null || !name.equalsIgnoreCase(found.geometry)) {
          cells.put(name, value == null ? "" : value.toString());
        }
      }
      if (notText) {
        cells.add(Flaws.of(NOT_UTF8, "", "UTF-8"));
      }
      return cells.record(++number);
    }

    /** A GeoPackage binary (section 2.1.3) as WKB; anything else stays as it is. */
    private void geometry(byte[] blob) {
      boolean header = blob.length > 1 && blob[0] == 'G' && blob[1] == 'P';
      if (!header) {
        hex(Cells.GEOMETRY, blob, 0);
        return;
      }
      int[] envelopes = {0, 32, 48, 48, 64, 0, 0, 0};
      int begin = blob.length < HEADER ? HEADER : HEADER + envelopes[blob[3] >> 1 & 7];
      if (blob.length <= begin) {
        cells.add(Flaws.of(GEOMETRY_UNUSABLE, GeometryWords.CUT_OFF, "GeoPackageBinary"));
        return;
      }
      int flags = blob[3];
      int srs =
          ByteBuffer.wrap(blob)
              .order((flags & 1) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
              .getInt(4);
      hex(Cells.GEOMETRY, blob, begin);
      if (!found.crs.isEmpty()) {
        cells.add(Flaws.of(WRONG_CRS, found.crs, WGS84));
      } else if (found.srs != null && srs != found.srs) {
        cells.add(Flaws.of(WRONG_CRS, "srs_id " + srs, "srs_id " + found.srs));
      }
    }

    private void hex(String name, byte[] bytes, int from) {
      if (bytes.length - from > cells.room() / 2) {
        cells.leaveOut();
      } else {
        cells.put(name, HexFormat.of().withUpperCase().formatHex(bytes, from, bytes.length));
      }
    }

    @Override
    public void close() throws IOException {
      finished = true;
      try {
        if (statement != null) {
          statement.close();
        }
        if (connection != null) {
          connection.close();
        }
      } catch (SQLException e) {
        throw new IOException(e);
      } finally {
        if (spool != null) {
          spool.close();
        }
      }
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
