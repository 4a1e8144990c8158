package vn.tnmt.lakehouse.ingestion.text;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

class EncodingTest {
  static final Path ICONV = Path.of("src/test/resources/encodings/iconv.csv");

  /** A line of the file that another program made. */
  record Line(String encoding, String bytewise, String text) {}

  static List<Line> iconv() {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(ICONV)) {
      return csv.stream()
          .map(
              row ->
                  new Line(
                      row.getField("encoding"),
                      new String(
                          HexFormat.of().parseHex(row.getField("hex")),
                          StandardCharsets.ISO_8859_1),
                      row.getField("text")))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String mojibake(String shown) {
    return Bytes.mojibake(shown);
  }

  @Test
  void agreesWithIconv() {
    int compared = 0;
    for (Line line : iconv()) {
      if (!line.encoding.contains(" x ")) {
        assertThat(Encoding.of(line.encoding).orElseThrow().decode(line.bytewise))
            .as(line.encoding)
            .isEqualTo(line.text);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(23);
  }

  @Test
  void textThatWasEncodedTwiceIsFound() {
    List<Line> twice = iconv().stream().filter(line -> line.encoding.contains(" x ")).toList();
    assertThat(twice).isNotEmpty();
    for (Line line : twice) {
      assertThat(ColumnEncoding.once(Bytes.utf8OrNull(line.bytewise))).isEqualTo(line.text);
    }
    assertThat(ColumnEncoding.once("Tráº¡m Há»“ TÃ¢y")).isEqualTo("Trạm Hồ Tây");
    assertThat(ColumnEncoding.once("Trạm Hồ Tây")).isEqualTo("Trạm Hồ Tây");
    assertThat(ColumnEncoding.once("à la carte")).isEqualTo("à la carte");
  }

  /** As the reference sample shows TCVN3 and VNI when taken for Windows-1252. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "TCVN3;Tr¹m quan tr¾c n\u00ADíc mÆt s«ng Hång, tØnh Phó Thä",
        "VNI;Traïm quan traéc nöôùc maët soâng Hoàng, tænh Phuù Thoï"
      })
  void readsTheSample(String encoding, String shown) {
    assertThat(Encoding.of(encoding).orElseThrow().decode(mojibake(shown)))
        .isEqualTo("Trạm quan trắc nước mặt sông Hồng, tỉnh Phú Thọ");
  }

  /** Hand-made: each pair of VNI, single bytes, and a letter followed by the mark of another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ÑAÏI HOÏC;ĐẠI HỌC",
        "xaõ Myõ Lyù;xã Mỹ Lý",
        "kyø, Kî;kỳ, Kỵ",
        "bò, bæ, bó, bí, bì;bị, bỉ, bĩ, bí, bì",
        "nöôùc thaûi röûa xe;nước thải rửa xe",
        "Phöôøng Ñöùc Thuaän – TP. Phan Thieát;Phường Đức Thuận – TP. Phan Thiết",
        "Bieån baùo 30°;Biển báo 30°",
      })
  void readsVni(String shown, String text) {
    assertThat(Encoding.VNI.decode(mojibake(shown))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "UBND TØNH Phó Thä;UBND TỈNH Phú Thọ",
        "Së NN&MT Hµ NéI;SỞ NN&MT HÀ NỘI",
        "TÒ Lç;Tề Lỗ",
        "TR¹M QUAN TR¾C;TRẠM QUAN TRẮC",
        "Hå;Hồ",
        "TP. Hå ChÝ Minh;TP. Hồ Chí Minh",
        "§Êt ®á;Đất đỏ",
      })
  void capitalsOfTcvn3AreThoseOfTheirNeighbours(String shown, String text) {
    assertThat(Encoding.TCVN3.decode(mojibake(shown))).isEqualTo(text);
  }

  @Test
  void anHFontIsAllCapitals() {
    assertThat(Encoding.TCVN3_H.decode(mojibake("tr¹m Hå T©y µg"))).isEqualTo("TRẠM HỒ TÂY ÀG");
  }

  @Test
  void everyLetterOfTheListsComesBack() {
    Map.of("enc_tcvn3", Encoding.TCVN3, "enc_viscii", Encoding.VISCII)
        .forEach(
            (list, encoding) ->
                CodeLists.bundled()
                    .rows(list)
                    .forEach(
                        row -> {
                          char b = (char) Integer.parseInt(row.get("byte_hex"), 16);
                          assertThat(encoding.decode(String.valueOf(b)))
                              .as(row.get("codepoint"))
                              .isEqualTo(row.get("unicode"));
                        }));
    CodeLists.bundled()
        .rows("enc_vni")
        .forEach(
            row -> {
              byte[] bytes = HexFormat.of().parseHex(row.get("bytes_hex").replace(" ", ""));
              assertThat(Encoding.VNI.decode(new String(bytes, StandardCharsets.ISO_8859_1)))
                  .isEqualTo(row.get("unicode"));
            });
  }

  @Test
  void allLettersOfVietnameseAreInEachEncoding() {
    assertThat(CodeLists.bundled().rows("enc_vni")).hasSize(134);
    assertThat(CodeLists.bundled().rows("enc_viscii")).hasSize(134);
    CodeLists.bundled()
        .rows("enc_vni")
        .forEach(row -> assertThat(Vietnamese.letter(row.get("unicode").charAt(0))).isTrue());
    assertThat("ïåñÿßþðΩЖ\uFFFD".chars().noneMatch(c -> Vietnamese.letter((char) c))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whateverTheBytesAreTextComesOut(Encoding encoding) {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      String bytewise = new String(bytes, StandardCharsets.ISO_8859_1);
      String text = encoding.decode(bytewise);
      assertThat(text.length()).isLessThanOrEqualTo(bytewise.length());
      if (encoding != Encoding.UTF_8) {
        String letters = text.replaceAll("[^\\p{L}]", "");
        assertThat(Normalizer.isNormalized(letters, Normalizer.Form.NFC)).isTrue();
      }
    }
  }

  @Test
  void strictUtf8() {
    assertThat(Bytes.utf8OrNull("Tr\u00E1\u00BA\u00A1m")).isEqualTo("Trạm");
    assertThat(Bytes.utf8OrNull("\u00EF\u00BF\u00BD")).isEqualTo("\uFFFD");
    assertThat(Bytes.utf8OrNull("Tr\u00E1\u00BAm")).isNull();
    assertThat(Bytes.utf8OrNull("\u00C0\u0080")).as("overlong").isNull();
    assertThat(Bytes.utf8OrNull("\u00ED\u00A0\u0080")).as("surrogate").isNull();
  }
}
