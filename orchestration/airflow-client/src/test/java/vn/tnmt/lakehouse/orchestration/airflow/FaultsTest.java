package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.FieldError;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;

/** What becomes of a call when the server, or what stands before it, does not behave. */
class FaultsTest {
  private static final String GET = "GET /api/v2/dags/a";
  private static final Reply DAG = Reply.json(200, "{\"dag_id\":\"a\"}");

  private final TestTime time = new TestTime();
  private final FakeAirflow fake = new FakeAirflow();
  private final AirflowClient client = client().build();

  private AirflowClient.Builder client() {
    return fake.client().time(time).version(ApiVersion.V2);
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private <T extends AirflowException> T failure(Class<T> type) {
    return catchThrowableOfType(type, () -> client.dags().get("a"));
  }

  @Test
  void eachStatusHasItsException() {
    fake.on(GET, Reply.json(401, "{\"detail\":\"Invalid JWT\"}"));
    assertThat(failure(AirflowException.Unauthorized.class))
        .hasMessage("GET /api/v2/dags/a: 401 not authenticated: Invalid JWT");
    fake.on(GET, Reply.json(403, "{\"detail\":\"Forbidden\"}"));
    assertThat(failure(AirflowException.Forbidden.class)).hasMessageContaining("403");
    fake.on(GET, Reply.json(404, "{\"detail\":\"no DAG a\"}"));
    assertThat(failure(AirflowException.NotFound.class).detail()).isEqualTo("no DAG a");
    fake.on(GET, Reply.json(400, ""));
    assertThat(failure(AirflowException.Invalid.class).detail()).isEmpty();
    fake.on(GET, Reply.of(302, "text/html", "").with("Location", "http://evil/"));
    assertThat(failure(AirflowException.Malformed.class)).hasMessageContaining("redirect");
    assertThat(time.sleeps).isEmpty();
  }

  @Test
  void detailIsFoundInAllItsShapes() {
    fake.on(
        GET,
        Reply.json(
            422,
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"logical_date\"],\"msg\":\"Field required\","
                + "\"input\":{\"password\":\"hunter2\"}},\"odd\"]}"));
    AirflowException.Invalid fields = failure(AirflowException.Invalid.class);
    assertThat(fields.fields())
        .containsExactly(
            new FieldError("body.logical_date", "Field required", "missing"),
            new FieldError("", "odd", ""));
    assertThat(fields)
        .hasMessage("GET /api/v2/dags/a: 422 not valid: body.logical_date: Field required; odd");

    fake.on(
        GET, Reply.json(409, "{\"detail\":{\"reason\":\"Unique constraint violation\",\"n\":1}}"));
    assertThat(failure(AirflowException.Conflict.class).detail())
        .isEqualTo("reason: Unique constraint violation, n: 1");

    fake.on(
        GET,
        Reply.of(
            404,
            "application/problem+json",
            "{\"detail\":\"DAG with a not found\",\"status\":404,\"title\":\"DAG not found\",\"type\":\"x\"}"));
    assertThat(failure(AirflowException.NotFound.class).detail()).isEqualTo("DAG with a not found");
    fake.on(GET, Reply.json(400, "{\"title\":\"Bad Request\",\"detail\":null}"));
    assertThat(failure(AirflowException.Invalid.class).detail()).isEqualTo("Bad Request");
    fake.on(GET, Reply.json(400, "[\"first\",\"second\"]"));
    assertThat(failure(AirflowException.Invalid.class).detail()).isEqualTo("first; second");
    fake.on(GET, Reply.of(400, "text/plain", "just words"));
    assertThat(failure(AirflowException.Invalid.class).detail()).isEqualTo("just words");
  }

  @Test
  void aProxysPageIsReadAndTheCallRepeated() {
    Reply page =
        Reply.of(
            502,
            "text/html",
            "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>");
    fake.on(GET, page, page, DAG);
    assertThat(client.dags().get("a").dagId()).isEqualTo("a");
    assertThat(time.sleeps).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));

    fake.on(GET, page);
    AirflowException.ServerFault failure = failure(AirflowException.ServerFault.class);
    assertThat(failure.detail()).isEqualTo("502 Bad Gateway");
    assertThat(fake.requests(GET)).hasSize(3 + 4);
  }

  @Test
  void waitsAsLongAsAsked() {
    Reply busy = Reply.json(429, "{\"detail\":\"slow down\"}");
    fake.on(
        GET,
        busy.with("Retry-After", "7"),
        busy.with("Retry-After", "Sun, 15 Mar 2026 01:00:30 GMT"),
        busy.with("Retry-After", "soon"),
        DAG);
    client.dags().get("a");
    assertThat(time.sleeps)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(23), Duration.ofSeconds(1));
  }

  @Test
  void doesNotWaitBeyondTheDeadline() {
    fake.on(GET, Reply.json(429, "").with("Retry-After", "3600"));
    AirflowException.RateLimited failure = failure(AirflowException.RateLimited.class);
    assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
    assertThat(time.sleeps).isEmpty();
    assertThat(fake.requests(GET)).hasSize(1);
  }

  @Test
  void aBrokenAnswerIsAskedForAgain() {
    fake.on(GET, DAG.cutAfter(-1), DAG.cutAfter(5), DAG);
    assertThat(client.dags().get("a").dagId()).isEqualTo("a");
    fake.on(GET, DAG.cutAfter(5));
    assertThat(failure(AirflowException.Unreachable.class)).hasMessageContaining(GET);
  }

  @Test
  void halfAJsonIsMalformedAndNotQuoted() {
    fake.on(GET, Reply.json(200, "{\"dag_id\":\"secret"));
    assertThat(failure(AirflowException.Malformed.class))
        .hasMessageContaining("not JSON, or half of it")
        .hasMessageNotContaining("secret")
        .hasNoCause();
    for (String odd : new String[] {"", "null", "[]", "\"text\""}) {
      fake.on(GET, Reply.json(200, odd));
      failure(AirflowException.Malformed.class);
    }
    fake.on(GET, Reply.of(200, "text/html", "<title>Sign in</title>"));
    assertThat(failure(AirflowException.Malformed.class)).hasMessageContaining("a web page");
  }

  @Test
  void aSilentServerIsATimeout() {
    try (AirflowClient hasty =
        client().requestTimeout(Duration.ofMillis(150)).attempts(1).build()) {
      fake.on(GET, DAG.silentAfter(-1));
      assertThatThrownBy(() -> hasty.dags().get("a"))
          .isInstanceOf(AirflowException.Timeout.class)
          .hasMessageContaining("no answer within PT0.15S");
      fake.on(GET, DAG.silentAfter(5));
      assertThatThrownBy(() -> hasty.dags().get("a"))
          .isInstanceOf(AirflowException.Timeout.class)
          .hasMessageContaining("stopped before its end");
    }
  }

  @Test
  void aSlowServerIsAskedAgain() {
    try (AirflowClient hasty = client().requestTimeout(Duration.ofMillis(200)).build()) {
      fake.on(GET, DAG.silentAfter(5), DAG);
      assertThat(hasty.dags().get("a").dagId()).isEqualTo("a");
    }
  }

  @Test
  void aPostIsNotRepeated() {
    String post = "POST /api/v2/pools";
    for (Reply reply :
        new Reply[] {Reply.json(503, ""), Reply.json(429, ""), DAG.cutAfter(3), DAG.cutAfter(-1)}) {
      int before = fake.requests(post).size();
      fake.on(post, reply);
      assertThatThrownBy(() -> client.pools().create(Pool.of("spark", 1)))
          .isInstanceOf(AirflowException.class);
      assertThat(fake.requests(post)).hasSize(before + 1);
    }
    assertThat(time.sleeps).isEmpty();
  }

  @Test
  void aRepeatedDeleteThatFindsNothingHasSucceeded() {
    String delete = "DELETE /api/v2/variables/a";
    Reply missing = Reply.json(404, "{\"detail\":\"no variable a\"}");
    fake.on(delete, Reply.json(502, ""), missing);
    client.variables().delete("a");
    fake.on(delete, missing);
    assertThatThrownBy(() -> client.variables().delete("a"))
        .isInstanceOf(AirflowException.NotFound.class);
  }

  @Test
  void comesUpWhileItIsAsked() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    FakeAirflow[] later = new FakeAirflow[1];
    TestTime clock =
        new TestTime()
            .duringSleep(
                () -> {
                  if (later[0] == null) {
                    later[0] = new FakeAirflow(port).on(GET, DAG);
                  }
                });
    try (AirflowClient early =
        AirflowClient.builder(URI.create("http://127.0.0.1:" + port)).time(clock).build()) {
      assertThat(early.dags().get("a").dagId()).isEqualTo("a");
    } finally {
      later[0].close();
    }
    try (AirflowClient never =
        AirflowClient.builder(URI.create("http://127.0.0.1:" + port)).time(time).build()) {
      assertThatThrownBy(() -> never.dags().get("a"))
          .isInstanceOf(AirflowException.Unreachable.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void pagesAreFetchedAsTheyAreTaken() {
    fake.on("GET /api/v2/dags", request -> page(Integer.parseInt(request.query("offset")), 250));
    assertThat(client.dags().list(DagQuery.all()).limit(3))
        .extracting(Dag::dagId)
        .containsExactly("0", "1", "2");
    assertThat(fake.requests("GET /api/v2/dags")).hasSize(1);
    assertThat(client.dags().list(DagQuery.all())).hasSize(250).doesNotHaveDuplicates();
    assertThat(fake.requests("GET /api/v2/dags")).hasSize(1 + 5);
  }

  @Test
  void pagesWithoutEndEnd() {
    fake.on("GET /api/v2/dags", request -> page(0, 1_000_000));
    assertThatThrownBy(() -> client.dags().list(DagQuery.all()).forEach(dag -> {}))
        .isInstanceOf(AirflowException.Malformed.class)
        .hasMessageContaining("the same page again");
    assertThat(fake.requests("GET /api/v2/dags")).hasSize(2);

    fake.on("GET /api/v2/dags", "{\"somebody\":[],\"total_entries\":1}");
    assertThatThrownBy(() -> client.dags().list(DagQuery.all()).forEach(dag -> {}))
        .isInstanceOf(AirflowException.Malformed.class)
        .hasMessageContaining("without dags");
  }

  /** As a server whose cap is 50. */
  private static Reply page(int offset, int total) {
    StringBuilder items = new StringBuilder();
    for (int i = offset; i < Math.min(total, offset + 50); i++) {
      items.append(i == offset ? "" : ",").append("{\"dag_id\":\"").append(i).append("\"}");
    }
    return Reply.json(200, "{\"dags\":[" + items + "],\"total_entries\":" + total + "}");
  }

  @Test
  void anInterruptCancels() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    fake.on(
        GET,
        any -> {
          asked.countDown();
          return DAG.silentAfter(5);
        });
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                client.dags().get("a");
              } catch (AirflowException e) {
                ended.complete(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    caller.start();
    asked.await();
    caller.interrupt();
    assertThat(ended.get()).isInstanceOf(AirflowException.Cancelled.class);
  }

  @Test
  void closingCancels() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    fake.on(
        GET,
        any -> {
          asked.countDown();
          return DAG.silentAfter(-1);
        });
    CompletableFuture<Dag> call = CompletableFuture.supplyAsync(() -> client.dags().get("a"));
    asked.await();
    client.close();
    assertThatThrownBy(call::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AirflowException.Cancelled.class);
    assertThatThrownBy(() -> client.dags().get("a")).isInstanceOf(AirflowException.Cancelled.class);
  }
}
