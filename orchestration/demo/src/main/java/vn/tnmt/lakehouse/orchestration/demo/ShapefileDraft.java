package vn.tnmt.lakehouse.orchestration.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** A zipped Shapefile of polygons with one ring each, while it is being made (ESRI 1998). */
final class ShapefileDraft {
  private static final int HEADER = 100;
  private static final int POLYGON = 5;
  private static final String WGS84 =
      "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
          + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

  private final ByteArrayOutputStream shapes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private final Envelope bounds = new Envelope();
  private int count;

  /** A polygon; an outer ring runs clockwise and ends where it begins. */
  void polygon(List<Coordinate> ring) {
    Envelope box = new Envelope();
    ring.forEach(box::expandToInclude);
    bounds.expandToInclude(box);
    int content = 4 + 32 + 8 + 4 + 16 * ring.size();
    index.writeBytes(big((HEADER + shapes.size()) / 2, content / 2));
    shapes.writeBytes(big(++count, content / 2));
    ByteBuffer shape = ByteBuffer.allocate(content).order(ByteOrder.LITTLE_ENDIAN);
    box(shape.putInt(POLYGON), box).putInt(1).putInt(ring.size()).putInt(0);
    ring.forEach(at -> shape.putDouble(at.x).putDouble(at.y));
    shapes.writeBytes(shape.array());
  }

  /**
   * @param name of the parts in the zip
   * @param table a record for each polygon
   */
  byte[] zipped(String name, byte[] table) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(name + ".shp", file(shapes.toByteArray()));
    parts.put(name + ".shx", file(index.toByteArray()));
    parts.put(name + ".dbf", table);
    parts.put(name + ".prj", WGS84.getBytes(StandardCharsets.US_ASCII));
    parts.put(name + ".cpg", "UTF-8".getBytes(StandardCharsets.US_ASCII));
    return ZipDraft.of(parts);
  }

  private byte[] file(byte[] records) {
    ByteBuffer file = ByteBuffer.allocate(HEADER + records.length);
    file.putInt(9994).position(24);
    file.putInt(file.capacity() / 2).order(ByteOrder.LITTLE_ENDIAN).putInt(1000).putInt(POLYGON);
    box(file, bounds).position(HEADER);
    return file.put(records).array();
  }

  private static ByteBuffer box(ByteBuffer into, Envelope box) {
    return into.putDouble(box.getMinX())
        .putDouble(box.getMinY())
        .putDouble(box.getMaxX())
        .putDouble(box.getMaxY());
  }

  private static byte[] big(int first, int second) {
    return ByteBuffer.allocate(8).putInt(first).putInt(second).array();
  }
}
