package vn.tnmt.lakehouse.ingestion.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.told;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/** Parquet of rarer kinds, by pyarrow: see make_parquet.py. */
class ParquetKindsTest {
  private static List<RawRecord> parquet(byte[] bytes, String geometry, String... used) {
    KnownColumns columns = new KnownColumns(Set.of(), Set.of(used), Set.of());
    return read(reader(new Parquet(geometry), columns), bytes);
  }

  private static List<String> cells(List<RawRecord> records, String name) {
    return records.stream().map(record -> record.cells().get(name)).toList();
  }

  private static String wkt(RawRecord record) {
    try {
      return new WKBReader().read(WKBReader.hexToBytes(record.cells().get("$geometry"))).toText();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bytesThatAreTextAreText() {
    List<RawRecord> records = parquet(sample("loai_la.parquet"), "", "ma", "nua");
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(cells(records, "ma")).containsExactly("D1", "Hồ 7", "");
    assertThat(cells(records, "cap")).containsExactly("01", "79", "0102");
    assertThat(cells(records, "anh")).containsExactly("89504E470D0A1A0A", "D0CF", "");
  }

  @Test
  void bytesThatAreNoTextAreToldWhereTheyAreUsed() {
    List<RawRecord> records = parquet(sample("loai_la.parquet"), "", "ma", "cap", "anh");
    assertThat(verdicts(records)).containsExactly("1 REC-06", "2 REC-06", "3 REC-06");
    assertThat(told(records.get(0))).containsExactly("REC-06 anh BYTE_ARRAY");
    assertThat(told(records.get(2))).containsExactly("REC-06 cap BYTE_ARRAY");
  }

  @Test
  void timesOf96BitsAreExactInEveryYear() {
    assertThat(cells(parquet(sample("int96.parquet"), "", "luc"), "luc"))
        .containsExactly("2026-01-01T07:30", "1500-02-28T00:00", "9999-12-31T23:59:59");
  }

  @Test
  void numbersOf16BitsAreTheShortestDecimals() {
    assertThat(cells(parquet(sample("loai_la.parquet"), ""), "nua"))
        .containsExactly("7.2", "-0.0004", "65500");
  }

  @ParameterizedTest
  @CsvSource({
    // IEEE 754: sign, 5 bits of exponent, 10 of fraction
    "0x0000,0", "0x8000,0", "0x3C00,1", "0xBC00,-1", "0x3555,0.3333", "0x0001,0.00000006",
    "0x7BFF,65500", "0x7C00,Infinity", "0xFC00,-Infinity", "0x7E00,NaN", "0x4733,7.2", "0x2E66,0.1"
  })
  void halves(String bits, String text) {
    assertThat(Half.text((short) (int) Integer.decode(bits))).isEqualTo(text);
  }

  /** Every number of 16 bits is read back from its text. */
  @Test
  void noTextIsThatOfTwoNumbers() {
    for (int bits = 1; bits < 0x7C00; bits++) {
      double text = Double.parseDouble(Half.text((short) bits));
      double value = Half.value((short) bits);
      double below = Half.value((short) (bits - 1));
      assertThat(Math.abs(text - value)).isLessThan(text < value ? (value - below) / 2 : value);
      if (bits < 0x7BFF) {
        double above = Half.value((short) (bits + 1));
        assertThat(text).isLessThan((value + above) / 2);
      }
    }
  }

  /** UUID (field 14 of the union of logical types) becomes field 9, which nobody knows. */
  @Test
  void anUnknownLogicalTypeIsReadByWhatIsStored() {
    byte[] bytes = sample("loai_la.parquet");
    int patched = 0;
    for (int i = 1; i < bytes.length - 2; i++) {
      if (bytes[i - 1] == 0x6C && (bytes[i] & 0xFF) == 0xEC && bytes[i + 1] == 0) {
        bytes[i] = (byte) 0x9C;
        patched++;
      }
    }
    assertThat(patched).isEqualTo(1);
    assertThat(cells(parquet(sample("loai_la.parquet"), ""), "uuid"))
        .startsWith("00010203-0405-0607-0809-0a0b0c0d0e0f");
    List<RawRecord> records = parquet(bytes, "", "ma");
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(cells(records, "ma")).containsExactly("D1", "Hồ 7", "");
    assertThat(cells(records, "uuid").get(0)).isEqualTo("000102030405060708090A0B0C0D0E0F");
    assertThat(verdicts(parquet(bytes, "", "uuid")))
        .containsExactly("1 REC-06", "2 REC-06", "3 ok");
  }

  @Test
  void aCodecThatIsNotKnownCostsOnlyWhatUsesIt() {
    List<RawRecord> records = parquet(sample("nen_brotli.parquet"), "", "ma");
    assertThat(cells(records, "ma")).containsExactly("D1", "D2");
    assertThat(told(records.get(0)))
        .containsExactly("REC-31 cột / columns: nen (cách nén / codec BROTLI)");
    assertThat(records.get(1).breaches()).isEmpty();
    List<RawRecord> refused = parquet(sample("nen_brotli.parquet"), "", "ma", "nen");
    assertThat(refused).hasSize(1);
    assertThat(told(refused.get(0))).containsExactly("REC-62 nen cách nén / codec BROTLI");
    assertThat(refused.get(0).breaches().get(0).expected()).contains("ZSTD");
  }

  @Test
  void encryptionIsCalledSo() {
    assertThat(told(parquet(sample("ma_hoa.parquet"), "").get(0)))
        .containsExactly("REC-62 Parquet mã hóa / encrypted Parquet");
    assertThat(told(parquet(sample("ma_hoa_cot.parquet"), "", "ma", "kin").get(0)))
        .contains("REC-62 kin mã hóa / encrypted");
  }

  @Test
  void checksumsOfPagesAreChecked() {
    byte[] bytes = sample("tong_kiem_tra.parquet");
    assertThat(parquet(bytes, "")).hasSize(4000);
    // A number of the third group: only its checksum can tell.
    bytes[bytes.length / 2 + 1000] ^= 1;
    List<RawRecord> records = parquet(bytes, "");
    RawRecord last = records.get(records.size() - 1);
    assertThat(records).hasSize(2001);
    assertThat(last.line()).isEqualTo(2001);
    assertThat(told(last))
        .containsExactly(
            "REC-34 nhóm hàng / row group 3: tổng kiểm tra của trang / checksum of a page");
  }

  /** As in every format, the later ones have a number; the library would read each for the last. */
  @Test
  void severalColumnsOfOneNameAreAllRead() {
    List<RawRecord> records = parquet(sample("trung_cot.parquet"), "", "ma", "pH");
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok");
    assertThat(cells(records, "ma")).containsExactly("D1", "D2");
    assertThat(cells(records, "ma#2")).containsExactly("D1", "E2");
    assertThat(cells(records, "ma#2#2")).as("called ma#2 itself").containsExactly("r1", "r2");
    assertThat(cells(records, "pH")).containsExactly("7.0", "8.0");
    assertThat(cells(records, "pH#2")).containsExactly("x", "y");
    assertThat(cells(records, "nhom"))
        .containsExactly("{\"a\":1,\"a#2\":3}", "{\"a\":2,\"a#2\":4}");
  }

  @Test
  void noDamageIsToldInJavasWords() {
    for (String name : List.of("kieu_none", "kieu_zstd", "geoarrow_polygon_xy")) {
      byte[] good = sample(name + ".parquet");
      for (int at = 4; at < good.length - 8; at += 7) {
        byte[] bytes = good.clone();
        Arrays.fill(bytes, at, Math.min(at + 4, bytes.length - 8), (byte) 0xFF);
        for (RawRecord record : parquet(bytes, "")) {
          assertThat(told(record).toString()).doesNotContain("null", "Exception", "org.", "java");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xy", "cap"})
  void geometriesOfGeoArrowAreRead(String mode) {
    String ring = "(105 21, 106 21, 106 22, 105 22, 105 21)";
    String hole = "(105.2 21.2, 105.4 21.2, 105.4 21.4, 105.2 21.2)";
    String[][] expected = {
      {"point", "POINT (105.5 21.5)"},
      {"linestring", "LINESTRING (105 21, 106 21, 106 22)"},
      {"multipoint", "MULTIPOINT ((105 21), (106 21))"},
      {"polygon", "POLYGON (" + ring + ", " + hole + ")"},
      {
        "multilinestring",
        "MULTILINESTRING ((105 21, 106 21), (105.2 21.2, 105.4 21.2, 105.4 21.4))"
      },
      {
        "multipolygon",
        "MULTIPOLYGON ((" + ring + ", " + hole + "), ((107 21, 108 21, 108 22, 107 22, 107 21)))"
      }
    };
    for (String[] kind : expected) {
      List<RawRecord> records =
          parquet(sample("geoarrow_" + kind[0] + "_" + mode + ".parquet"), "", "ma");
      assertThat(cells(records, "ma")).containsExactly("01", "02");
      assertThat(wkt(records.get(0))).isEqualTo(kind[1]);
      assertThat(told(records.get(0))).containsExactly("REC-22 hinh: geoarrow." + kind[0]);
      assertThat(records.get(1).cells()).doesNotContainKeys("$geometry", "hinh");
    }
  }

  @Test
  void theColumnThatTheFeedNamesIsTheGeometry() {
    byte[] bytes = sample("wkb_tran.parquet");
    assertThat(parquet(bytes, "", "ma").get(0).cells())
        .containsEntry("wkb", "01010000000000000000605A400000000000803540")
        .doesNotContainKey("$geometry");
    List<RawRecord> named = parquet(bytes, "wkb", "ma");
    assertThat(verdicts(named)).containsExactly("1 ok", "2 ok");
    assertThat(wkt(named.get(0))).isEqualTo("POINT (105.5 21.5)");
    assertThat(named.get(1).cells()).doesNotContainKey("$geometry");
    assertThat(parquet(bytes, "khac", "ma").get(0).cells()).doesNotContainKey("$geometry");
  }
}
