package vn.tnmt.lakehouse.tables.geo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeohashTest {
  @Test
  void agreesWithPublishedExamples() {
    // The example of the Wikipedia article, and the one of the original geohash.org service.
    assertThat(Geohash.of(-5.6, 42.6, 5)).isEqualTo("ezs42");
    assertThat(Geohash.of(10.40744, 57.64911, 11)).isEqualTo("u4pruydqqvj");
  }

  @Test
  void ofVietnam() {
    assertThat(Geohash.of(105.85, 21.03)).hasSize(9).startsWith("w7");
  }

  @Test
  void nullWhereThereIsNoPoint() {
    assertThat(Geohash.of(181, 0)).isNull();
    assertThat(Geohash.of(0, Double.NaN)).isNull();
    assertThat(Geohash.of(180, 90, 2)).isEqualTo("zz");
  }
}
