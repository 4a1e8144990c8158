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
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;

/**
 * Where the fields of a dBase III, IV or FoxPro table stand.
 *
 * <p>Header, sum of the fields and size of the file say where the records stand; where they agree,
 * no deletion mark can make another place more likely. Only where they do not agree is it decided
 * by the marks. Offsets in descriptors are never believed.
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
   * @param size bytes of the file; -1 when nobody knows
   */
  static DbfLayout of(byte[] head, long size) throws Unreadable {
    if (head.length < DESCRIPTORS + DESCRIPTOR) {
      throw Unreadable.damaged(head.length + " bytes", "DBF");
    }
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int version = head[0] & 0xFF;
    if ((version & 7) == 4) {
      throw Unreadable.kind("dBase 7", "DBF (dBase III, IV, FoxPro)");
    }
    int headerLength = bytes.getShort(8) & 0xFFFF;
    int recordLength = bytes.getShort(10) & 0xFFFF;
    List<Field> fields = fields(head, true);
    if (sum(fields) != recordLength) {
      // Excel leaves decimals of numbers at texts, where others have the length's high byte.
      List<Field> plain = fields(head, false);
      fields = sum(plain) == recordLength ? plain : fields;
    }
    int at = DESCRIPTORS + fields.size() * DESCRIPTOR;
    int offset = sum(fields);
    if (fields.isEmpty()) {
      throw Unreadable.damaged(
          "phiên bản / version 0x%02X, không có trường / no field".formatted(version), "DBF");
    }
    int end = at < head.length && head[at] == 0x0D ? at + 1 : at;
    long count = bytes.getInt(4) & 0xFFFFFFFFL;
    Place told = new Place(headerLength, recordLength);
    Place place = new Places(head, size, count, end, offset).best(told);
    if (place == null) {
      throw Unreadable.damaged(
          "header %d, record %d".formatted(headerLength, recordLength),
          "header %d, record %d".formatted(end, offset));
    }
    String doubt =
        place.equals(told)
            ? ""
            : "header %d → %d, record %d → %d"
                .formatted(headerLength, place.start, recordLength, place.length);
    return new DbfLayout(
        version, head[29] & 0xFF, count, place.start, place.length, List.copyOf(fields), doubt);
  }

  /**
   * @param wide whether texts may be longer than 255 bytes, as Clipper and FoxPro have them
   */
  private static List<Field> fields(byte[] head, boolean wide) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int at = DESCRIPTORS;
    int offset = 1;
    while (at + DESCRIPTOR <= head.length && head[at] != 0x0D && fields.size() < MAX_FIELDS) {
      Field field = field(head, at, offset, wide, names);
      if (field == null) {
        break;
      }
      fields.add(field);
      names.add(field.name);
      offset += field.length;
      at += DESCRIPTOR;
    }
    return fields;
  }

  /** Length of a record of these fields, the mark included. */
  private static int sum(List<Field> fields) {
    return 1 + fields.stream().mapToInt(Field::length).sum();
  }

  private static @Nullable Field field(
      byte[] head, int at, int offset, boolean wide, Set<String> names) {
    char type = (char) (head[at + 11] & 0xDF);
    char raw = (char) (head[at + 11] & 0xFF);
    type = raw == '+' || raw == '@' || raw == '0' ? raw : type;
    int decimals = head[at + 17] & 0xFF;
    int length = head[at + 16] & 0xFF;
    if (type == 'C' && wide) {
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
        Utf8.valid(head, at, end)
            ? HeaderNames.clean(Utf8.text(head, at, end, false))
            : Utf8.bytewise(head, at, end).strip();
    String name = given.isEmpty() ? "FIELD" + (names.size() + 1) : given;
    String unique = name;
    for (int i = 2; names.contains(unique); i++) {
      unique = name + "#" + i;
    }
    return new Field(unique, type, offset, length, decimals);
  }

  /** Whether a record may begin so; 0x00 is what some programs write instead of a blank. */
  static boolean mark(byte first) {
    return first == ' ' || first == '*' || first == 0;
  }

  /** Where the first record begins, and how long each is. */
  private record Place(int start, int length) {}

  /**
   * The places where records may stand.
   *
   * @param end of the field descriptors
   * @param sum of the fields' lengths, the mark included
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Places(byte[] head, long size, long count, int end, int sum) {

    /** The likeliest place; null when there is none. */
    @Nullable Place best(Place told) {
      boolean complete = told.start >= end && told.length >= sum;
      if (complete && filled(told)) {
        return told;
      }
      List<Place> all = new ArrayList<>();
      for (int start : new int[] {told.start, end, end + 1, end + FOXPRO_BACKLINK}) {
        for (int length : new int[] {told.length, sum}) {
          if (start >= end && length >= 2) {
            all.add(new Place(start, length));
          }
        }
      }
      boolean sure = all.stream().anyMatch(this::filled);
      if (sure) {
        all.removeIf(place -> !filled(place));
      }
      Place best = null;
      double bestShare = -1;
      for (Place place : all) {
        // Where header and fields agree, marks must speak clearly against them.
        boolean agreed = place.equals(told) && told.length == sum;
        double share = marked(place, agreed) + (agreed ? 0.5 : 0);
        if (share > bestShare) {
          best = place;
          bestShare = share;
        }
      }
      return sure || bestShare > 0 ? best : null;
    }

    /** Whether the records that the header counts, and at most the end mark, fill the file. */
    private boolean filled(Place place) {
      long rest = size - place.start - count * place.length;
      return size >= 0 && count > 0 && (rest == 0 || rest == 1);
    }

    /** Share of the first records that begin with a mark; all when there are none. */
    private double marked(Place place, boolean zeros) {
      int looked = 0;
      int marks = 0;
      for (; looked < LOOKED_AT; looked++) {
        long at = place.start + (long) looked * place.length;
        if (at >= head.length || head[(int) at] == 0x1A) {
          break;
        }
        marks += mark(head[(int) at]) && (zeros || head[(int) at] != 0) ? 1 : 0;
      }
      return looked == 0 ? 1 : (double) marks / looked;
    }
  }

  boolean foxPro() {
    return version == 0x30 || version == 0x31 || version == 0x32;
  }
}
