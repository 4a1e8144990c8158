package vn.tnmt.lakehouse.ingestion.format.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;

/**
 * The column with the geometry, and how it is encoded: WKB, or one of GeoArrow's nestings of
 * coordinates, separated ({@code {x, y}}) or interleaved ({@code [x, y]}).
 *
 * @param column its name
 * @param encoding {@code wkb}, {@code text}, or a kind of GeoArrow
 * @param foreignCrs its coordinate system when that is not WGS 84; else empty
 * @param guess how it was found where no metadata of GeoParquet say so; else empty
 */
record ParquetGeometry(String column, String encoding, String foreignCrs, String guess) {
  private static final String WKB = "wkb";
  private static final String TEXT = "text";
  private static final String GEOARROW = "geoarrow.";

  /** In the order of WKB's numbers, which begin with 1. */
  private static final List<String> KINDS =
      List.of("point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon");

  /** What lists of so many levels are taken for where nothing says it. */
  private static final List<String> BY_DEPTH =
      List.of("point", "linestring", "polygon", "multipolygon");

  private static final Pattern WKT_OF_WGS84 =
      Pattern.compile("(?s)GEOGCRS\\[.*ID\\[\"EPSG\",\\s*4326\\s*]\\s*]\\s*");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Finds the geometry of a file: the column that the feed names, the primary one of GeoParquet, or
   * the only one that Arrow notes as GeoArrow's.
   *
   * @param named by the feed; empty for none
   * @param metadata of the footer
   */
  static Optional<ParquetGeometry> of(
      MessageType schema, String named, Map<String, String> metadata) {
    JsonNode geo = json(metadata.getOrDefault("geo", ""));
    Map<String, ArrowSchema.Extension> arrow =
        ArrowSchema.extensions(metadata.getOrDefault(ArrowSchema.KEY, ""));
    String column = named.isEmpty() ? geo.path("primary_column").asText() : named;
    if (named.isEmpty() && !schema.containsField(column)) {
      List<String> ofArrow =
          arrow.entrySet().stream()
              .filter(entry -> encoding(entry.getValue().name(), GEOARROW) != null)
              .map(Map.Entry::getKey)
              .filter(schema::containsField)
              .toList();
      column = ofArrow.size() == 1 ? ofArrow.get(0) : "";
    }
    return schema.containsField(column)
        ? of(schema, column, !named.isEmpty(), geo.path("columns").path(column), arrow)
        : Optional.empty();
  }

  private static Optional<ParquetGeometry> of(
      MessageType schema,
      String column,
      boolean isNamed,
      JsonNode geo,
      Map<String, ArrowSchema.Extension> arrow) {
    Type type = schema.getType(schema.getFieldIndex(column));
    String encoding = encoding(geo.path("encoding").asText(), "");
    if (encoding != null) {
      return fits(type, encoding)
          ? Optional.of(new ParquetGeometry(column, encoding, foreignCrs(geo.path("crs")), ""))
          : Optional.empty();
    }
    ArrowSchema.Extension extension = arrow.get(column);
    encoding = extension == null ? null : encoding(extension.name(), GEOARROW);
    if (encoding != null && fits(type, encoding)) {
      JsonNode crs = json(extension.metadata()).path("crs");
      return Optional.of(
          new ParquetGeometry(
              column,
              encoding,
              crs.isNull() ? "" : foreignCrs(crs),
              column + ": " + GEOARROW + encoding));
    }
    if (!isNamed) {
      return Optional.empty();
    }
    if (type.isPrimitive()) {
      boolean text = type.getLogicalTypeAnnotation() != null;
      return Optional.of(new ParquetGeometry(column, text ? TEXT : WKB, "", ""));
    }
    int depth = Slot.depth(type);
    return depth < 0 || depth >= BY_DEPTH.size()
        ? Optional.empty()
        : Optional.of(
            new ParquetGeometry(
                column, BY_DEPTH.get(depth), "", column + ": " + BY_DEPTH.get(depth)));
  }

  /** The encoding of a name; null when it is none that is read here. */
  private static @Nullable String encoding(String told, String prefix) {
    String small = told.toLowerCase(Locale.ROOT);
    String kind = small.startsWith(prefix) ? small.substring(prefix.length()) : "";
    return kind.equals(WKB) || KINDS.contains(kind) ? kind : null;
  }

  /** Whether a column is built as its encoding says. */
  private static boolean fits(Type type, String encoding) {
    if (encoding.equals(WKB)) {
      return type.isPrimitive()
          && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }
    int depth =
        switch (encoding) {
          case "point" -> 0;
          case "linestring", "multipoint" -> 1;
          case "polygon", "multilinestring" -> 2;
          default -> 3;
        };
    return Slot.depth(type) == depth;
  }

  private static JsonNode json(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return tree == null ? JSON.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** A system that is left out is WGS 84; null says that nobody knows it. */
  private static String foreignCrs(JsonNode crs) {
    if (crs.isMissingNode()) {
      return "";
    }
    if (crs.isNull()) {
      return "không rõ / unknown";
    }
    JsonNode id = crs.path("id");
    String name =
        id.isMissingNode()
            ? crs.isTextual() ? crs.asText() : crs.path("name").asText("?")
            : id.path("authority").asText() + ":" + id.path("code").asText();
    return GeoJsonCrs.isWgs84(name) || WKT_OF_WGS84.matcher(name).matches() ? "" : name;
  }

  /** The geometry of a row that has one: WKB in hexadecimal, or the text that stands there. */
  String of(Group row, int field) {
    if (encoding.equals(TEXT)) {
      return new ParquetValues().text(row, field, 0);
    }
    if (encoding.equals(WKB)) {
      return HEX.formatHex(row.getBinary(field, 0).getBytes());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new Slot(row, field, 0), KINDS.indexOf(encoding) + 1, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HEX.formatHex(bytes.toByteArray());
  }

  private static void write(Slot slot, int kind, DataOutputStream out) throws IOException {
    out.writeByte(0);
    out.writeInt(kind);
    switch (kind) {
      case 1 -> position(slot, out);
      case 2 -> positions(slot, out);
      case 3 -> {
        List<Slot> rings = slot.items();
        out.writeInt(rings.size());
        for (Slot ring : rings) {
          positions(ring, out);
        }
      }
      default -> {
        List<Slot> members = slot.items();
        out.writeInt(members.size());
        for (Slot member : members) {
          write(member, kind - 3, out);
        }
      }
    }
  }

  private static void positions(Slot slot, DataOutputStream out) throws IOException {
    List<Slot> positions = slot.items();
    out.writeInt(positions.size());
    for (Slot position : positions) {
      position(position, out);
    }
  }

  private static void position(Slot slot, DataOutputStream out) throws IOException {
    double[] xy = slot.position();
    out.writeDouble(xy[0]);
    out.writeDouble(xy[1]);
  }

  /** One value within a row. */
  private record Slot(Group group, int field, int index) {

    /** Lists around the positions of a column; -1 when it has none. */
    static int depth(Type type) {
      if (type.isPrimitive()) {
        return -1;
      }
      if (type.asGroupType().containsField("x") && type.asGroupType().containsField("y")) {
        return 0;
      }
      if (!ParquetValues.isList(type)) {
        return -1;
      }
      Type item = ParquetValues.item(type.asGroupType());
      if (item.isPrimitive()) {
        return number(item) ? 0 : -1;
      }
      int depth = depth(item);
      return depth < 0 ? -1 : depth + 1;
    }

    private static boolean number(Type type) {
      PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
      return name == PrimitiveTypeName.DOUBLE || name == PrimitiveTypeName.FLOAT;
    }

    private boolean isNull() {
      return group.getFieldRepetitionCount(field) <= index;
    }

    List<Slot> items() {
      if (isNull()) {
        return List.of();
      }
      Group list = group.getGroup(field, index);
      boolean wrapped = ParquetValues.wrapped(list.getType());
      return IntStream.range(0, list.getFieldRepetitionCount(0))
          .mapToObj(i -> wrapped ? new Slot(list.getGroup(0, i), 0, 0) : new Slot(list, 0, i))
          .toList();
    }

    /** Not numbers where a coordinate is missing: the mapping tells that. */
    double[] position() {
      if (isNull()) {
        return new double[] {Double.NaN, Double.NaN};
      }
      Group position = group.getGroup(field, index);
      if (position.getType().containsField("x")) {
        int x = position.getType().getFieldIndex("x");
        int y = position.getType().getFieldIndex("y");
        return new double[] {new Slot(position, x, 0).number(), new Slot(position, y, 0).number()};
      }
      List<Slot> numbers = items();
      return numbers.size() < 2
          ? new double[] {Double.NaN, Double.NaN}
          : new double[] {numbers.get(0).number(), numbers.get(1).number()};
    }

    private double number() {
      Type type = group.getType().getType(field);
      if (isNull() || !type.isPrimitive() || !number(type)) {
        return Double.NaN;
      }
      return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
          ? group.getFloat(field, index)
          : group.getDouble(field, index);
    }
  }
}
