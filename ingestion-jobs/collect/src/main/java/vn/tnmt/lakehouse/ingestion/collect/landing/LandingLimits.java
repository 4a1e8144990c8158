package vn.tnmt.lakehouse.ingestion.collect.landing;

/**
 * Sizes of what landing is made of.
 *
 * @param bundle bytes of an object of small files
 * @param large bytes from which a file is an object of its own
 * @param split bytes of a split
 * @param splitFiles files of a split
 */
public record LandingLimits(long bundle, int large, long split, int splitFiles) {
  public static final LandingLimits USUAL = new LandingLimits(64 << 20, 8 << 20, 8 << 20, 20_000);
}
