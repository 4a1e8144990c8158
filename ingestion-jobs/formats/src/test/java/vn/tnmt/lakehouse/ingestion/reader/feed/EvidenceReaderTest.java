package vn.tnmt.lakehouse.ingestion.reader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.stationtext.StationText;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** CSV files in whatever bytes, and text that another program had read wrongly. */
class EvidenceReaderTest {
  private static final Charset CP1252 = Charset.forName("windows-1252");
  private static final Set<String> USED = Set.of("id", "Tên trạm", "ghi_chu", "so", "ngay");
  private static final String STATIONS =
      "id,Tªn tr¹m,ghi_chu\n1,Tr¹m quan tr¾c n\u00ADíc mÆt,Hµ Néi\n2,S«ng Hång,kh«ng\n3,TØnh Phó Thä,\n";

  private static EvidencePlan plan(String encoding, Map<String, String> encodings) {
    return new EvidencePlan(true, encoding, encodings, USED, Set.of("so"), Set.of("ngay"));
  }

  private static RecordReader csv(EvidencePlan plan) {
    KnownColumns columns = new KnownColumns(Set.of("id"), USED, Set.of());
    return EvidenceReader.around(
        new Csv(',', '"', 1).reader(new Reading(columns, '.', plan.encoding(), true)), plan);
  }

  private static RecordReader auto() {
    return csv(plan("auto", Map.of()));
  }

  private static List<String> cells(List<RawRecord> records) {
    return records.stream().map(record -> String.join("|", record.cells().values())).toList();
  }

  @Test
  void readsTcvn3HeaderAndAll() {
    List<RawRecord> records = read(auto(), STATIONS.getBytes(CP1252));
    assertThat(cells(records))
        .containsExactly(
            "1|Trạm quan trắc nước mặt|Hà Nội", "2|Sông Hồng|không", "3|Tỉnh Phú Thọ|");
    assertThat(records.get(0).cells()).containsKey("Tên trạm");
    assertThat(verdicts(records)).containsExactly("2 REC-22", "3 ok", "4 ok");
    Breach note = records.get(0).breaches().get(0);
    assertThat(note.value()).isEqualTo("TCVN3: Tên trạm, ghi_chu");
    assertThat(note.expected()).contains("Tên trạm: TCVN3 100 %");
  }

  @Test
  void utf8IsUtf8WithAndWithoutMark() {
    String text = "id,Tên trạm\n1,Phó\n2,Sông Hồng\n";
    for (String mark : List.of("", "\uFEFF")) {
      assertThat(cells(read(auto(), mark + text))).containsExactly("1|Phó", "2|Sông Hồng");
    }
  }

  @Test
  void asciiFilesNeedNoNote() {
    assertThat(verdicts(read(auto(), "id,so\n1,7\n"))).containsExactly("2 ok");
  }

  @Test
  void columnsMayDiffer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("id,Tên trạm,ghi_chu,khac\n".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 3; i++) {
      bytes.write((i + ",").getBytes(StandardCharsets.UTF_8));
      bytes.write("Trạm Hồ Tây,".getBytes(StandardCharsets.UTF_8));
      bytes.write("Traïm quan traéc nöôùc,S«ng Hång\n".getBytes(CP1252));
    }
    List<RawRecord> records = read(auto(), bytes.toByteArray());
    assertThat(cells(records).get(2)).isEqualTo("2|Trạm Hồ Tây|Trạm quan trắc nước|Sông Hồng");
    assertThat(records.get(0).breaches().get(1).value())
        .isEqualTo("UTF-8: Tên trạm; VNI: ghi_chu; TCVN3: khac");
  }

  @Test
  void whatIsUndecidedCostsItsRecordAndNothingElse() {
    List<RawRecord> records =
        read(auto(), "id,ghi_chu,la\n1,Phó,ASCII\n2,x,Phó\n3,y,z\n".getBytes(CP1252));
    assertThat(verdicts(records)).containsExactly("2 REC-08 REC-22 REC-40", "3 ok", "4 ok");
    Breach undecided = records.get(0).breaches().get(2);
    assertThat(undecided.column()).isEqualTo("ghi_chu");
    assertThat(undecided.value()).isEqualTo("Phó");
    assertThat(undecided.expected()).contains("TCVN3 100 %", "VISCII 100 %");
    assertThat(cells(records).get(0)).isEqualTo("1|Phó|ASCII");
  }

  @Test
  void aNamedEncodingIsNotLookedFor() {
    RecordReader tcvn3 = csv(plan("TCVN3", Map.of()));
    assertThat(cells(read(tcvn3, "id,ghi_chu\n1,Phó\n".getBytes(CP1252)))).containsExactly("1|Phú");
    RecordReader one = csv(plan("UTF-8", Map.of("ghi_chu", "VNI")));
    assertThat(verdicts(read(one, "id,ghi_chu,so\n1,Phuù,Phó\n2,,x\n".getBytes(CP1252))))
        .as("header and other columns are strict UTF-8")
        .containsExactly("2 REC-06", "3 ok");
  }

  @Test
  void aByteThatTheEncodingDoesNotHaveIsTold() {
    List<RawRecord> records = read(auto(), (STATIONS + "4,Tr¹m ÿ,\n").getBytes(CP1252));
    assertThat(verdicts(records)).containsExactly("2 REC-22", "3 ok", "4 ok", "5 REC-41");
    assertThat(records.get(3).breaches().get(0).value()).isEqualTo("Trạm \uFFFD");
  }

  @Test
  void controlCharactersOfVisciiAreLetters() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(
        ("id,ghi_chu\n1,M\u0006U N\u00DF\u00BEC\n2,\u0001\n" + "3,x\n".repeat(20))
            .getBytes(StandardCharsets.ISO_8859_1));
    List<RawRecord> records = read(csv(plan("VISCII", Map.of())), bytes.toByteArray());
    assertThat(verdicts(records)).startsWith("2 ok", "3 REC-02", "4 ok");
    assertThat(cells(records).get(0)).startsWith("1|MẪU N");
  }

  @Test
  void numbersAndDatesAreDecidedByColumn() {
    List<RawRecord> records =
        read(auto(), "id,so,ngay\n1,1.234,1/2/2026\n2,\"1.234,5\",31/1/2026\n");
    Header header = Cells.copyOf(records.get(0).cells()).header();
    assertThat(header.notation(header.position("so")))
        .isEqualTo(new Notation(',', true, Notation.DayOrder.UNKNOWN));
    assertThat(header.notation(header.position("ngay")).days())
        .isEqualTo(Notation.DayOrder.DAY_FIRST);
    assertThat(header.notation(header.position("id"))).isEqualTo(Notation.UNKNOWN);
    assertThat(header.notation(-1)).isEqualTo(Notation.UNKNOWN);
    assertThat(records.get(0).breaches().get(0).value()).isEqualTo("0,0: so; d/M/yyyy: ngay");
    assertThat(Cells.copyOf(records.get(1).cells()).header()).as("shared").isSameAs(header);
  }

  @Test
  void spreadsheetsHoldMojibakeAsUnicode() {
    EvidencePlan plan = new EvidencePlan(false, "auto", Map.of(), USED, Set.of(), Set.of());
    RecordReader sheet =
        EvidenceReader.around(
            reader(new Csv(',', '"', 1), new KnownColumns(Set.of("id"), USED, Set.of())), plan);
    List<RawRecord> records =
        read(sheet, "id,Tên trạm,ghi_chu\n1,Tr¹m quan tr¾c n\u00ADíc mÆt,Tráº¡m\n2,Phó Thä,Trạm\n");
    assertThat(cells(records)).containsExactly("1|Trạm quan trắc nước mặt|Trạm", "2|Phú Thọ|Trạm");
    assertThat(records.get(0).breaches().get(0).value())
        .isEqualTo("TCVN3 → UTF-8: Tên trạm; UTF-8 + UTF-8 × 2: ghi_chu");
  }

  @Test
  void plainFeedsAreNotWrapped() {
    RecordReader reader = reader(new StationText());
    EvidencePlan nothing = new EvidencePlan(false, "UTF-8", Map.of(), USED, Set.of(), Set.of());
    assertThat(EvidenceReader.around(reader, nothing)).isSameAs(reader);
  }

  /** The head decides: what comes after it changes nothing, and is not held in memory. */
  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead") // three megabytes
  void onlyTheHeadIsLookedAt() throws IOException {
    byte[] row = "1,Tr¹m quan tr¾c n\u00ADíc mÆt,x\n".getBytes(CP1252);
    byte[] other = "2,Tr¹m quan tr¾c n\u00ADíc mÿÿ,x\n".getBytes(CP1252);
    assertThat(other).hasSameSizeAs(row);
    int rows = 100_000;
    InputStream bytes =
        new SequenceInputStream(
            new ByteArrayInputStream("id,Tªn tr¹m,ghi_chu\n".getBytes(CP1252)),
            new InputStream() {
              private long at;

              @Override
              public int read() {
                long line = at / row.length;
                byte[] of = line < EvidenceReader.HEAD_RECORDS ? row : other;
                int offset = (int) (at % row.length);
                at++;
                return line >= rows ? -1 : of[offset] & 0xFF;
              }
            });
    int read = 0;
    int misfits = 0;
    try (RecordReader.Records records = auto().open(new SourceFile("a.csv", 1, true), bytes)) {
      while (records.hasNext()) {
        RawRecord record = records.next();
        read++;
        misfits += record.breaches().stream().anyMatch(b -> b.rule().equals("REC-41")) ? 1 : 0;
      }
    }
    assertThat(read).isEqualTo(rows);
    assertThat(misfits).isEqualTo(rows - EvidenceReader.HEAD_RECORDS);
  }

  @Test
  void aFileOfManyShapesIsBounded() {
    EvidencePlan plan = new EvidencePlan(false, "auto", Map.of(), USED, Set.of(), Set.of());
    RecordReader shapes =
        EvidenceReader.around(
            (file, bytes) ->
                new FoundRecords() {
                  private int number;

                  @Override
                  protected @Nullable RawRecord find() {
                    number++;
                    return number > 20_000
                        ? null
                        : new RawRecord(
                            number, 0, new Cells(Header.of("c" + number), "Hồ"), "", List.of());
                  }
                },
            plan);
    assertThat(read(shapes, "")).hasSize(20_000);
    assertThat(
            Collections.max(
                read(shapes, "")
                    .get(0)
                    .breaches()
                    .get(0)
                    .expected()
                    .lines()
                    .map(String::length)
                    .toList()))
        .isLessThan(1_100);
  }
}
