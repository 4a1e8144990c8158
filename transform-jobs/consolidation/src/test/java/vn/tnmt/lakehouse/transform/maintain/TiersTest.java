package vn.tnmt.lakehouse.transform.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.transform.maintain.Tiers.Size;

class TiersTest {
  private static final long KB = 1 << 10;
  private static final long MB = 1 << 20;
  private static final Tiers TIERS = new Tiers(8, 128 * MB, 0.2);

  private static List<Long> chosen(long... bytes) {
    List<Size> files = LongStream.of(bytes).mapToObj(size -> new Size(size, 1000, 0)).toList();
    return TIERS.chosen(files, size -> size).stream().map(Size::bytes).sorted().toList();
  }

  private static long[] files(int count, long bytes) {
    return LongStream.generate(() -> bytes).limit(count).toArray();
  }

  @Test
  void sevenSmallFilesStandAndEightBecomeOne() {
    assertThat(chosen()).isEmpty();
    assertThat(chosen(files(7, 10 * KB))).isEmpty();
    assertThat(chosen(files(8, 10 * KB))).hasSize(8);
  }

  @Test
  void whatIsMuchLargerStays() {
    long[] files =
        LongStream.concat(LongStream.of(files(8, 10 * KB)), LongStream.of(30 * MB)).toArray();
    assertThat(chosen(files)).hasSize(8).doesNotContain(30 * MB);
  }

  @Test
  void whatIsSmallerGoesAlong() {
    long[] files =
        LongStream.concat(LongStream.of(files(8, 30 * MB)), LongStream.of(10 * KB)).toArray();
    assertThat(chosen(files)).hasSize(9);
  }

  @Test
  void filesOfNearlyTheSizeTheyShouldHaveAreLeft() {
    assertThat(chosen(files(50, 96 * MB))).as("three quarters of 128").isEmpty();
    assertThat(chosen(files(50, 96 * MB - 1))).hasSize(50);
  }

  @Test
  void aFileWithTooManyDeletedRowsIsWrittenWithoutThem() {
    Size much = new Size(128 * MB, 1000, 200);
    Size little = new Size(128 * MB, 1000, 199);
    Size small = new Size(10 * KB, 10, 10);
    assertThat(TIERS.chosen(List.of(much, little, small), size -> size))
        .containsExactly(much, small);
  }

  /** 400 nights of 10 kB each: the last row has been written once by its night. */
  @Test
  void fourHundredNightsWriteEachByteAFewTimes() {
    List<Long> files = new ArrayList<>();
    long written = 0;
    int most = 0;
    for (int night = 0; night < 400; night++) {
      files.add(10 * KB);
      long[] sizes = files.stream().mapToLong(Long::longValue).toArray();
      List<Long> chosen = chosen(sizes);
      if (!chosen.isEmpty()) {
        long merged = chosen.stream().mapToLong(Long::longValue).sum();
        chosen.forEach(files::remove);
        files.add(merged);
        written += merged;
      }
      most = Math.max(most, files.size());
    }
    long all = files.stream().mapToLong(Long::longValue).sum();
    assertThat(all).isEqualTo(400 * 10 * KB);
    // Tiers end at 64 kB, 512 kB, 4 MB: three levels of at most seven files, and once for each.
    assertThat(most).isLessThanOrEqualTo(21);
    assertThat(written).isLessThanOrEqualTo(3 * all);
  }
}
