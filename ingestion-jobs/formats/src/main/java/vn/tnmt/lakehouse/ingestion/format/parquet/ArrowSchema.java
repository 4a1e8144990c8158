package vn.tnmt.lakehouse.ingestion.format.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * What Arrow notes of a file's columns in the footer ({@code ARROW:schema}): a FlatBuffers message
 * of which only the extension types are read. It is a hint: one that makes no sense says nothing.
 */
final class ArrowSchema {
  static final String KEY = "ARROW:schema";

  private static final int CONTINUATION = -1;
  private static final int MESSAGE_HEADER = 2;
  private static final int SCHEMA_FIELDS = 1;
  private static final int FIELD_NAME = 0;
  private static final int FIELD_METADATA = 6;

  private final ByteBuffer bytes;

  private ArrowSchema(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * An extension type of a column.
   *
   * @param metadata as the extension defines it; empty for none
   */
  record Extension(String name, String metadata) {}

  /** The extension types of the columns that have one. */
  static Map<String, Extension> extensions(String base64) {
    try {
      return new ArrowSchema(Base64.getDecoder().decode(base64)).read();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Map.of();
    }
  }

  private Map<String, Extension> read() {
    int begin = bytes.getInt(0) == CONTINUATION ? 8 : 4;
    int message = begin + bytes.getInt(begin);
    int schema = target(field(message, MESSAGE_HEADER));
    Map<String, Extension> found = new HashMap<>();
    int fields = target(field(schema, SCHEMA_FIELDS));
    for (int i = 0; i < bytes.getInt(fields); i++) {
      int column = target(fields + 4 + 4 * i);
      int metadata = field(column, FIELD_METADATA);
      if (metadata != 0) {
        Map<String, String> pairs = pairs(target(metadata));
        String name = pairs.get("ARROW:extension:name");
        if (name != null) {
          found.put(
              text(field(column, FIELD_NAME)),
              new Extension(name, pairs.getOrDefault("ARROW:extension:metadata", "")));
        }
      }
    }
    return found;
  }

  private Map<String, String> pairs(int vector) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < bytes.getInt(vector); i++) {
      int pair = target(vector + 4 + 4 * i);
      pairs.put(text(field(pair, 0)), text(field(pair, 1)));
    }
    return pairs;
  }

  /** Where a field of a table stands; 0 when the table does not have it. */
  private int field(int table, int number) {
    int offsets = table - bytes.getInt(table);
    int at = 4 + 2 * number;
    int offset = at < bytes.getShort(offsets) ? bytes.getShort(offsets + at) : 0;
    return offset == 0 ? 0 : table + offset;
  }

  private int target(int at) {
    return at + bytes.getInt(at);
  }

  private String text(int at) {
    if (at == 0) {
      return "";
    }
    int from = target(at);
    byte[] text = new byte[Math.min(bytes.getInt(from), bytes.capacity())];
    bytes.get(from + 4, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
