package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.jdbc.JdbcDialect.Kind;

class JdbcRangesTest {
  @Test
  void boundsAreMultiplesOfAPowerOfTwo() {
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "1", "20000", 8))
        .containsExactly("4096", "8192", "12288", "16384");
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "-5", "5", 2)).containsExactly("0");
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "-1.5", "1.5", 4)).containsExactly("-1", "0", "1");
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "7", "7", 4)).isEmpty();
    // By days, as there are only two.
    assertThat(JdbcRanges.bounds(Kind.DATE, "2026-02-27", "2026-02-28", 2))
        .containsExactly("2026-02-28");
    // 2^31 seconds after 1970.
    assertThat(
            JdbcRanges.bounds(Kind.TIME, "2000-01-01 00:00:00.5+00", "2060-01-01 00:00:00+00", 2))
        .containsExactly("2038-01-19 03:14:08");
  }

  @Test
  void whatCannotBeDividedIsNot() {
    assertThat(JdbcRanges.bounds(Kind.NUMBER, null, null, 4)).isEmpty();
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "1", "NaN", 4)).isEmpty();
    assertThat(JdbcRanges.bounds(Kind.TIME, "-infinity", "2026-01-01 00:00:00", 4)).isEmpty();
    assertThat(JdbcRanges.bounds(Kind.DATE, "0044-03-15 BC", "2026-01-01", 4)).isEmpty();
    assertThat(JdbcRanges.bounds(Kind.DATE, "0000-00-00", "2026-01-01", 4)).isEmpty();
  }

  @Test
  void aTableThatGrowsKeepsItsBounds() {
    assertThat(JdbcRanges.bounds(Kind.NUMBER, "1", "20000", 8))
        .isEqualTo(JdbcRanges.bounds(Kind.NUMBER, "1", "20479", 8));
  }

  @Test
  void neverMorePartsThanAskedForAndAtLeastHalfOfThem() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      long one = random.nextLong() >> random.nextInt(60);
      long other = random.nextLong() >> random.nextInt(60);
      int parts = 2 + random.nextInt(50);
      String least = Long.toString(Math.min(one, other));
      String greatest = Long.toString(Math.max(one, other));
      List<BigDecimal> bounds =
          JdbcRanges.bounds(Kind.NUMBER, least, greatest, parts).stream()
              .map(BigDecimal::new)
              .toList();
      assertThat(bounds).hasSizeLessThan(parts).isSorted();
      assertThat(bounds)
          .allMatch(bound -> bound.compareTo(new BigDecimal(least)) > 0)
          .allMatch(bound -> bound.compareTo(new BigDecimal(greatest)) <= 0);
      boolean wide =
          new BigDecimal(greatest)
                  .subtract(new BigDecimal(least))
                  .compareTo(BigDecimal.valueOf(parts))
              >= 0;
      assertThat(!wide || bounds.size() + 1 >= parts / 2).isTrue();
    }
  }
}
