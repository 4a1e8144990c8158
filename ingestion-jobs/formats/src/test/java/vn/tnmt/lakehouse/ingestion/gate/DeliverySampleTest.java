package vn.tnmt.lakehouse.ingestion.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** A long table of samples: what it remembers of its symbols. */
class DeliverySampleTest {
  private static final Feed FEED =
      Feeds.of(
              Map.of(
                  "feeds.yaml",
                  """
                  apiVersion: tnmt.vn/v1
                  kind: Feeds
                  publisher: {id: p, nameVi: P, nameEn: P}
                  feeds:
                    - id: sample
                      dataset: water.sample
                      transport: {type: directory, root: r, pattern: "{name}.csv"}
                      format: {type: csv}
                      symbols: {entries: [{symbol: N_NH4, parameter: NH4_N}]}
                      measure: {symbol: chi_tieu, value: ket_qua}
                      mapping: {sample_point: diem}
                  """),
              Map.of(),
              CodeLists.bundled())
          .get(0);
  private static final Contract CONTRACT = Contracts.bundled().contract(FEED.dataset());

  private static Fingerprint of(String column, String... symbols) {
    DeliverySample sample = new DeliverySample(FEED, CONTRACT, CodeLists.bundled());
    sample.beginPlace(1);
    for (String symbol : symbols) {
      sample.add(new RawRecord(1, 0, Map.of("chi_tieu", symbol, column, "7.1"), "", List.of()));
    }
    return sample.fingerprint(1);
  }

  @Test
  void valuesAreToldApartByTheSymbolsThatTheFeedOrTheListsKnow() {
    assertThat(of("ket_qua", "pH", " pH ", "N_NH4").columns())
        .extracting(ColumnProfile::name)
        .containsExactlyInAnyOrder("chi_tieu", "ket_qua[pH]", "ket_qua[N_NH4]");
  }

  @Test
  void whatStandsInAShiftedFileIsNoName() {
    Fingerprint learnt = of("ket_qua", "Mẫu Thị Chủ", "000099000001", "", "x".repeat(1 << 20));
    assertThat(learnt.columns())
        .extracting(ColumnProfile::name)
        .containsExactlyInAnyOrder("chi_tieu", "ket_qua[?]");
    assertThat(learnt.toJson()).doesNotContain("Mẫu").doesNotContain("000099");
  }

  @Test
  void namesOfColumnsAreCut() {
    assertThat(of("k".repeat(1 << 20), "pH").columns())
        .allMatch(column -> column.name().length() <= 1_000);
  }
}
