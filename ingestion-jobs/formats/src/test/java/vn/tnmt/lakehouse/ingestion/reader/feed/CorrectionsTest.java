package vn.tnmt.lakehouse.ingestion.reader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.rule.Breach;

class CorrectionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-5",
        "+7",
        "-0.01",
        "-1.234,56",
        "-1.5e-3",
        "-",
        "105.8,-21.0",
        "12",
        "Hà Nội",
        "",
        "<0.01",
        "-9999",
        "a-b",
        "a=b",
        "'quoted'",
        "-5 ",
        " -9999",
        "\u00A0-9999",
        "\uFEFF-0.5",
        "\uFEFFHà Nội",
        "1 - 2"
      })
  void numbersAndPlainTextStayAsTheyAre(String text) {
    assertThat(Corrections.inert(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "=cmd|' /C calc'!A0 § '=cmd|' /C calc'!A0",
        "@SUM(1+1) § '@SUM(1+1)",
        "+cmd § '+cmd",
        "-2+3+cmd|' /C calc'!A0 § '-2+3+cmd|' /C calc'!A0",
        "＝1+1 § '＝1+1",
        "x,=cmd() § x,'=cmd()",
        "x;-1+2 § x;'-1+2",
        "a\"=cmd() § a\"'=cmd()",
        "'=already § ''=already",
      })
  void whatCouldBeAFormulaIsTextWhereverAProgramCuts(String text, String inert) {
    assertThat(Corrections.inert(text)).isEqualTo(inert);
    assertThat(Corrections.original(inert)).isEqualTo(text);
  }

  @Test
  void controlCharactersBeforeAFormulaDoNotHideIt() {
    assertThat(Corrections.inert("\t=cmd()")).isEqualTo("'\t'=cmd()");
    assertThat(Corrections.inert("\r=cmd()")).isEqualTo("'\r'=cmd()");
    assertThat(Corrections.inert("a\r\nb")).isEqualTo("a\r\nb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\u00A0",
        "\uFEFF",
        "\u200B",
        "\u200E",
        "\u2060",
        "\u3000",
        "\u00AD",
        "\u0085",
        "\u000B",
        "\u0000",
        "\u2028",
        "\uFEFF \u200B",
        "\u3164"
      })
  void blanksAndMarksBeforeAFormulaDoNotHideIt(String unseen) {
    for (String sign : List.of("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")) {
      String cell = unseen + sign + "cmd()";
      assertThat(Corrections.inert(cell)).isEqualTo("'" + cell);
      assertThat(Corrections.original("'" + cell)).isEqualTo(cell);
      assertThat(Corrections.inert("a," + cell)).isEqualTo("a,'" + cell);
      assertThat(Corrections.inertCell(cell)).isEqualTo("'" + cell);
    }
    assertThat(Corrections.inert(unseen + "\t=cmd()")).isEqualTo("'" + unseen + "\t'=cmd()");
  }

  @Test
  void aTableThatIsNotSentBackKeepsWhatIsInTheMiddleOfACell() {
    assertThat(Corrections.inertCell("LINESTRING (1 2,-3 4)")).isEqualTo("LINESTRING (1 2,-3 4)");
    assertThat(Corrections.inertCell("-9999")).isEqualTo("-9999");
    assertThat(Corrections.inertCell("-")).isEqualTo("-");
    assertThat(Corrections.inertCell("-1,5")).isEqualTo("-1,5");
    assertThat(Corrections.inertCell("+84 24 3,5=")).isEqualTo("'+84 24 3,5=");
    assertThat(Corrections.inertCell("=HYPERLINK(\"x\")")).isEqualTo("'=HYPERLINK(\"x\")");
    assertThat(Corrections.inertCell("")).isEmpty();
  }

  @Test
  void whateverACellHoldsComesBack() {
    Random random = new Random(7);
    String alphabet = "=+-@'\t\r\n,;|\"1a. ＝\u00A0\uFEFF\u200B";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n >= 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String cell = text.toString();
      assertThat(Corrections.original(Corrections.inert(cell))).isEqualTo(cell);
    }
  }

  private static List<RawRecord> read(String text) throws IOException {
    KnownColumns columns =
        new KnownColumns(
            Set.of("ten"),
            new java.util.HashSet<>(
                java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("ten", "n"), Corrections.COLUMNS.stream())
                    .toList()),
            Set.of());
    RecordReader reader = new CorrectedReader(reader(new Csv(',', '"', 1), columns));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<RawRecord> records = new ArrayList<>();
    try (RecordReader.Records open =
        reader.open(new SourceFile("a.csv", bytes.length, true), new ByteArrayInputStream(bytes))) {
      open.forEachRemaining(records::add);
    }
    return records;
  }

  @Test
  void mendedRowsLoseOurColumnsAndOurApostrophes() throws IOException {
    List<RawRecord> records =
        read("ten,n,tnmt_file,tnmt_loi\n'=A1,-5,\"a.csv\",\"'=x\"\nHà Nội,6,a.csv,\n");
    assertThat(records).hasSize(2);
    assertThat(records.get(0).cells()).containsEntry("ten", "=A1").containsEntry("n", "-5");
    assertThat(records.get(0).cells().keySet()).containsExactly("ten", "n");
    assertThat(records.get(0).breaches())
        .extracting(Breach::rule, Breach::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("REC-52", "tnmt_file, tnmt_loi"));
    assertThat(records.get(1).breaches()).as("told once for each file").isEmpty();
  }

  @Test
  void otherFilesKeepTheirApostrophes() throws IOException {
    assertThat(read("ten,n\n'=A1,1\n").get(0).cells()).containsEntry("ten", "'=A1");
  }
}
