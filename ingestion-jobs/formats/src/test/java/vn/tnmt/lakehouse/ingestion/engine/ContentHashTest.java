package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Expected values by Python, from the documented form. */
class ContentHashTest {
  @Test
  void neverChanges() {
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
    assertThat(ContentHash.of(row)).isEqualTo(3769174890620835084L);
    assertThat(ContentHash.of(row)).as("again").isEqualTo(3769174890620835084L);
  }

  @Test
  void cellsDoNotRunTogether() {
    assertThat(ContentHash.of(new Object[] {"ab", "c"}))
        .isNotEqualTo(ContentHash.of(new Object[] {"a", "bc"}));
    assertThat(ContentHash.of(new Object[] {null, "c"}))
        .isNotEqualTo(ContentHash.of(new Object[] {"", "c"}));
    assertThat(ContentHash.of(new Object[] {Instant.ofEpochSecond(1, 1_999)}))
        .isEqualTo(ContentHash.of(new Object[] {Instant.ofEpochSecond(1, 1_000)}));
    assertThat(ContentHash.of(new Object[] {0.0})).isEqualTo(ContentHash.of(new Object[] {-0.0}));
  }
}
