package vn.tnmt.lakehouse.orchestration.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** A dBase III table while it is being made. */
final class DbfDraft {
  private static final int DESCRIPTOR = 32;

  /**
   * @param type C, N or D
   */
  record Field(String name, char type, int length, int decimals) {}

  private final LocalDate date;
  private final List<Field> fields;
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private int count;

  /**
   * @param date of the last change, as the header tells it
   */
  DbfDraft(LocalDate date, Field... fields) {
    this.date = date;
    this.fields = List.of(fields);
  }

  /** One record; numbers are set to the right, texts to the left. */
  DbfDraft record(boolean deleted, List<byte[]> cells) {
    records.write(deleted ? '*' : ' ');
    for (int i = 0; i < cells.size(); i++) {
      Field field = fields.get(i);
      byte[] cell = Arrays.copyOf(cells.get(i), Math.min(cells.get(i).length, field.length()));
      byte[] padding = new byte[field.length() - cell.length];
      Arrays.fill(padding, (byte) ' ');
      records.writeBytes(field.type() == 'N' ? padding : cell);
      records.writeBytes(field.type() == 'N' ? cell : padding);
    }
    count++;
    return this;
  }

  byte[] bytes() {
    int header = DESCRIPTOR * (1 + fields.size()) + 1;
    int length = 1 + fields.stream().mapToInt(Field::length).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(header + records.size() + 1).order(ByteOrder.LITTLE_ENDIAN);
    bytes
        .put((byte) 3)
        .put((byte) (date.getYear() - 1900))
        .put((byte) date.getMonthValue())
        .put((byte) date.getDayOfMonth())
        .putInt(count)
        .putShort((short) header)
        .putShort((short) length);
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      bytes.position(DESCRIPTOR * (i + 1));
      bytes.put(field.name().getBytes(StandardCharsets.US_ASCII));
      bytes.put(DESCRIPTOR * (i + 1) + 11, (byte) field.type());
      bytes.put(DESCRIPTOR * (i + 1) + 16, (byte) field.length());
      bytes.put(DESCRIPTOR * (i + 1) + 17, (byte) field.decimals());
    }
    bytes.position(header - 1);
    return bytes.put((byte) 0x0D).put(records.toByteArray()).put((byte) 0x1A).array();
  }
}
