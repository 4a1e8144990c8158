package vn.tnmt.lakehouse.ingestion.format.dbf;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.CONVENTIONS;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.conventions;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.told;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.utf8;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;

/** Tables by Python's dbf library, and tables whose header lies. */
class DbfReaderTest {
  private static final KnownColumns COLUMNS =
      new KnownColumns(
          Set.of("MA"),
          Set.of("MA", "DIEN_TICH", "NGAY", "CO", "GHI_CHU", "SO", "THUC", "TIEN", "LUC", "GHI"),
          Set.of());

  private static List<RawRecord> dbf(byte[] bytes) {
    return dbf(bytes, false, CONVENTIONS);
  }

  private static List<RawRecord> dbf(byte[] bytes, boolean keep, Conventions conventions) {
    return read(
        reader(
            new Dbf(keep, FileLimits.USUAL),
            COLUMNS,
            conventions,
            !conventions.encoding().equals("UTF-8")),
        bytes);
  }

  /** A table of one field MA C(6). */
  private static byte[] table(byte[]... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(65 + 7 * values.length + 1).order(ByteOrder.LITTLE_ENDIAN);
    bytes
        .put((byte) 3)
        .put(new byte[3])
        .putInt(values.length)
        .putShort((short) 65)
        .putShort((short) 7);
    bytes.position(32);
    bytes.put(utf8("MA")).position(43);
    bytes.put((byte) 'C').putInt(0).put((byte) 6).position(64);
    bytes.put((byte) 0x0D);
    for (byte[] value : values) {
      bytes.put((byte) ' ').put(Arrays.copyOf(value, 6));
    }
    return bytes.put((byte) 0x1A).array();
  }

  private static byte[] table(String... values) {
    return table(Arrays.stream(values).map(TablesTesting::utf8).toArray(byte[][]::new));
  }

  @Test
  void readsDBase3WithItsMemos() {
    List<RawRecord> records =
        dbf(zip(Map.of("x/db3.dbf", file("db3.dbf"), "x/DB3.DBT", file("db3.dbt"))));
    assertThat(verdicts(records)).containsExactly("1 ok", "3 REC-31");
    assertThat(records.get(0).cells().values())
        .containsExactly("A1", "12.500", "2026-01-31", "true", "first memo");
    assertThat(records.get(1).cells().values())
        .containsExactly("A3", "-3.000", "1999-12-31", "false", "x".repeat(1200));
    assertThat(told(records.get(1))).containsExactly("REC-31 bản ghi đã xóa / deleted records: 1");
  }

  @Test
  void deletedRecordsCanBeKept() {
    assertThat(dbf(file("db3.dbf"), true, CONVENTIONS))
        .extracting(record -> record.line() + " " + record.cells().get("MA"))
        .containsExactly("1 A1", "2 A2", "3 A3");
  }

  @Test
  void aMemoFileThatIsNotThereIsTold() {
    assertThat(told(dbf(file("db3.dbf")).get(0))).containsExactly("REC-31 GHI_CHU memo 1");
  }

  @Test
  void readsFoxPro() {
    List<RawRecord> records =
        dbf(
            zip(Map.of("vfp.dbf", file("vfp.dbf"), "vfp.fpt", file("vfp.fpt"))),
            false,
            conventions(',', "windows-1252"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok");
    assertThat(records.get(0).cells().values())
        .containsExactly("V1", "-7", "3,25", "1234,5678", "2026-01-31T07:30:15", "ghi ch\u00fa");
    assertThat(records.get(1).cells().values())
        .containsExactly("V2", "2147483646", "0,001", "-0,0001", "", "");
  }

  @Test
  void textsAreUtf8OrBytesOneToOne() {
    byte[] tcvn3 = {'H', (byte) 0xE5, ' ', 'T', (byte) 0xA9, 'y'};
    List<RawRecord> records = dbf(table(utf8("Huế"), tcvn3));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 REC-06");
    assertThat(records.get(0).cells()).containsEntry("MA", "Huế");
    assertThat(records.get(1).cells()).containsEntry("MA", "H\u00e5 T\u00a9y");
    assertThat(told(records.get(1))).containsExactly("REC-06 LDID 0x00");
    assertThat(
            dbf(table(utf8("Huế"), tcvn3), false, conventions('.', "TCVN3")).stream()
                .map(record -> record.breaches().size() + record.cells().get("MA")))
        .containsExactly(
            "0" + new String(utf8("Huế"), StandardCharsets.ISO_8859_1), "0H\u00e5 T\u00a9y");
  }

  @Test
  void aLetterThatTheFieldCutsIsTold() {
    List<RawRecord> records = dbf(table("Hà Tế"));
    assertThat(records.get(0).cells()).containsEntry("MA", "Hà T");
    assertThat(told(records.get(0))).containsExactly("REC-31 MA Hà T…");
  }

  @Test
  void aHeaderThatLiesOfLengthsIsNotBelieved() {
    for (int[] lie : new int[][] {{8, 97}, {8, 0}, {10, 50}, {10, 0}, {10, 6}}) {
      byte[] bytes = table("a", "b", "c");
      bytes[lie[0]] = (byte) lie[1];
      List<RawRecord> records = dbf(bytes);
      assertThat(records).extracting(r -> r.cells().get("MA")).containsExactly("a", "b", "c");
      assertThat(verdicts(records)).containsExactly("1 REC-22", "2 ok", "3 ok");
    }
  }

  @Test
  void theCountOfTheHeaderIsSaidAndNotBelieved() throws IOException {
    for (int told : new int[] {1, 3, 99}) {
      byte[] bytes = table("a", "b", "c");
      bytes[4] = (byte) told;
      assertThat(verdicts(dbf(bytes))).containsExactly("1 ok", "2 ok", "3 ok");
      assertThat(counts(bytes)).extracting(RowCount::rows).containsExactly((long) told);
    }
    assertThat(counts(file("db3.dbf"))).extracting(RowCount::untold).containsExactly(1L);
    byte[] cut = table("a", "b", "c");
    assertThat(counts(Arrays.copyOf(cut, cut.length - 4))).as("REC-04 says it").isEmpty();
  }

  private static List<RowCount> counts(byte[] bytes) throws IOException {
    try (RecordReader.Records records =
        reader(new Dbf(false, FileLimits.USUAL), COLUMNS)
            .open(new SourceFile("a.dbf", bytes.length, true), new ByteArrayInputStream(bytes))) {
      records.forEachRemaining(record -> {});
      return records.counts();
    }
  }

  @Test
  void noMarkMovesRecordsFromWhereHeaderFieldsAndSizeAgree() {
    String[] values = new String[300];
    for (int i = 0; i < values.length; i++) {
      values[i] = "v" + i;
    }
    for (int every : new int[] {1, 2, 7, 300}) {
      byte[] bytes = table(values);
      for (int i = 0; i < values.length; i += every) {
        bytes[65 + 7 * i] = 0;
      }
      List<RawRecord> records = dbf(bytes);
      assertThat(records).extracting(r -> r.cells().get("MA")).containsExactly(values);
      assertThat(told(records.get(299)))
          .containsExactly("REC-22 dấu xóa / deletion mark 0x00: " + (299 / every + 1));
    }
  }

  @Test
  void aTableWithoutMarksThatIsCutOffStaysWhereItsHeaderSays() {
    byte[] bytes = table("a", "b", "c", "d");
    for (int i = 0; i < 4; i++) {
      bytes[65 + 7 * i] = 0;
    }
    List<RawRecord> records = dbf(Arrays.copyOf(bytes, 65 + 7 * 3));
    assertThat(records.subList(0, 3))
        .extracting(r -> r.cells().get("MA"))
        .containsExactly("a", "b", "c");
    assertThat(verdicts(records)).endsWith("4 REC-04 REC-22");
  }

  @Test
  void whatFillsTheFileBehindTheLastRecordIsNoRecord() {
    byte[] bytes = table("a", "b");
    byte[] filled = Arrays.copyOf(bytes, 512);
    assertThat(verdicts(dbf(filled))).containsExactly("1 ok", "2 ok");
    Arrays.fill(filled, bytes.length, filled.length, (byte) 0x1A);
    assertThat(verdicts(dbf(filled))).containsExactly("1 ok", "2 ok");
    filled[4] = 9;
    assertThat(verdicts(dbf(filled))).containsExactly("1 ok", "2 ok");
  }

  @Test
  void aTableThatIsCutOffIsTold() {
    byte[] bytes = table("a", "b", "c");
    assertThat(verdicts(dbf(Arrays.copyOf(bytes, bytes.length - 4))))
        .containsExactly("1 ok", "2 ok", "3 REC-04");
    assertThat(verdicts(dbf(Arrays.copyOf(bytes, bytes.length - 8))))
        .containsExactly("1 ok", "2 ok", "3 REC-04");
    assertThat(verdicts(dbf(Arrays.copyOf(bytes, bytes.length - 1))))
        .containsExactly("1 ok", "2 ok", "3 ok");
  }

  @Test
  void oneDamagedRecordCostsOne() {
    String[] values = new String[20];
    Arrays.fill(values, "v");
    byte[] bytes = table(values);
    bytes[65 + 7 * 10] = 'X';
    bytes[65 + 7 * 12] = 0x1A;
    assertThat(verdicts(dbf(bytes)))
        .hasSize(20)
        .contains("11 REC-29", "13 REC-29", "12 ok", "20 ok");
  }

  @Test
  void whatIsNoTableIsToldAtOnce() {
    assertThat(verdicts(dbf(utf8("<html>")))).containsExactly("0 REC-29");
    assertThat(verdicts(dbf(new byte[0]))).containsExactly("0 REC-01");
    assertThat(verdicts(dbf(new byte[500]))).containsExactly("0 REC-29");
    byte[] seven = table("a");
    seven[0] = 4;
    assertThat(told(dbf(seven).get(0))).containsExactly("REC-62 dBase 7");
    byte[] other = table("a");
    other[32] = 'X';
    assertThat(verdicts(dbf(other))).containsExactly("0 REC-07");
    assertThat(verdicts(dbf(table(new String[0])))).containsExactly("0 REC-01");
    assertThat(verdicts(dbf(zip(Map.of("a.txt", new byte[1]))))).containsExactly("0 REC-29");
  }

  @Test
  void aMemoThatLiesGivesNothing() {
    for (int length : new int[] {-1, Integer.MAX_VALUE, 1 << 30}) {
      byte[] memo = file("vfp.fpt");
      byte[] table = file("vfp.dbf");
      for (int at = 512; at + 8 <= memo.length; at += 64) {
        ByteBuffer.wrap(memo).putInt(at + 4, length);
      }
      List<RawRecord> records = dbf(zip(Map.of("v.dbf", table, "v.fpt", memo)));
      assertThat(records.get(0).cells()).containsEntry("GHI", "");
    }
  }
}
