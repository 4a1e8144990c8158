package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected values by Python, from the documented form. */
class HasherTest {
  private final Hasher hasher = new Hasher();

  @Test
  void ofRowNeverChanges() {
    Object[] row = {
      "Hồ Ba Bể",
      1.5,
      null,
      -7L,
      Instant.parse("2026-01-01T00:00:00.5Z"),
      LocalDate.of(2026, 1, 1),
      true,
      new byte[] {1, -1, 3, 4, 5, 6, 7, 8, 9},
      "Hồ Ba"
    };
    assertThat(hasher.ofRow(row)).isEqualTo(3769174890620835084L);
    assertThat(hasher.ofRow(row)).as("again").isEqualTo(3769174890620835084L);
  }

  @Test
  void ofRecordNeverChanges() {
    byte[] cells = "{\"a\":\"1\",\"b\":\"\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(hasher.ofRecord(cells, "dòng")))
        .isEqualTo("d1c967d1e4edecfe0e2d2cc855677d95");
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
