package vn.tnmt.lakehouse.ingestion.collect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/** How many pages a listing takes, by the rules of ListObjectsV2 with a thousand keys a page. */
class S3ListingTest {
  private static final LocalDate FROM = LocalDate.of(2026, 3, 1);

  @Test
  void historyInFoldersIsJumpedOver() {
    TreeSet<String> keys = new TreeSet<>();
    for (String station : List.of("S1", "S2")) {
      for (LocalDate day = LocalDate.of(2020, 1, 1);
          day.isBefore(LocalDate.of(2026, 3, 11));
          day = day.plusDays(1)) {
        for (int hour = 0; hour < 24; hour++) {
          keys.add("p/%s/%s/%02d.csv".formatted(station, day.toString().replace('-', '/'), hour));
        }
      }
    }
    List<String> listed = new ArrayList<>();
    int pages = pages(keys, "p/", "{s}/{yyyy}/{MM}/{dd}/{h}.csv", listed);
    // 6 years, 2 months and 28 days of history a station; 109 pages in all without the jumps.
    assertThat(pages).isLessThan(2 * 12);
    assertThat(listed).containsAll(keys.tailSet("p/S1/2026/03").headSet("p/S1/2027"));
    assertThat(listed).containsAll(keys.tailSet("p/S2/2026/03"));
  }

  @Test
  void historyInNamesIsJumpedOver() {
    TreeSet<String> keys = new TreeSet<>();
    for (LocalDate day = LocalDate.of(2000, 1, 1);
        day.isBefore(LocalDate.of(2026, 3, 11));
        day = day.plusDays(1)) {
      keys.add("p/m_" + day + "_x.csv");
    }
    keys.add("p/a stray.txt");
    keys.add("p/z stray.txt");
    List<String> listed = new ArrayList<>();
    assertThat(pages(keys, "p/", "m_{day:yyyy-MM-dd}_{n}.csv", listed)).isEqualTo(2);
    assertThat(listed).contains("p/a stray.txt", "p/z stray.txt", "p/m_2026-03-01_x.csv");
    assertThat(listed).doesNotContain("p/m_2025-03-01_x.csv");
    // Where names do not sort as days do, all is listed.
    listed.clear();
    assertThat(pages(keys, "p/", "*_{day:yyyy-MM-dd}_{n}.csv", listed)).isEqualTo(10);
    assertThat(listed).hasSameSizeAs(keys);
  }

  private static int pages(
      NavigableSet<String> keys, String prefix, String pattern, List<String> listed) {
    S3Listing listing = new S3Listing(prefix, FilePattern.parse(pattern), FROM);
    String after = "";
    for (int pages = 1; ; pages++) {
      List<String> page = keys.tailSet(after, false).stream().limit(1_000).toList();
      listed.addAll(page);
      if (page.size() < 1_000) {
        return pages;
      }
      ListObjectsV2Response answer =
          ListObjectsV2Response.builder()
              .contents(page.stream().map(key -> S3Object.builder().key(key).build()).toList())
              .build();
      Optional<String> jump = listing.jump(answer);
      after = jump.orElse(page.get(page.size() - 1));
    }
  }
}
