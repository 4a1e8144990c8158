package vn.tnmt.lakehouse.transform.maintain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which files of a partition are worth being written anew.
 *
 * <p>Files of about one size stand in a tier, and a tier spans sizes that differ by the factor
 * {@code most}. Once it has that many files they become one, with those of the tiers below: so a
 * row is written again once for each tier, which is a logarithm of the partition's size, and never
 * because a night has added a little to much. A file that is nearly as large as files should be
 * stays, unless too many of its rows are deleted.
 *
 * @param most files in a tier that may stand
 * @param target bytes that a file should have
 * @param deletedShare of its rows from which on a file is written without them
 */
record Tiers(int most, long target, double deletedShare) {
  /** Smaller ones cost the same: a request each. */
  private static final long LEAST = 64 << 10;

  /**
   * A file.
   *
   * @param deleted how many of its rows are
   */
  record Size(long bytes, long rows, long deleted) {}

  /** Those that should be written anew, together; empty when the partition is well as it is. */
  <F> List<F> chosen(Collection<F> files, Function<F, Size> sizeOf) {
    int full =
        files.stream()
            .map(sizeOf)
            .filter(this::isSmall)
            .collect(Collectors.groupingBy(this::tier, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(tier -> tier.getValue() >= most)
            .mapToInt(Map.Entry::getKey)
            .max()
            .orElse(-1);
    return files.stream()
        .filter(
            file -> {
              Size size = sizeOf.apply(file);
              return isWorn(size) || (isSmall(size) && tier(size) <= full);
            })
        .toList();
  }

  /** Well below what it should be; a writer does not meet the target exactly. */
  boolean isSmall(Size size) {
    return size.bytes < target - target / 4;
  }

  private boolean isWorn(Size size) {
    return size.deleted > 0 && size.deleted >= deletedShare * size.rows;
  }

  private int tier(Size size) {
    int tier = 0;
    for (long bytes = size.bytes; bytes >= LEAST; bytes /= most) {
      tier++;
    }
    return tier;
  }
}
