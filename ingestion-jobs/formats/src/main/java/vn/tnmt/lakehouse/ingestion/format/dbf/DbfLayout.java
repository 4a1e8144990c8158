package vn.tnmt.lakehouse.ingestion.format.dbf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/**
 * Where the fields of a dBase III, IV or FoxPro table stand.
 *
 * <p>What the header says of its own length and of the records' length is believed only when the
 * records that follow begin with a deletion mark where they should; otherwise what the field
 * descriptors add up to is tried. Offsets in descriptors are never believed.
 *
 * @param count records that the header tells
 * @param start offset of the first record
 * @param length of a record, mark included
 * @param doubt what the header says that is not so; empty when it is right
 */
record DbfLayout(
    int version,
    int languageDriver,
    long count,
    int start,
    int length,
    List<Field> fields,
    String doubt) {
  private static final int DESCRIPTORS = 32;
  private static final int DESCRIPTOR = 32;
  private static final int FOXPRO_BACKLINK = 263;
  private static final int MAX_FIELDS = 2048;
  private static final int LOOKED_AT = 64;
  private static final String TYPES = "CNFDLIBTYMGPVQWO+@0";

  /**
   * @param offset within the record
   */
  record Field(String name, char type, int offset, int length, int decimals) {}

  /**
   * @param head the file's first bytes: the header and, as far as it goes, the records
   */
  static DbfLayout of(byte[] head) throws Unreadable {
    if (head.length < DESCRIPTORS + DESCRIPTOR) {
      throw Unreadable.damaged(head.length + " bytes", "DBF");
    }
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int version = head[0] & 0xFF;
    if ((version & 7) == 4) {
      throw Unreadable.damaged("dBase 7", "DBF (dBase III, IV, FoxPro)");
    }
    int headerLength = bytes.getShort(8) & 0xFFFF;
    int recordLength = bytes.getShort(10) & 0xFFFF;
    List<Field> fields = new ArrayList<>();
    int at = DESCRIPTORS;
    int offset = 1;
    Set<String> names = new HashSet<>();
    while (at + DESCRIPTOR <= head.length && head[at] != 0x0D && fields.size() < MAX_FIELDS) {
      Field field = field(head, at, offset, fields.size(), names);
      if (field == null) {
        break;
      }
      fields.add(field);
      offset += field.length;
      at += DESCRIPTOR;
    }
    if (fields.isEmpty()) {
      throw Unreadable.damaged("version 0x%02X, no field".formatted(version), "DBF");
    }
    int end = at < head.length && head[at] == 0x0D ? at + 1 : at;
    int[] starts = {headerLength, end, end + 1, end + FOXPRO_BACKLINK};
    int[] lengths = {recordLength, offset};
    int start = headerLength;
    int length = recordLength;
    int best = -1;
    for (int s : starts) {
      for (int l : lengths) {
        int marks = s >= end && l >= 2 ? marks(head, s, l) : -1;
        if (marks > best) {
          best = marks;
          start = s;
          length = l;
        }
      }
    }
    if (best < 0) {
      throw Unreadable.damaged(
          "header %d, record %d".formatted(headerLength, recordLength),
          "header %d, record %d".formatted(end, offset));
    }
    String doubt =
        start == headerLength && length == recordLength
            ? ""
            : "header %d → %d, record %d → %d".formatted(headerLength, start, recordLength, length);
    return new DbfLayout(
        version,
        head[29] & 0xFF,
        bytes.getInt(4) & 0xFFFFFFFFL,
        start,
        length,
        List.copyOf(fields),
        doubt);
  }

  private static @Nullable Field field(
      byte[] head, int at, int offset, int number, Set<String> names) {
    char type = (char) (head[at + 11] & 0xDF);
    char raw = (char) (head[at + 11] & 0xFF);
    type = raw == '+' || raw == '@' || raw == '0' ? raw : type;
    int decimals = head[at + 17] & 0xFF;
    int length = head[at + 16] & 0xFF;
    if (type == 'C') {
      length += decimals << 8;
    }
    if (TYPES.indexOf(type) < 0 || length == 0) {
      return null;
    }
    int end = at;
    while (end < at + 11 && head[end] != 0) {
      end++;
    }
    String given =
        (Utf8.valid(head, at, end) ? Utf8.text(head, at, end, false) : Utf8.bytewise(head, at, end))
            .strip();
    String name = given.isEmpty() ? "FIELD" + (number + 1) : given;
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "#" + i;
    }
    return new Field(unique, type, offset, length, decimals);
  }

  /**
   * How many of the first records begin with a mark; -1 when one does not. Records that are not
   * there speak neither for nor against.
   */
  private static int marks(byte[] head, int start, int length) {
    int marks = 0;
    for (int i = 0; i < LOOKED_AT; i++) {
      long at = start + (long) i * length;
      if (at >= head.length || head[(int) at] == 0x1A) {
        return marks;
      }
      if (head[(int) at] != ' ' && head[(int) at] != '*') {
        // One damaged record among many good ones is that record's matter.
        return marks >= 8 ? marks : i == 0 ? -1 : 0;
      }
      marks++;
    }
    return marks;
  }

  boolean foxPro() {
    return version == 0x30 || version == 0x31 || version == 0x32;
  }
}
