package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/** Expected values by Python's hashlib and struct over the documented form. */
class HasherTest {
  private final Hasher hasher = new Hasher();

  @Test
  void ofRowNeverChanges() {
    Object[] row = {
      "Hồ",
      1.5,
      null,
      -7L,
      Instant.parse("2026-01-01T00:00:00Z"),
      LocalDate.of(2026, 1, 1),
      true,
      new byte[] {1, -1}
    };
    assertThat(hasher.ofRow(row)).isEqualTo(8109063224948734290L);
    assertThat(hasher.ofRow(row)).as("again").isEqualTo(8109063224948734290L);
  }

  @Test
  void ofRecordNeverChanges() {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("a", "1");
    cells.put("b", "");
    byte[] hash = hasher.ofRecord(new RawRecord(7, 0, cells, "", List.of()));
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo("ad533bc3487282023d7ac9274239e012");
    assertThat(
            hasher.ofRecord(
                new RawRecord(8, 1, new Cells(Header.of("a", "b"), "1", ""), "", List.of())))
        .as("where it stands does not matter")
        .isEqualTo(hash);
  }

  @Test
  void cellsDoNotRunTogether() {
    assertThat(hasher.ofRow(new Object[] {"ab", "c"}))
        .isNotEqualTo(hasher.ofRow(new Object[] {"a", "bc"}));
    assertThat(hasher.ofRow(new Object[] {null, "c"}))
        .isNotEqualTo(hasher.ofRow(new Object[] {"", "c"}));
    assertThat(hasher.ofRow(new Object[] {0.0})).isEqualTo(hasher.ofRow(new Object[] {-0.0}));
  }
}
