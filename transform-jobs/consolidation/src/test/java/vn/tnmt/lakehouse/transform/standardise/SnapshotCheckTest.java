package vn.tnmt.lakehouse.transform.standardise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.transform.standardise.SnapshotDiff.Changes;

class SnapshotCheckTest {
  private static final Feed FEED =
      Feeds.of(
              Map.of(
                  "vp.yaml",
                  """
                  apiVersion: tnmt.vn/v1
                  kind: Feeds
                  publisher: {id: vp-x, nameVi: VP X, nameEn: Office X}
                  feeds:
                    - id: thua
                      dataset: land.parcel
                      transport: {type: directory, root: x, pattern: "thua.csv"}
                      format: {type: csv}
                      mapping: {parcel_number: so}
                      gate: {snapshot: {added: 20%, changed: 100%, removed: 2.5%}}
                  """),
              Map.of(),
              CodeLists.bundled())
          .get(0);

  private static List<Finding> over(long standing, long added, long changed, long removed) {
    return SnapshotCheck.over(FEED, new Changes(standing, added, changed, removed));
  }

  @Test
  void aLimitMayBeReachedAndNotPassed() {
    assertThat(over(200, 40, 0, 5)).isEmpty();
    assertThat(over(200, 41, 0, 6))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.ADDED, FindingKind.REMOVED);
  }

  @Test
  void whatIsOverIsSaidInBothLanguagesAndHeld() {
    Finding finding = over(200, 0, 0, 6).get(0);
    assertThat(finding.vi()).isEqualTo("bản chụp bỏ 6 trong 200 bản ghi, giới hạn 2,5 %");
    assertThat(finding.en()).isEqualTo("the snapshot removes 6 of 200 records, the limit is 2.5 %");
    assertThat(finding.response()).isEqualTo(Response.HOLD);
  }

  @Test
  void aHundredPercentIsNoLimit() {
    assertThat(over(200, 0, 200, 0)).isEmpty();
  }

  @Test
  void theFirstSnapshotOfAFeedIsComparedWithNothing() {
    assertThat(over(0, 1_000_000, 0, 0)).isEmpty();
  }
}
