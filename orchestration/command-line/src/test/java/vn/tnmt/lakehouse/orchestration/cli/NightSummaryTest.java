package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.core.store.StoreRequests;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.PublisherLine;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.ledger.Counts;

class NightSummaryTest {
  private static NightResult night(Outcome outcome, Optional<String> release) {
    return new NightResult(
        LocalDate.of(2026, 3, 15),
        outcome,
        release,
        release.map(id -> Path.of("reports", id, "index.html")),
        List.of(
            new PublisherLine(
                "snnmt-x", 2, 7, new Counts(10, 7, 1, 1, 1, 0), List.of("TNMT-1002 gone"))),
        List.of(
            new AuditResult("AUD-01", Severity.WARN, false, Double.NaN, 3, "vi", "en"),
            new AuditResult("AUD-02", Severity.BLOCK, true, 1, 2, "vi", "en")),
        List.of("a note"),
        new StoreRequests(12, 1000, 3, 40, 5),
        Duration.ofMillis(65_250));
  }

  @Test
  void aPersonReadsWhatTheStoreWasAsked() {
    assertThat(NightSummary.render(night(Outcome.RELEASED, Optional.of("R20260315-1"))))
        .contains("released  R20260315-1 for 2026-03-15 in 65 s\n")
        .endsWith("store     1,060 requests: 12 list, 1,000 get, 3 head, 40 put, 5 delete\n");
  }

  @Test
  void aProgramReadsTheSame() throws IOException {
    JsonNode facts = facts(night(Outcome.RELEASED, Optional.of("R20260315-1")));
    assertThat(facts.get("businessDate").asText()).isEqualTo("2026-03-15");
    assertThat(facts.get("outcome").asText()).isEqualTo("RELEASED");
    assertThat(facts.get("release").asText()).isEqualTo("R20260315-1");
    assertThat(facts.get("report").asText()).isEqualTo("reports/R20260315-1/index.html");
    assertThat(facts.get("seconds").asDouble()).isEqualTo(65.25);
    assertThat(facts.get("storeRequests").asLong()).isEqualTo(1060);
    assertThat(facts.at("/storeRequestsByKind/list").asLong()).isEqualTo(12);
    assertThat(facts.at("/publishers/0/counts/quarantined").asLong()).isEqualTo(1);
    assertThat(facts.at("/publishers/0/failures/0").asText()).isEqualTo("TNMT-1002 gone");
    assertThat(facts.get("failedAudits")).hasSize(1);
    assertThat(facts.at("/failedAudits/0/audit").asText()).isEqualTo("AUD-01");
    assertThat(facts.at("/notes/0").asText()).isEqualTo("a note");
  }

  @Test
  void aNightWithoutAReleaseHasNone() throws IOException {
    JsonNode facts = facts(night(Outcome.REFUSED, Optional.empty()));
    assertThat(facts.get("release").isNull()).isTrue();
    assertThat(facts.get("report").isNull()).isTrue();
  }

  private static JsonNode facts(NightResult night) throws IOException {
    return new ObjectMapper().readTree(Json.text(NightSummary.facts(night)));
  }
}
