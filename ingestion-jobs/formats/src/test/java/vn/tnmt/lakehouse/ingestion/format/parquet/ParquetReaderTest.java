package vn.tnmt.lakehouse.ingestion.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.ReaderTesting;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;

/** Parquet as pyarrow writes it, GeoParquet as geopandas does, and damaged ones. */
class ParquetReaderTest {
  private final RecordReader reader = reader(new Parquet(""));

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4"})
  void readsEveryTypeWithoutLoss(String codec) {
    List<RawRecord> records = read(reader, sample("kieu_" + codec + ".parquet"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("chuoi", "Hồ Tây"),
            entry("so32", "1"),
            entry("so64", "9223372036854775807"),
            entry("u64", "18446744073709551615"),
            entry("f32", "0.1"),
            entry("f64", "0.1"),
            entry("thap_phan", "1234.50"),
            entry("ngay", "2025-07-01"),
            entry("luc", "2026-01-01T00:00:00.123456"),
            entry("luc_utc", "2026-01-01T00:00:00Z"),
            entry("gio", "07:30:15"),
            entry("dung", "true"),
            entry("byte", "00FF"),
            entry("danh_sach", "[\"a\",null]"),
            entry("cau_truc", "{\"x\":1,\"y\":\"Huế\"}"));
    assertThat(records.get(1).cells())
        .containsEntry("chuoi", "")
        .containsEntry("so32", "-2147483648")
        .containsEntry("f64", "NaN")
        .containsEntry("thap_phan", "-0.01")
        .containsEntry("ngay", "1945-09-02")
        .containsEntry("luc", "")
        .containsEntry("danh_sach", "[]")
        .containsEntry("cau_truc", "{\"x\":null,\"y\":null}");
    assertThat(records.get(2).cells())
        .containsEntry("danh_sach", "")
        .containsEntry("cau_truc", "")
        .containsEntry("f32", "1.0E10");
  }

  @Test
  void readsManyRowGroupsAndPagesInOrder() {
    List<RawRecord> records = read(reader, sample("nhieu_nhom.parquet"));
    assertThat(records).hasSize(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(records.get(i).line()).isEqualTo(i + 1);
      assertThat(records.get(i).cells())
          .containsExactly(entry("i", Integer.toString(i)), entry("t", "dong " + i % 7));
    }
  }

  @Test
  void readsTheGeometryOfGeoParquet() throws ParseException {
    List<RawRecord> records = read(reader, sample("tinh.parquet"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records.get(0).cells())
        .containsEntry("ten", "Hà Nội")
        .containsEntry("dan_so", "9007199254740993")
        .doesNotContainKey("geometry");
    assertThat(
            new WKBReader()
                .read(WKBReader.hexToBytes(records.get(0).cells().get("$geometry")))
                .toText())
        .isEqualTo(
            "POLYGON ((105 21, 106 21, 106 22, 105 22, 105 21),"
                + " (105.2 21.2, 105.4 21.2, 105.4 21.4, 105.2 21.2))");
    assertThat(records.get(2).cells()).doesNotContainKey("$geometry");
    List<RawRecord> metres = read(reader, sample("tinh_vn2000.parquet"));
    assertThat(verdicts(metres)).containsExactly("1 REC-36", "2 REC-36", "3 ok");
    assertThat(metres.get(0).breaches().get(0).value()).isEqualTo("EPSG:3405");
  }

  @Test
  void tellsAnotherFile() {
    for (String other : List.of("PAR1", "không phải Parquet", "PAR1\u0000\u0000\u0000\u0000PAR1")) {
      assertThat(verdicts(read(reader, other.getBytes(StandardCharsets.UTF_8))))
          .as(other)
          .containsExactly("0 REC-34");
    }
    assertThat(verdicts(read(reader, new byte[0]))).containsExactly("0 REC-01");
  }

  @Test
  void keepsTheRowsBeforeTheDamage() {
    byte[] bytes = sample("nhieu_nhom.parquet");
    int half = bytes.length / 3;
    Arrays.fill(bytes, half, half + 200, (byte) 0xFF);
    List<RawRecord> records = read(reader, bytes);
    assertThat(records).hasSizeGreaterThan(1_000);
    assertThat(verdicts(records)).contains("1 ok").last().asString().endsWith("REC-34");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kieu_none", "kieu_snappy", "kieu_gzip", "kieu_zstd", "kieu_lz4", "tinh"})
  void aDamagedFileNeverThrows(String name) throws IOException {
    byte[] good = sample(name + ".parquet");
    Random random = new Random(20260101);
    for (int round = 0; round < 400; round++) {
      byte[] bytes = good.clone();
      for (int i = 1 + random.nextInt(8); i > 0; i--) {
        bytes[random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
      }
      assertThat(read(reader, bytes)).isNotEmpty();
    }
    assertThat(ReaderTesting.spools()).isZero();
  }
}
