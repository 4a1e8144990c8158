package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.DagRun;
import vn.tnmt.lakehouse.orchestration.airflow.TaskInstance;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent;

class WatchViewTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();
  private static final Instant NOW = Instant.parse("2026-03-15T01:05:00Z");

  private static TaskInstance task(String id, int index, String name, String state)
      throws IOException {
    return JSON.readValue(
        """
        {"dag_id": "tnmt_nightly", "dag_run_id": "r", "task_id": "%s", "map_index": %d,
         "rendered_map_index": "%s", "state": "%s", "try_number": 1,
         "start_date": "2026-03-15T01:04:00Z", "end_date": %s}
        """
            .formatted(
                id,
                index,
                name,
                state,
                state.equals("running") ? "null" : "\"2026-03-15T01:04:30Z\""),
        TaskInstance.class);
  }

  @Test
  void aHundredFeedsAreOneLineAndThoseThatMatterAreNamed() throws IOException {
    List<TaskInstance> tasks = new ArrayList<>();
    tasks.add(task("plan", -1, "", "success"));
    for (int i = 0; i < 100; i++) {
      tasks.add(task("ingest", i, "feed " + i, "success"));
    }
    tasks.add(task("ingest", 100, "Cà Mau", "failed"));
    tasks.add(task("ingest", 101, "Hà Nội", "running"));
    List<String> lines = WatchView.table(tasks, NOW);
    assertThat(lines)
        .containsExactly(
            "TASK              STATE                             TIME",
            "plan              success                           30 s",
            "ingest            1 failed, 1 running, 100 success  60 s",
            "  ingest[Cà Mau]  failed                            30 s",
            "  ingest[Hà Nội]  running                           60 s");
  }

  @Test
  void plainLinesTellWhatMattersAndOutages() throws IOException {
    StringWriter printed = new StringWriter();
    DagRun run =
        JSON.readValue(
            "{\"dag_id\": \"d\", \"dag_run_id\": \"r\", \"state\": \"success\"}", DagRun.class);
    DagRun ended =
        WatchView.plain(new PrintWriter(printed))
            .show(
                Stream.of(
                    new WatchEvent.TaskChanged(task("ingest", 3, "Cà Mau", "scheduled"), null),
                    new WatchEvent.TaskChanged(task("ingest", 3, "Cà Mau", "failed"), null),
                    new WatchEvent.Resumed(Duration.ofSeconds(7)),
                    new WatchEvent.Ended(run)));
    assertThat(ended).isSameAs(run);
    assertThat(printed.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("failed    ingest[Cà Mau]"))
        .anyMatch(line -> line.contains("answers again after 7 s"));
  }
}
