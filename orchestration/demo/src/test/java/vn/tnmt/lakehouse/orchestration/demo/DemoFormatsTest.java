package vn.tnmt.lakehouse.orchestration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

/** The demo's own writers of old formats, read by other programs' libraries or known by hand. */
class DemoFormatsTest {
  private static final DemoNation NATION = DemoNation.of(7, LocalDate.of(2026, 1, 14));

  /** As an office with .VnTime sees it when the font is missing; VNI from a table of the font. */
  @Test
  void oldLettersAreThoseOfTheFonts() {
    assertThat(OldLetters.tcvn3("Kết quả, Điểm lấy mẫu")).isEqualTo("KÕt qu¶, §iÓm lÊy mÉu");
    assertThat(HexFormat.of().formatHex(OldLetters.vni("Giếng Đà")))
        .isEqualTo("4769" + "65e1" + "6e67" + "20" + "d1" + "61f8");
  }

  @Test
  void theSpreadsheetOpensInAnotherReader() throws IOException {
    try (ReadableWorkbook book =
        new ReadableWorkbook(new ByteArrayInputStream(bytes("ket_qua_20260114.xlsx")))) {
      List<Row> rows = book.getFirstSheet().read();
      assertThat(book.getFirstSheet().getName()).isEqualTo("KÕt qu¶");
      assertThat(rows.get(3).getCellText(1)).isEqualTo("§iÓm lÊy mÉu");
      assertThat(rows.get(4).getCellAsDate(4))
          .hasValueSatisfying(
              at -> assertThat(at.toLocalDate()).isEqualTo(LocalDate.of(2025, 12, 9)));
      assertThat(rows.get(4).getCellAsNumber(5)).isPresent();
    }
  }

  /** Lengths and counts as dBase III and ESRI's paper of 1998 define them. */
  @Test
  void headersTellTheTruth() throws IOException {
    byte[] wells = bytes("gieng_20260114.dbf");
    int count = wells[4] & 0xFF;
    int header = (wells[8] & 0xFF) | (wells[9] & 0xFF) << 8;
    int record = (wells[10] & 0xFF) | (wells[11] & 0xFF) << 8;
    assertThat(wells).hasSize(header + count * record + 1);
    assertThat(count).isEqualTo(Wells.COUNT + 5);
  }

  /** Owners stand in the files, so that their absence from the lake means something. */
  @Test
  void parcelFilesHoldWhatMustNotGetIntoTheLake() {
    assertThat(new String(bytes("thua_dat_20260114.xml"), StandardCharsets.UTF_8))
        .contains(ParcelFiles.OWNER, ParcelFiles.IDENTITY);
  }

  private static byte[] bytes(String name) {
    try (Stream<DemoFile> files = NATION.files(1)) {
      return files
          .filter(file -> file.path().endsWith("/" + name))
          .findFirst()
          .orElseThrow()
          .content();
    }
  }
}
