package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;

/** What a client costs: in a JVM of its own, from cold. */
class ListingTest {
  private static final String RUN =
      "{\"dag_id\":\"nightly\",\"dag_run_id\":\"scheduled__%1$d\",\"logical_date\":\"2026-03-14T00:00:00Z\","
          + "\"state\":\"success\",\"run_type\":\"scheduled\",\"conf\":{\"feeds\":\"%2$s\"},\"note\":\"%2$s\","
          + "\"dag_versions\":[{\"id\":\"0195-%1$d\",\"bundle_name\":\"dags\",\"bundle_url\":\"%2$s\"}]}";

  /** Prints how long a client took to make, and how many runs it listed. */
  static final class Lister {
    private Lister() {}

    public static void main(String[] args) {
      long begin = System.nanoTime();
      AirflowClient client = AirflowClient.builder(URI.create(args[0])).build();
      long built = System.nanoTime() - begin;
      try (client) {
        long runs =
            client.runs().list("nightly", RunQuery.all()).map(DagRun::dagRunId).distinct().count();
        System.out.println(TimeUnit.NANOSECONDS.toMillis(built) + " ms, " + runs + " runs");
      }
    }
  }

  @Test
  void lists10000RunsIn50MegabytesOfHeap() throws Exception {
    String filler = "x".repeat(500);
    try (FakeAirflow fake = new FakeAirflow()) {
      fake.on(
          "GET /api/v2/dags/nightly/dagRuns",
          request -> {
            int offset = Integer.parseInt(request.query("offset"));
            String runs =
                Stream.iterate(offset, i -> i + 1)
                    .limit(Math.min(100, 10_000 - offset))
                    .map(i -> RUN.formatted(i, filler))
                    .collect(Collectors.joining(","));
            return Reply.json(200, "{\"dag_runs\":[" + runs + "],\"total_entries\":10000}");
          });
      Process lister =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx50m",
                  "-cp",
                  classPath(),
                  Lister.class.getName(),
                  fake.address().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(lister.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(lister.waitFor()).isZero();
      assertThat(said).endsWith("10000 runs" + System.lineSeparator());
      // 50 to 90 ms on two processors; here others may hold them.
      Duration built = Duration.ofMillis(Long.parseLong(said.substring(0, said.indexOf(' '))));
      assertThat(built).isLessThan(Duration.ofSeconds(1));
      assertThat(fake.requests()).hasSize(100);
    }
  }

  /** The client, Jackson and SLF4J: it needs no more. */
  private static String classPath() {
    return Stream.of(
            AirflowClient.class,
            Lister.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonCreator.class,
            Logger.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
