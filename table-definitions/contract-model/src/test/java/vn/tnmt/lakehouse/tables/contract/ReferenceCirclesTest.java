package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A night brings in first what is referred to, so two datasets may not wait for each other. */
class ReferenceCirclesTest {
  private static Map<String, String> changed(String from, String to) {
    Map<String, String> texts = new TreeMap<>(Contracts.bundled().texts());
    texts.replaceAll((file, text) -> text.replace(from, to));
    assertThat(texts).isNotEqualTo(Contracts.bundled().texts());
    return texts;
  }

  @Test
  void datasetsThatReferToEachOtherAreRefused() {
    Map<String, String> texts =
        changed(
            "{rule: pattern, pattern: \"[A-Za-z0-9][A-Za-z0-9._-]{1,39}\"}",
            "{rule: reference, to: monitoring.observation.station_code}");
    assertThatThrownBy(() -> Contracts.of(texts))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining(
            "monitoring.observation → monitoring.station → monitoring.observation")
        .hasMessageContaining("station.yaml:");
  }

  @Test
  void rowsMayReferToRowsOfTheirOwnDataset() {
    Map<String, String> texts =
        changed("to: monitoring.station.station_code", "to: monitoring.observation.station_code");
    assertThat(Contracts.of(texts).contract("monitoring.observation").references()).hasSize(1);
  }
}
