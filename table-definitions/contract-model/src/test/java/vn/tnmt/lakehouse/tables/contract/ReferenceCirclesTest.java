package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A night brings in first what is referred to, so nothing may wait for itself. */
class ReferenceCirclesTest {
  @Test
  void aDatasetThatRefersToItselfIsRefused() {
    Map<String, String> texts = new TreeMap<>(Contracts.bundled().texts());
    texts.replaceAll(
        (file, text) ->
            text.replace(
                "to: monitoring.station.station_code", "to: monitoring.observation.station_code"));
    assertThatThrownBy(() -> Contracts.of(texts))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("monitoring.observation → monitoring.observation")
        .hasMessageContaining("observation.yaml:");
  }
}
