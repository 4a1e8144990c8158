package vn.tnmt.lakehouse.ingestion.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** What a feed leaves to each file; header rows; rows of totals. */
class CsvDialectTest {
  private static final Csv AUTO = new Csv(Csv.AUTO, Csv.AUTO, Csv.AUTO_LINE);
  private static final KnownColumns COLUMNS =
      new KnownColumns(Set.of("ma", "ten"), Set.of("ma", "ten", "pH"), Set.of());

  private final RecordReader reader = reader(AUTO, COLUMNS);

  @ParameterizedTest
  @CsvSource({"','", "';'", "'\t'", "'|'"})
  void findsTheDelimiter(char delimiter) {
    List<RawRecord> records =
        read(reader, "ma,ten,pH\n1,\"Hồ, Tây; |\t\",7\n2,b,8\n".replace(',', delimiter));
    assertThat(verdicts(records)).containsExactly("2 REC-22", "3 ok");
    assertThat(records.get(1).cells())
        .containsExactly(entry("ma", "2"), entry("ten", "b"), entry("pH", "8"));
    assertThat(note(records))
        .isEqualTo(
            "delimiter: \"%s\", quote: '\"', headerLine: 1"
                .formatted(delimiter == '\t' ? "\\t" : delimiter));
  }

  @Test
  void decimalCommasAreNoDelimiters() {
    List<RawRecord> records = read(reader, "ma;ten;pH\n1;a,b,c,d;7,1\n2;x,y;8,25\n");
    assertThat(records.get(0).cells()).containsEntry("pH", "7,1").containsEntry("ten", "a,b,c,d");
  }

  @Test
  void findsTheHeaderByTheNamesThatTheFeedKnows() {
    List<RawRecord> records =
        read(
            reader,
            "SỞ TÀI NGUYÊN,CỘNG HÒA,X,Y,Z\n\nBáo cáo quý I,,\n STT , ma,ten , pH\n1,D1,Hồ,7\n2,D2,Sông,8\n");
    assertThat(verdicts(records)).containsExactly("5 REC-22 REC-08", "6 ok");
    assertThat(records.get(0).cells()).containsEntry("ma", "D1").containsEntry("ten", "Hồ");
    assertThat(records.get(0).breaches().get(0).value()).endsWith("headerLine: 4");
  }

  @Test
  void findsSingleQuotes() {
    List<RawRecord> records = read(reader, "'ma','ten'\n'1','a,b'\n'2','it''s'\n");
    assertThat(records.get(0).cells()).containsExactly(entry("ma", "1"), entry("ten", "a,b"));
    assertThat(records.get(1).cells()).containsEntry("ten", "it's");
    assertThat(note(records)).contains("quote: \"'\"");
  }

  @Test
  void whatIsPinnedWins() {
    RecordReader pinned = reader(new Csv(';', Csv.AUTO, Csv.AUTO_LINE), COLUMNS);
    List<RawRecord> records = read(pinned, "ma,ten\n1,2\n");
    assertThat(verdicts(records)).containsExactly("1 REC-07 REC-22");
    RecordReader allPinned = reader(new Csv(',', '"', 1), COLUMNS);
    assertThat(verdicts(read(allPinned, "ma,ten\n1,2\n"))).containsExactly("2 ok");
  }

  @Test
  void aFileWithoutKnownNamesIsToldWhatItLacks() {
    List<RawRecord> records = read(reader, "x;y\n1;2\n3;4\n");
    assertThat(verdicts(records)).containsExactly("1 REC-07 REC-22");
    assertThat(records.get(0).breaches().get(0).value()).isEqualTo("x, y");
    assertThat(verdicts(read(reader, "ma;ten\n"))).containsExactly("0 REC-01");
  }

  @Test
  void severalHeaderRowsBecomeOneName() {
    RecordReader twoRows =
        reader(
            new Csv(',', '"', 2, 2, " / ", List.of(), List.of(), RowLimits.USUAL),
            new KnownColumns(Set.of("STT"), Set.of("STT", "Kết quả / pH"), Set.of()));
    List<RawRecord> records =
        read(twoRows, "BÁO CÁO\nSTT,Điểm,Kết quả,,Ghi chú\n,,pH,DO,\n1,D1,7,8,x\n");
    assertThat(verdicts(records)).containsExactly("4 REC-08");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("STT", "1"),
            entry("Điểm", "D1"),
            entry("Kết quả / pH", "7"),
            entry("Kết quả / DO", "8"),
            entry("Ghi chú", "x"));
  }

  @Test
  void headerNamesReachAsFarAsThoseAbove() {
    assertThat(
            HeaderRows.joined(
                List.of(
                    List.of("A", "", "", "B", "", ""),
                    List.of("a", "", "b", "", "c"),
                    List.of("1", "2", "3", "4", "5", "5")),
                "-"))
        .containsExactly("A-a-1", "A-a-2", "A-b-3", "B-4", "B-c-5", "B-c-5");
  }

  @Test
  void rowsOfTotalsAreToldAndNoRecords() {
    RecordReader totals =
        reader(
            new Csv(',', '"', 1, 1, " / ", List.of("Tổng*", "Cộng"), List.of(), RowLimits.USUAL),
            new KnownColumns(Set.of("a"), Set.of("a", "b"), Set.of()));
    List<RawRecord> records =
        read(totals, "a,b\nTổng đầu,1\n1,2\n\n,\"CỘNG: \",3,9\n2,Tổng\nCộng hòa,4\ntổng cộng,,,\n");
    assertThat(verdicts(records)).containsExactly("3 REC-23 REC-23", "6 ok", "7 REC-23");
    assertThat(records.get(0).breaches())
        .extracting(Breach::value)
        .containsExactly("2: Tổng đầu,1", "5: ,\"CỘNG: \",3,9");
    assertThat(records.get(2).breaches().get(0).value()).isEqualTo("8: tổng cộng,,,");
    assertThat(verdicts(read(totals, "a,b\nTổng,1\n"))).containsExactly("0 REC-01");
  }

  private static String note(List<RawRecord> records) {
    return records.get(0).breaches().get(records.get(0).breaches().size() - 1).value();
  }
}
