package vn.tnmt.lakehouse.ingestion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.text.EncodingTest.mojibake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

class EncodingEvidenceTest {
  private static ColumnEncoding ofBytes(String... cells) {
    return decide(true, cells);
  }

  private static ColumnEncoding ofUnicode(String... cells) {
    return decide(false, cells);
  }

  private static ColumnEncoding decide(boolean bytewise, String... cells) {
    EncodingEvidence evidence = new EncodingEvidence();
    for (String cell : cells) {
      evidence.add(cell, bytewise);
    }
    return evidence.decide(evidence);
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIconvWroteIsRecognisedLineByLine() {
    for (EncodingTest.Line line : EncodingTest.iconv()) {
      if (line.encoding().contains(" x ") || !line.text().contains(" ")) {
        continue;
      }
      ColumnEncoding decided = ofBytes(line.bytewise());
      assertThat(decided.bytes()).as(line.text() + decided.why()).isNotNull();
      assertThat(decided.bytes().label()).isEqualTo(line.encoding());
      assertThat(decided.read(line.bytewise(), true).text()).isEqualTo(line.text());
    }
  }

  /** One name alone may be undecided, but is never taken for another encoding's. */
  @ParameterizedTest
  @CsvSource({"enc_tcvn3,TCVN3", "enc_viscii,VISCII", "enc_vni,VNI"})
  void namesOfCommunes(String list, String label) {
    Map<Character, String> bytes = new HashMap<>();
    for (Map<String, String> row : CodeLists.bundled().rows(list)) {
      String hex = row.getOrDefault("byte_hex", row.get("bytes_hex"));
      StringBuilder of = new StringBuilder();
      for (String one : hex.split(" ", -1)) {
        of.append((char) Integer.parseInt(one, 16));
      }
      bytes.put(row.get("unicode").charAt(0), of.toString());
    }
    EncodingEvidence all = new EncodingEvidence();
    int undecided = 0;
    List<String> wrong = new java.util.ArrayList<>();
    int names = 0;
    for (Map<String, String> row : CodeLists.bundled().rows("communes_2025")) {
      String name = row.get("name");
      StringBuilder encoded = new StringBuilder();
      name.chars()
          .forEach(c -> encoded.append(bytes.getOrDefault((char) c, String.valueOf((char) c))));
      if (Bytes.ascii(name)
          || name.chars().anyMatch(c -> c >= 0x80 && !bytes.containsKey((char) c))) {
        continue;
      }
      if (names++ % 3 != 0) {
        all.add(encoded.toString(), true);
        continue;
      }
      all.add(encoded.toString(), true);
      Encoding alone = ofBytes(encoded.toString()).bytes();
      undecided += alone == null ? 1 : 0;
      if (alone != null && !alone.decode(encoded.toString()).equals(name)) {
        wrong.add(name + " " + alone);
      }
    }
    assertThat(all.decide(all).bytes().label()).isEqualTo(label);
    assertThat(names).isGreaterThan(2000);
    assertThat(undecided).isLessThan(names / 3);
    // Names in the languages of the highlands, one at a time, are no evidence of much.
    assertThat(wrong).hasSizeLessThan(names / 300);
  }

  @Test
  void utf8ComesFirst() {
    ColumnEncoding decided = ofBytes(utf8("Trạm Hồ Tây"), utf8("Phó"), "ASCII");
    assertThat(decided.read(utf8("Phó"), true).text()).isEqualTo("Phó");
    assertThat(decided.read(utf8("Tráº¡m"), true))
        .isEqualTo(new ColumnEncoding.Read("Trạm", ColumnEncoding.Outcome.READ, true));
  }

  @Test
  void oneColumnMayMix() {
    ColumnEncoding decided =
        ofBytes(utf8("Trạm Hồ Tây"), mojibake("Tr¹m Phó Thä"), mojibake("tØnh Hµ Giang"));
    assertThat(decided.bytes()).isEqualTo(Encoding.TCVN3);
    assertThat(decided.read(utf8("Hồ"), true).text()).isEqualTo("Hồ");
    assertThat(decided.read(mojibake("Thä"), true).text()).isEqualTo("Thọ");
  }

  /** Signs, letters that stand alone and words of other languages are no evidence of mojibake. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Khu ¶",
        "© 2026",
        "Thuốc Dow®",
        "Ñ",
        "Café Ñ",
        "Ñandú",
        "Ålesund",
        "Straße",
        "Hãng £",
        "Kênh ½ €",
        "Sông À½",
        "Øresund¤"
      })
  void validUnicodeStaysWhateverItSays(String cell) {
    for (ColumnEncoding decided :
        List.of(
            ofUnicode(cell),
            ofUnicode("Hồ Tây", cell),
            ofUnicode("Hồ Tây", "Café Ñ", "Kênh ½ €", "Sông À½", cell))) {
      assertThat(decided.read(cell, false))
          .as(decided.why())
          .isEqualTo(new ColumnEncoding.Read(cell, ColumnEncoding.Outcome.READ, false));
    }
  }

  @Test
  void whatCanBeTwoEncodingsIsUndecided() {
    // Phú in TCVN3, phó in Windows-1258 and in VISCII
    ColumnEncoding decided = ofBytes("Ph\u00F3");
    assertThat(decided.bytes()).isNull();
    assertThat(decided.read("Ph\u00F3", true).outcome())
        .isEqualTo(ColumnEncoding.Outcome.UNDECIDED);
    assertThat(decided.why()).contains("100 %");
  }

  @Test
  void theFileSpeaksForAColumnThatIsUndecided() {
    EncodingEvidence column = new EncodingEvidence();
    column.add("Ph\u00F3", true);
    EncodingEvidence file = new EncodingEvidence();
    file.add(mojibake("Tr¹m quan tr¾c n\u00ADíc mÆt"), true);
    file.add(column);
    assertThat(column.decide(file).bytes()).isEqualTo(Encoding.TCVN3);
  }

  @Test
  void namesOfTheHighlandsAreReadAsTheirFileIs() {
    EncodingEvidence column = new EncodingEvidence();
    column.add(mojibake("Ea Knèp"), true);
    EncodingEvidence file = new EncodingEvidence();
    file.add(mojibake("Tr¹m quan tr¾c n\u00ADíc mÆt"), true);
    file.add(column);
    assertThat(column.decide(file).read(mojibake("Ea Knèp"), true).text()).isEqualTo("Ea Knốp");
    assertThat(column.decide(column).bytes()).isNull();
  }

  @Test
  void noiseIsUndecided() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[400];
      random.nextBytes(noise);
      assertThat(ofBytes(new String(noise, StandardCharsets.ISO_8859_1)).bytes()).isNull();
    }
  }

  @Test
  void frenchAndUnitsAreWestern() {
    ColumnEncoding french = ofBytes("Hôtel de la forêt", "Société générale", "Café");
    assertThat(french.bytes()).as(french.why()).isEqualTo(Encoding.WINDOWS_1252);
    ColumnEncoding units = ofBytes("25 °C", "µg/m³", "m²");
    assertThat(units.bytes()).as(units.why()).isEqualTo(Encoding.WINDOWS_1252);
  }

  @Test
  void mojibakeInUnicodeIsFound() {
    ColumnEncoding decided = ofUnicode("Tr¹m quan tr¾c n\u00ADíc mÆt s«ng Hång");
    assertThat(decided.shown()).isEqualTo(Encoding.TCVN3);
    assertThat(decided.read("Tr¹m", false).text()).isEqualTo("Trạm");
    assertThat(decided.read("Trạm", false).text()).isEqualTo("Trạm");
    assertThat(ofUnicode("Traïm quan traéc nöôùc maët").shown()).isEqualTo(Encoding.VNI);
  }

  @Test
  void unicodeIsBelievedWhenNothingIsClearlyBetter() {
    for (String text :
        List.of("Phó", "cá", "Hôtel", "25 °C", "µg/m³", "Hòa", "xin chào", "Ñandú")) {
      ColumnEncoding decided = ofUnicode(text);
      assertThat(decided.read(text, false).text()).as(text + decided.why()).isEqualTo(text);
    }
  }

  /** Old encodings have letters where Unicode and Windows-1252 have signs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ho 7 m²",
        "25°",
        "25 °C",
        "±",
        "± 0,5",
        "m³/h",
        "Cau\u00A0A",
        "§ 5",
        "3×4",
        "3 × 4",
        "½ h",
        "7 µg/l",
        "«Cau A»",
        "XÃ\u00A0AN PHU",
        "xa · B",
        "5º",
        "Kenh 3¹",
        "10 ÷ 20"
      })
  void signsAreNoEvidence(String text) {
    List<String> names = new java.util.ArrayList<>(java.util.Collections.nCopies(30, "Trạm số"));
    for (boolean bytewise : new boolean[] {true, false}) {
      String cell = bytewise ? utf8(text) : text;
      ColumnEncoding alone = decide(bytewise, cell);
      assertThat(alone.read(cell, bytewise))
          .as(text + alone.why())
          .isEqualTo(new ColumnEncoding.Read(text, ColumnEncoding.Outcome.READ, false));
      names.add(cell);
      ColumnEncoding beside = decide(bytewise, names.toArray(String[]::new));
      assertThat(beside.read(cell, bytewise).text()).as(text + beside.why()).isEqualTo(text);
    }
  }

  /** mỗ in TCVN3, m² in Windows-1252. */
  @Test
  void aSignInOtherBytesThanUtf8IsUndecided() {
    assertThat(ofBytes("Ho 7 m\u00B2").bytes()).isNull();
    assertThat(ofBytes("25\u00B0").bytes()).isNull();
  }

  @Test
  void oneOrTwoWordsDoNotMakeMojibakeOfUnicode() {
    ColumnEncoding decided = ofUnicode("Trạm Hồ Tây", "Bø");
    assertThat(decided.read("Bø", false).outcome()).isNotEqualTo(ColumnEncoding.Outcome.MISFIT);
    assertThat(decided.read("Bø", false).text()).isEqualTo("Bø");
    assertThat(ofUnicode("Tr¹m").read("Tr¹m", false).outcome())
        .isEqualTo(ColumnEncoding.Outcome.UNDECIDED);
  }

  /** In a column that has both, a cell that reads well either way is told. */
  @Test
  void besideProvenUnicodeOnlyWhatIsNoWordIsMojibake() {
    ColumnEncoding decided =
        ofUnicode("Trạm Hồ Tây", "Tr¹m quan tr¾c n\u00ADíc mÆt s«ng Hång", "Hoà", "Ho 7 m²");
    assertThat(decided.shown()).isEqualTo(Encoding.TCVN3);
    assertThat(decided.read("s«ng", false).text()).isEqualTo("sông");
    assertThat(decided.read("Phó", false).outcome()).isEqualTo(ColumnEncoding.Outcome.UNDECIDED);
    assertThat(decided.read("Ho 7 m²", false))
        .isEqualTo(new ColumnEncoding.Read("Ho 7 m²", ColumnEncoding.Outcome.READ, false));
  }

  /** XÃ with a no-break space, or Xà encoded twice: the other cells of the column tell. */
  @Test
  void whatMayBeEncodedTwiceIsWhenOthersAre() {
    String cell = "XÃ\u00A0";
    assertThat(ofUnicode(cell, "Trạm").read(cell, false).text()).isEqualTo(cell);
    assertThat(ofUnicode(cell, "Tráº¡m").read(cell, false).text()).isEqualTo("Xà");
    assertThat(ofUnicode("LÃ½").read("LÃ½", false).text()).isEqualTo("Lý");
    assertThat(ofUnicode("mÂ²", "25 Â°C").read("mÂ²", false).text()).isEqualTo("m²");
  }

  @Test
  void aByteThatTheEncodingDoesNotHaveIsTold() {
    ColumnEncoding named = ColumnEncoding.named(Encoding.TCVN3);
    assertThat(named.read("Tr\u00B9m \u00FF", true).outcome())
        .isEqualTo(ColumnEncoding.Outcome.MISFIT);
    assertThat(ColumnEncoding.named(Encoding.UTF_8).read("Tr\u00B9m", true).outcome())
        .isEqualTo(ColumnEncoding.Outcome.MISFIT);
    assertThat(named.read("Tr¹m", false).text()).isEqualTo("Trạm");
    assertThat(named.read("Trạm", false).text()).isEqualTo("Trạm");
  }

  @Test
  void headersAreReadByTheNamesThatAreKnown() {
    String shown = mojibake("Tªn tr¹m");
    assertThat(HeaderNames.read(List.of("id", shown), java.util.Set.of("Tên trạm"), "auto"))
        .containsExactly("id", "Tên trạm");
    assertThat(HeaderNames.read(List.of(utf8("Tên trạm")), java.util.Set.of("Tên trạm"), "auto"))
        .containsExactly("Tên trạm");
    assertThat(HeaderNames.read(List.of(shown), java.util.Set.of(), "TCVN3"))
        .containsExactly("Tên trạm");
  }
}
