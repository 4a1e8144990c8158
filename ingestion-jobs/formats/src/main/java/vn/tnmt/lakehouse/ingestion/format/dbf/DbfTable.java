package vn.tnmt.lakehouse.ingestion.format.dbf;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_DAMAGED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Rejoined;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.table.CellTexts;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * The records of a dBase III, IV or FoxPro table, one behind the other.
 *
 * <p>Texts are UTF-8 where a record is valid UTF-8; otherwise every byte is the character of the
 * same number, and the record breaks REC-06 unless the feed says which encoding it has. Numbers
 * stand as in the file, dates and times in ISO 8601, logical values as true and false.
 */
public final class DbfTable implements Closeable {
  private static final int SAMPLE = 1 << 17;
  private static final long JULIAN_1970 = 2_440_588L;
  private static final int SHOWN = 4096;

  private final InputStream in;
  private final DbfLayout layout;
  private final List<DbfLayout.Field> fields;
  private final @Nullable DbfMemo memo;
  private final Texts texts;
  private final byte[] record;
  private final ByteBuffer numbers;
  private final List<Breach> breaches = new ArrayList<>();
  private long number;
  private long unmarked;
  private int got;
  private boolean ended;
  private boolean cutOff;
  private boolean foreign;

  /**
   * @param decimal separator to write
   * @param bytewise whether the feed says that texts are in an encoding other than UTF-8
   * @param declared what is written about the encoding beside the table (.cpg); empty for nothing
   */
  record Texts(char decimal, boolean bytewise, String declared) {}

  private DbfTable(InputStream in, DbfLayout layout, DbfMemo memo, Texts texts) {
    this.in = in;
    this.layout = layout;
    this.fields = layout.fields().stream().filter(field -> field.type() != '0').toList();
    this.memo = memo;
    this.texts = texts;
    this.record = new byte[layout.length()];
    this.numbers = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Opens the memo file of a table, if there is one. */
  @FunctionalInterface
  interface MemoOf {
    DbfMemo open(DbfLayout layout) throws IOException;
  }

  /**
   * @param size bytes of the file; -1 when nobody knows
   */
  static DbfTable open(InputStream bytes, long size, MemoOf memo, Texts texts) throws IOException {
    byte[] head = bytes.readNBytes(SAMPLE);
    DbfLayout layout = DbfLayout.of(head, head.length < SAMPLE ? head.length : size);
    InputStream all =
        head.length < SAMPLE
            ? new ByteArrayInputStream(head)
            : Rejoined.of(head, 0, head.length, bytes);
    if (all.readNBytes(layout.start()).length < layout.start()) {
      throw Unreadable.damaged(
          "đầu tệp bị cắt / header cut off, %d".formatted(layout.start()), "DBF");
    }
    return new DbfTable(all, layout, memo.open(layout), texts);
  }

  public List<String> names() {
    return fields.stream().map(DbfLayout.Field::name).toList();
  }

  /** What the header says that is not so, and what else is odd, to be told once. */
  public List<Breach> doubts() {
    List<Breach> doubts = new ArrayList<>();
    if (!layout.doubt().isEmpty()) {
      doubts.add(Flaws.of(READ_AS, layout.doubt(), ""));
    }
    return doubts;
  }

  /** Records whose mark is 0x00, as some programs write that of a record in use. */
  public List<Breach> remarks() {
    return unmarked == 0
        ? List.of()
        : List.of(Flaws.of(READ_AS, "dấu xóa / deletion mark 0x00: " + unmarked, "0x20, 0x2A"));
  }

  /** Moves to the next record, deleted ones among them. False at the end of the table. */
  public boolean next() throws IOException {
    if (ended) {
      return false;
    }
    got = in.readNBytes(record, 0, record.length);
    boolean mark = got > 0 && record[0] == 0x1A;
    if (got == 0 || (mark && (got < record.length || number >= layout.count())) || padding()) {
      ended = true;
      // Ended without the mark and before the count: the rest is missing.
      cutOff = !mark && !padding() && number < layout.count();
      if (cutOff) {
        got = 0;
        number++;
        return true;
      }
      return false;
    }
    if (got < record.length) {
      ended = true;
      cutOff = true;
    }
    number++;
    unmarked += got > 0 && record[0] == 0 ? 1 : 0;
    return true;
  }

  /** Some bytes at the end that are no record: less than one, or behind the last or a mark. */
  private boolean padding() {
    if (got == 0 || (got == record.length && number < layout.count() && record[0] != 0x1A)) {
      return false;
    }
    for (int i = 0; i < got; i++) {
      if (record[i] != 0 && record[i] != 0x1A && record[i] != '\r' && record[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /** Number of the current record in the file, counted from 1, deleted ones counted too. */
  long number() {
    return number;
  }

  public boolean deleted() {
    return got > 0 && record[0] == '*';
  }

  /** What is wrong with the current record as a whole, or null. */
  public @Nullable Breach flaw() {
    if (cutOff) {
      return Flaws.of(
          FILE_CUT_OFF, number - 1 + " bản ghi / records", Long.toString(layout.count()));
    }
    return DbfLayout.mark(record[0])
        ? null
        : Flaws.of(FILE_DAMAGED, "0x%02X".formatted(record[0] & 0xFF), "0x20, 0x2A");
  }

  /** The bytes of the current record, one character each. */
  public String text() {
    return Utf8.bytewise(record, 0, Math.min(got, SHOWN));
  }

  /**
   * How many records the header tells.
   *
   * @param part of the table's first record
   * @param given records that became records of the file
   */
  public List<RowCount> counts(int part, long given) {
    return cutOff
        ? List.of()
        : List.of(new RowCount(part, "đầu tệp DBF / DBF header", layout.count(), number - given));
  }

  /** What was odd about the values given last. */
  public List<Breach> breaches() {
    return breaches.isEmpty() ? List.of() : List.copyOf(breaches);
  }

  /**
   * The values of the current record, in the order of {@link #names}.
   *
   * @param room further places at the end of the array
   */
  public String[] values(int room) throws IOException {
    breaches.clear();
    foreign = texts.bytewise();
    String[] values = new String[fields.size() + room];
    boolean utf8 = true;
    for (int i = 0; i < fields.size(); i++) {
      utf8 &= read(values, i);
    }
    if (!utf8) {
      // One encoding for the record: what else looks like UTF-8 in it may be by chance.
      foreign = true;
      breaches.clear();
      for (int i = 0; i < fields.size(); i++) {
        read(values, i);
      }
      breaches.add(
          Flaws.of(
              NOT_UTF8,
              texts.declared().isEmpty()
                  ? "LDID 0x%02X".formatted(layout.languageDriver())
                  : texts.declared(),
              "UTF-8"));
    }
    return values;
  }

  private boolean read(String[] values, int i) throws IOException {
    DbfLayout.Field field = fields.get(i);
    int from = field.offset();
    int to = Math.min(from + field.length(), record.length);
    if (from >= to) {
      values[i] = "";
      return true;
    }
    if (binary(field)) {
      if (to - from < field.length()) {
        values[i] = "";
        return true;
      }
      if (field.type() == 'M' || field.type() == 'G' || field.type() == 'P') {
        return memo(values, i, numbers.getInt(from) & 0xFFFFFFFFL);
      }
      values[i] = binaryText(field, from);
      if (values[i].isEmpty() && !isBlank(from, to)) {
        breaches.add(
            PASSED_OVER.breach(
                field.name(), HexFormat.of().formatHex(record, from, to), "ngày giờ / date, time"));
      }
      return true;
    }
    while (to > from && (record[to - 1] == ' ' || record[to - 1] == 0)) {
      to--;
    }
    switch (field.type()) {
      case 'C', 'V', 'Q', 'W' -> {
        return text(values, i, record, from, to, field.offset() + field.length() == to);
      }
      case 'M', 'G', 'B', 'P' -> {
        return memo(values, i, block(from, to));
      }
      default -> {}
    }
    String text = new String(record, from, to - from, StandardCharsets.ISO_8859_1).strip();
    values[i] =
        switch (field.type()) {
          case 'D' -> date(text);
          case 'L' -> flag(text);
          default -> number(field, text);
        };
    return true;
  }

  private boolean binary(DbfLayout.Field field) {
    return switch (field.type()) {
      case 'I', '+' -> field.length() == 4;
      case 'B' -> layout.foxPro() && field.length() == 8;
      case 'Y', 'T', '@', 'O' -> field.length() == 8;
      case 'M', 'G', 'P' -> field.length() == 4;
      default -> false;
    };
  }

  private String binaryText(DbfLayout.Field field, int at) {
    return switch (field.type()) {
      case 'I', '+' -> Integer.toString(numbers.getInt(at));
      case 'Y' ->
          localised(
              BigDecimal.valueOf(numbers.getLong(at), 4).stripTrailingZeros().toPlainString());
      case 'T', '@' -> time(numbers.getInt(at), numbers.getInt(at + 4));
      default -> CellTexts.number(numbers.getDouble(at), texts.decimal());
    };
  }

  /** Whether a binary value is none: zeros or blanks. */
  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (record[i] != record[from] || (record[i] != 0 && record[i] != ' ')) {
        return false;
      }
    }
    return true;
  }

  private static String time(int julian, int millis) {
    if ((julian == 0 && millis == 0) || julian < 0 || millis < 0 || millis > 86_400_000) {
      return "";
    }
    // FoxPro counts milliseconds through a fraction of a day, one too few at times.
    int whole = millis % 1000 == 999 ? millis + 1 : millis;
    LocalDateTime at =
        LocalDate.ofEpochDay(julian - JULIAN_1970)
            .atTime(LocalTime.MIDNIGHT)
            .plusNanos(whole * 1_000_000L);
    return CellTexts.time(at);
  }

  private static String date(String text) {
    if (text.isEmpty() || text.chars().allMatch(c -> c == '0')) {
      return "";
    }
    return text.length() == 8 && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6)
        : text;
  }

  private static String flag(String text) {
    return switch (text) {
      case "T", "t", "Y", "y" -> "true";
      case "F", "f", "N", "n" -> "false";
      case "?" -> "";
      default -> text;
    };
  }

  private String number(DbfLayout.Field field, String text) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c == '*')) {
      breaches.add(PASSED_OVER.breach(field.name(), text, ""));
      return "";
    }
    return text.indexOf('e') >= 0 || text.indexOf('E') >= 0
        ? CellTexts.number(text, texts.decimal())
        : localised(text);
  }

  private String localised(String text) {
    return texts.decimal() == '.' || text.indexOf(',') >= 0
        ? text
        : text.replace('.', texts.decimal());
  }

  private long block(int from, int to) {
    long block = 0;
    for (int i = from; i < to; i++) {
      int digit = record[i] - '0';
      if (digit >= 0 && digit <= 9) {
        block = block * 10 + digit;
      }
    }
    return block;
  }

  private boolean memo(String[] values, int i, long block) throws IOException {
    values[i] = "";
    if (block == 0) {
      return true;
    }
    byte[] bytes = memo == null ? null : memo.read(block);
    if (bytes == null) {
      breaches.add(PASSED_OVER.breach(fields.get(i).name(), "memo " + block, ".dbt, .fpt"));
      return true;
    }
    int end = Math.min(bytes.length, DbfMemo.MAX);
    if (end < bytes.length) {
      breaches.add(
          PASSED_OVER.breach(fields.get(i).name(), "memo > " + DbfMemo.MAX, "≤ " + DbfMemo.MAX));
    }
    while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == 0)) {
      end--;
    }
    return text(values, i, bytes, 0, end, end == DbfMemo.MAX);
  }

  /** Sets a value; false when its bytes are not UTF-8 and nothing says that they are not. */
  private boolean text(String[] values, int i, byte[] bytes, int from, int to, boolean full) {
    boolean ascii = true;
    for (int k = from; k < to; k++) {
      ascii &= bytes[k] >= 0;
    }
    if (ascii) {
      values[i] = Utf8.text(bytes, from, to, true);
    } else if (foreign) {
      values[i] = Utf8.bytewise(bytes, from, to);
    } else if (Utf8.valid(bytes, from, to)) {
      values[i] = Utf8.text(bytes, from, to, false);
    } else {
      // Programs cut UTF-8 at the field's width, in the middle of a letter.
      int whole = full ? letters(bytes, from, to) : to;
      if (whole == to || whole == from || !Utf8.valid(bytes, from, whole)) {
        return false;
      }
      values[i] = Utf8.text(bytes, from, whole, false);
      breaches.add(PASSED_OVER.breach(fields.get(i).name(), values[i] + "…", ""));
    }
    return true;
  }

  /** The end of the last whole letter. */
  private static int letters(byte[] bytes, int from, int to) {
    int at = to;
    for (int back = 1; back <= 3 && to - back >= from; back++) {
      at = to - back;
      if ((bytes[at] & 0xC0) == 0xC0) {
        return at;
      }
    }
    return to;
  }

  @Override
  public void close() throws IOException {
    if (memo != null) {
      memo.close();
    }
  }
}
