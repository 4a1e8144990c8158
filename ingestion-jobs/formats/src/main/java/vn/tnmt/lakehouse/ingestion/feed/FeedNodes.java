package vn.tnmt.lakehouse.ingestion.feed;

import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** Values that feeds of several transports have. */
public final class FeedNodes {
  private static final int DEFAULT_LOOKBACK_DAYS = 30;

  private FeedNodes() {}

  /** How many days back the files of a dated pattern are looked at. */
  public static int lookbackDays(YamlNode transport) {
    return transport.atLeast(0, "lookbackDays", DEFAULT_LOOKBACK_DAYS);
  }
}
