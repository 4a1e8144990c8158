package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Turn;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;

class AdmittedTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);

  private static Manifest delivery(String id, int hour) {
    return new Manifest(
        id,
        "vien-x",
        "station",
        "monitoring.station",
        DAY,
        DAY.atTime(23 - hour, 0).toInstant(java.time.ZoneOffset.UTC), // the clock stepped back
        new Turn(DAY, hour),
        "landing/" + id,
        1,
        10,
        "00",
        0,
        List.of());
  }

  private static Judgement judgement(String id, Status status) {
    return new Judgement(
        "landing/" + id, id, "vien-x/station", DAY, status, List.of(), null, null, null, "sai");
  }

  private static Admitted admitted(Status first, Status second) {
    return Admitted.of(
        List.of(delivery("c", 9), delivery("b", 8)),
        Map.of(
            "landing/b", judgement("b", first),
            "landing/c", judgement("c", second)));
  }

  @Test
  void whatComesAfterAHeldOneOfItsFeedWaits() {
    Admitted admitted = admitted(Status.HELD, Status.PASSED);
    assertThat(admitted.taken()).isEmpty();
    assertThat(admitted.held()).extracting(Manifest::deliveryId).containsExactly("b");
    assertThat(admitted.waiting()).extracting(w -> w.manifest().deliveryId()).containsExactly("c");
  }

  /** Both were loaded; c, which was refused, is in quarantine already and must be accounted for. */
  @Test
  void aSnapshotThatIsTakenOutAgainTakesNothingOfItsFeedWithIt() {
    Admitted loaded = admitted(Status.PASSED, Status.REJECTED);
    Admitted left = loaded.without(List.of(judgement("b", Status.HELD)));
    assertThat(left.taken()).extracting(Manifest::deliveryId).containsExactly("c");
    assertThat(left.held()).extracting(Manifest::deliveryId).containsExactly("b");
    assertThat(left.waiting()).isEmpty();
    assertThat(left.rejected()).isEqualTo(Map.of("c", "sai"));
    assertThat(left.judgement(delivery("b", 8)).status()).isEqualTo(Status.HELD);
  }
}
