package vn.tnmt.lakehouse.transform.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 14);

  private static LocalDate businessDate(String id) {
    return LocalDate.parse(id.substring(1, 9), DateTimeFormatter.BASIC_ISO_DATE);
  }

  /** Made on their own days. */
  private static Set<String> ended(int days, int months, LocalDate today, String... ids) {
    return new Retention(days, months)
        .ended(List.of(ids), ids[ids.length - 1], today, RetentionTest::businessDate);
  }

  @Test
  void theLastDaysAreKeptTheNewestReleasesIncluded() {
    assertThat(ended(3, 0, TODAY, "R20260310-1", "R20260311-1", "R20260312-1", "R20260314-1"))
        .as("14, 13 and 12 March are three days")
        .containsExactly("R20260310-1", "R20260311-1");
  }

  @Test
  void monthEndsAreTheLastReleaseOfEachMonth() {
    assertThat(
            ended(
                7,
                3,
                TODAY,
                "R20251231-1",
                "R20260105-1",
                "R20260131-1",
                "R20260131-2",
                "R20260131-10",
                "R20260227-1",
                "R20260301-1",
                "R20260306-1",
                "R20260314-1"))
        .as("January, February and March are three months; March's last is the newest itself")
        .containsExactly(
            "R20251231-1",
            "R20260105-1",
            "R20260131-1",
            "R20260131-2",
            "R20260301-1",
            "R20260306-1");
  }

  @Test
  void fourHundredNightsAndThenMonthEnds() {
    List<String> nights =
        Stream.iterate(LocalDate.of(2024, 1, 1), date -> date.plusDays(1))
            .limit(803) // to 13 March 2026
            .map(date -> "R" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + "-1")
            .toList();
    Set<String> kept = new TreeSet<>(nights);
    kept.removeAll(
        new Retention(400, 1200).ended(nights, "R20260313-1", TODAY, RetentionTest::businessDate));
    // 400 days to 13 March 2026 begin on 7 February 2025; before it lie 13 ends of months, January
    // 2024 to January 2025; February's is among the days.
    assertThat(kept).hasSize(413).contains("R20240131-1", "R20250131-1", "R20250207-1");
    assertThat(kept).doesNotContain("R20250206-1", "R20250130-1");
  }

  @Test
  void theNewestIsKeptHoweverOldItsDate() {
    assertThat(ended(7, 0, TODAY, "R20260301-1", "R20250101-1"))
        .as("days are counted to the newest release's date, which was made last")
        .isEmpty();
    assertThat(ended(7, 0, TODAY, "R20240101-1", "R20250101-1")).containsExactly("R20240101-1");
  }

  @Test
  void aDateMistypedIntoTheFutureEndsNothing() {
    assertThat(ended(7, 0, TODAY, "R20260312-1", "R20360314-1")).isEmpty();
  }

  @Test
  void aClockThatIsAheadEndsNothing() {
    assertThat(ended(7, 0, LocalDate.of(2036, 3, 14), "R20260312-1", "R20260314-1")).isEmpty();
  }

  @Test
  void aCorrectionOfLongAgoThatWasMadeYesterdayIsKept() {
    assertThat(
            new Retention(7, 0)
                .ended(
                    List.of("R20250110-1", "R20250110-2", "R20260314-1"),
                    "R20260314-1",
                    TODAY,
                    id -> id.equals("R20250110-2") ? TODAY.minusDays(1) : businessDate(id)))
        .containsExactly("R20250110-1");
  }
}
