package vn.tnmt.lakehouse.ingestion.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;

/** Files made up byte by byte: tables of dBASE, Shapefiles, GeoPackages and archives. */
final class ReportedBytes {
  static final double[] HANOI = {105.2, 20.5, 105.2, 21.4, 106, 21.4, 106, 20.5, 105.2, 20.5};
  static final double[] SMALL = {105.5, 20.8, 105.5, 21, 105.7, 21, 105.7, 20.8, 105.5, 20.8};

  private static final String WGS84 =
      "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],"
          + "PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]";

  private ReportedBytes() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * A table whose fields are given as {@code diem C 12}, with a third figure for decimals, and
   * whose values are texts or bytes.
   */
  static byte[] dbf(List<String> fields, List<List<Object>> records) {
    return dbf(fields, records, 3);
  }

  static byte[] dbf(List<String> fields, List<List<Object>> records, int version) {
    int back = version == 0x30 ? 263 : 0;
    int start = 32 + 32 * fields.size() + 1 + back;
    int length = 1 + fields.stream().mapToInt(ReportedBytes::length).sum();
    ByteBuffer table =
        ByteBuffer.allocate(start + length * records.size() + 1).order(ByteOrder.LITTLE_ENDIAN);
    table.put(new byte[] {(byte) version, 126, 1, 1}).putInt(records.size());
    table.putShort((short) start).putShort((short) length);
    for (int i = 0; i < fields.size(); i++) {
      String[] field = fields.get(i).split(" ", -1);
      table.position(32 + 32 * i).put(field[0].getBytes(UTF_8));
      table.position(32 + 32 * i + 11).put((byte) field[1].charAt(0));
      table.position(32 + 32 * i + 16).put((byte) length(fields.get(i)));
      table.put(
          (byte) (field.length > 3 ? Integer.parseInt(field[3]) : length(fields.get(i)) >> 8));
    }
    table.position(start - back - 1).put((byte) '\r').position(start);
    for (List<Object> record : records) {
      table.put((byte) ' ');
      for (int i = 0; i < fields.size(); i++) {
        Object value = record.get(i);
        byte[] bytes = value instanceof byte[] given ? given : value.toString().getBytes(UTF_8);
        byte[] padded = Arrays.copyOf(bytes, length(fields.get(i)));
        Arrays.fill(padded, Math.min(bytes.length, padded.length), padded.length, (byte) ' ');
        table.put(padded);
      }
    }
    return table.put((byte) 26).array();
  }

  private static int length(String field) {
    return Integer.parseInt(field.split(" ", -1)[2]);
  }

  /** A polygon of rings, as a Shapefile holds it. */
  static byte[] polygon(double[]... rings) {
    int points = Arrays.stream(rings).mapToInt(ring -> ring.length / 2).sum();
    ByteBuffer shape =
        ByteBuffer.allocate(44 + 4 * rings.length + 16 * points).order(ByteOrder.LITTLE_ENDIAN);
    shape.putInt(5).putDouble(105).putDouble(20).putDouble(106).putDouble(22);
    shape.putInt(rings.length).putInt(points);
    int first = 0;
    for (double[] ring : rings) {
      shape.putInt(first);
      first += ring.length / 2;
    }
    for (double[] ring : rings) {
      Arrays.stream(ring).forEach(shape::putDouble);
    }
    return shape.array();
  }

  static double[] reversed(double[] ring) {
    double[] reversed = new double[ring.length];
    for (int i = 0; i < ring.length; i += 2) {
      reversed[i] = ring[ring.length - 2 - i];
      reversed[i + 1] = ring[ring.length - 1 - i];
    }
    return reversed;
  }

  /** One record of a {@code .shp}: its number, its shape and bytes that follow without a record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Shape(int number, byte[] content, int gap) {}

  /** A zipped layer; its index leads to the shapes in the given order of their places. */
  static byte[] layer(List<Shape> shapes, int[] places, int rows) {
    List<byte[]> body = new ArrayList<>();
    List<byte[]> entries = new ArrayList<>();
    int at = 100;
    for (Shape shape : shapes) {
      int words = shape.content().length / 2;
      body.add(join(ints(shape.number(), words), shape.content(), new byte[shape.gap()]));
      entries.add(ints(at / 2, words));
      at += body.get(body.size() - 1).length;
    }
    byte[][] index = Arrays.stream(places).mapToObj(entries::get).toArray(byte[][]::new);
    List<List<Object>> records = new ArrayList<>();
    for (int row = 1; row <= rows; row++) {
      records.add(List.of("01", "Xa " + row, "3359.8"));
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("a.shp", join(head(at), join(body.toArray(byte[][]::new))));
    parts.put("a.shx", join(head(100 + 8 * index.length), join(index)));
    parts.put("a.dbf", dbf(List.of("ma C 4", "ten C 20", "dt N 10 2"), records));
    parts.put("a.prj", WGS84.getBytes(UTF_8));
    return TablesTesting.zip(parts);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  private static byte[] head(int length) {
    ByteBuffer head = ByteBuffer.allocate(100);
    head.putInt(9994).position(24).putInt(length / 2).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(1000).putInt(5).putDouble(105).putDouble(20).putDouble(106).putDouble(22);
    return head.array();
  }

  /** A polygon as GeoPackage holds it, with an envelope of nothing but zeros. */
  static String blob(double[] ring) {
    ByteBuffer blob = ByteBuffer.allocate(8 + 32 + 13 + 8 * ring.length);
    blob.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {'G', 'P', 0, 3}).putInt(4326).position(40);
    blob.put((byte) 1).putInt(3).putInt(1).putInt(ring.length / 2);
    Arrays.stream(ring).forEach(blob::putDouble);
    StringBuilder hex = new StringBuilder("x'");
    for (byte one : blob.array()) {
      hex.append(String.format("%02x", one));
    }
    return hex.append('\'').toString();
  }

  /** A GeoPackage with one table {@code t} of one feature, and further statements. */
  static byte[] geopackage(String... statements) {
    return geopackage(false, statements);
  }

  /** With {@code open}, it is copied while another program still writes it. */
  static byte[] geopackage(boolean open, String... statements) {
    try {
      Path folder = Files.createTempDirectory("gpkg");
      Path file = folder.resolve("a.gpkg");
      byte[] content;
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        for (String sql : GEOPACKAGE) {
          statement.execute(sql);
        }
        statement.execute(
            "INSERT INTO t(geom, ma, ten, dt) VALUES(" + blob(HANOI) + ", '01', 'Xa 1', 3359.8)");
        if (open) {
          statement.execute("PRAGMA journal_mode = WAL");
        }
        for (String sql : statements) {
          statement.execute(sql);
        }
        content = Files.readAllBytes(file);
      }
      Files.delete(file);
      Files.delete(folder);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final List<String> GEOPACKAGE =
      List.of(
          "CREATE TABLE gpkg_spatial_ref_sys(srs_name, srs_id INTEGER PRIMARY KEY, organization,"
              + " organization_coordsys_id, definition, description)",
          "INSERT INTO gpkg_spatial_ref_sys VALUES('WGS 84', 4326, 'EPSG', 4326, '', '')",
          "CREATE TABLE gpkg_contents(table_name TEXT PRIMARY KEY, data_type, identifier,"
              + " description, last_change, min_x, min_y, max_x, max_y, srs_id)",
          "INSERT INTO gpkg_contents(table_name, data_type, srs_id) VALUES('t', 'features', 4326)",
          "CREATE TABLE gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id,"
              + " z, m)",
          "INSERT INTO gpkg_geometry_columns VALUES('t', 'geom', 'POLYGON', 4326, 0, 0)",
          "CREATE TABLE t(fid INTEGER PRIMARY KEY, geom BLOB, ma TEXT, ten TEXT, dt REAL)");
}
