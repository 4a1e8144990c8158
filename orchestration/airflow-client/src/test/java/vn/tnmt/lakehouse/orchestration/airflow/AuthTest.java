package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Request;

/** Who the client says it is, and that it says so to nobody else. */
class AuthTest {
  private static final String GET = "GET /api/v2/dags/a";
  private static final String TOKEN = "POST /auth/token";
  private static final Reply DAG = Reply.json(200, "{\"dag_id\":\"a\"}");
  private static final String PASSWORD = "mật-khẩu \"17\"";

  private final TestTime time = new TestTime();
  private final FakeAirflow fake = new FakeAirflow().on(GET, DAG);
  private final AtomicInteger grants = new AtomicInteger();

  @AfterEach
  void close() {
    fake.close();
  }

  private AirflowClient client(Auth auth) {
    return fake.client().time(time).auth(auth).build();
  }

  private static Auth password() {
    return Auth.password("admin", PASSWORD::toCharArray);
  }

  private static String jwt(long issued, long expires, int number) {
    String claims = "{\"sub\":\"" + number + "\",\"iat\":" + issued + ",\"exp\":" + expires + "}";
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  /** Tokens that live an hour by a clock that is years from ours. */
  private void grantTokens() {
    fake.on(
        TOKEN,
        request ->
            Reply.json(
                201, "{\"access_token\":\"" + jwt(1_000, 4_600, grants.incrementAndGet()) + "\"}"));
  }

  private static String header(Request request) {
    return request.headers().get("Authorization");
  }

  @Test
  void basic() {
    try (AirflowClient client = client(Auth.basic("admin", PASSWORD::toCharArray))) {
      client.dags().get("a");
      String pair =
          new String(
              Base64.getDecoder().decode(header(fake.only(GET)).substring(6)),
              StandardCharsets.UTF_8);
      assertThat(pair).isEqualTo("admin:" + PASSWORD);
    }
  }

  @Test
  void bearerIsAskedForAgainAfterARefusal() {
    String[] token = {"old"};
    fake.on(
        GET,
        request -> {
          token[0] = "new\n";
          return "Bearer new".equals(header(request)) ? DAG : Reply.json(401, "");
        });
    try (AirflowClient client = client(Auth.bearer(() -> token[0]))) {
      client.dags().get("a");
      client.dags().get("a");
    }
    assertThat(fake.requests(GET))
        .extracting(AuthTest::header)
        .containsExactly("Bearer old", "Bearer new", "Bearer new");

    fake.on(GET, Reply.json(401, "{\"detail\":\"no\"}"));
    try (AirflowClient client = client(Auth.bearer(() -> "same"))) {
      assertThatThrownBy(() -> client.dags().get("a"))
          .isInstanceOf(AirflowException.Unauthorized.class);
    }
    assertThat(fake.requests(GET)).hasSize(4);
  }

  @Test
  void passwordBecomesAToken() {
    grantTokens();
    try (AirflowClient client = client(password())) {
      client.dags().get("a");
      client.dags().get("a");
    }
    assertThat(fake.only(TOKEN).json().path("password").asText()).isEqualTo(PASSWORD);
    assertThat(fake.only(TOKEN).headers()).doesNotContainKey("Authorization");
    assertThat(fake.requests(GET))
        .extracting(AuthTest::header)
        .containsOnly("Bearer " + jwt(1_000, 4_600, 1));
  }

  @Test
  void tokenIsRenewedBeforeItExpires() {
    grantTokens();
    try (AirflowClient client = client(password())) {
      client.dags().get("a");
      time.pass(Duration.ofMinutes(58));
      client.dags().get("a");
      assertThat(grants).hasValue(1);
      time.pass(Duration.ofSeconds(61));
      client.dags().get("a");
      assertThat(grants).hasValue(2);
    }
  }

  @Test
  void tokenThatIsRefusedIsRenewedOnce() {
    grantTokens();
    fake.on(GET, Reply.json(401, ""), DAG);
    try (AirflowClient client = client(password())) {
      client.dags().get("a");
      assertThat(grants).hasValue(2);
      fake.on(GET, Reply.json(401, ""));
      assertThatThrownBy(() -> client.dags().get("a"))
          .isInstanceOf(AirflowException.Unauthorized.class);
      assertThat(grants).hasValue(3);
    }
  }

  @Test
  void aRefusedPostIsSentAgainWithTheNewToken() {
    grantTokens();
    fake.on("POST /api/v2/pools", Reply.json(401, ""), Reply.json(201, "{\"name\":\"spark\"}"));
    try (AirflowClient client = client(password())) {
      assertThat(client.pools().create(Pool.of("spark", 1)).name()).isEqualTo("spark");
    }
  }

  @Test
  void manyThreadsFetchOneToken() {
    grantTokens();
    try (AirflowClient client = client(password())) {
      List<CompletableFuture<Dag>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> client.dags().get("a")));
      }
      calls.forEach(CompletableFuture::join);
      assertThat(grants).hasValue(1);
      assertThat(fake.requests("GET /api/v2/version")).hasSize(1);
    }
  }

  @Test
  void passwordIsBasicFor2() {
    try (FakeAirflow two = FakeAirflow.v1().on("GET /api/v1/dags/a", DAG);
        AirflowClient client = two.client().auth(password()).build()) {
      client.dags().get("a");
      assertThat(header(two.only("GET /api/v1/dags/a"))).startsWith("Basic ");
      assertThat(two.requests(TOKEN)).isEmpty();
    }
  }

  @Test
  void healthNeedsNoToken() {
    fake.on("GET /api/v2/monitor/health", "{}");
    try (AirflowClient client = client(password())) {
      assertThat(client.health().isHealthy()).isFalse();
    }
    assertThat(fake.requests(TOKEN)).isEmpty();
  }

  /** A server that repeats all it is told, in refusals of every shape. */
  @Test
  void saysNoSecretAnywhere() {
    grantTokens();
    Connection lake =
        Connection.of("lake", "aws")
            .withCredentials("key", "s3cr3t-key")
            .withExtra("{\"a\":[{\"b\":\"deep-secret\"}]}");
    Variable variable = Variable.of("v", "variable-value");
    StringBuilder said = new StringBuilder();
    StringWriter logged = new StringWriter();
    Runnable stopLogging = logEverything(logged);
    try (AirflowClient client = client(password());
        AirflowClient basic = client(Auth.basic("admin", PASSWORD::toCharArray))) {
      for (String shape : SHAPES) {
        for (int status : new int[] {200, 400, 401, 409, 422, 429, 500}) {
          for (String request :
              List.of(GET, "POST /api/v2/connections", "POST /api/v2/variables")) {
            fake.on(request, asked -> Reply.of(status, "text/plain", repeated(shape, asked)));
          }
          said.append(failure(() -> client.dags().get("a")));
          said.append(failure(() -> basic.dags().get("a")));
          said.append(failure(() -> client.connections().create(lake)));
          said.append(failure(() -> client.variables().create(variable)));
        }
      }
      said.append(lake).append(variable).append(password()).append(client);
      for (String shape : SHAPES) {
        fake.on(TOKEN, asked -> Reply.of(422, "text/plain", repeated(shape, asked)));
        try (AirflowClient other = client(password())) {
          said.append(failure(() -> other.dags().get("a")));
        }
      }
      try (AirflowClient other = client(Auth.bearer(() -> "tok\nen"))) {
        said.append(failure(() -> other.dags().get("a")));
      }
    } finally {
      stopLogging.run();
    }
    assertThat(logged.toString()).contains("POST /api/v2/connections: 422 after");
    String inJson = Json.mapper().valueToTree(PASSWORD).toString();
    assertThat(said + logged.toString())
        .contains("***", "Connection[connectionId=lake", "422")
        .doesNotContain(
            PASSWORD,
            inJson.substring(1, inJson.length() - 1),
            "eyJzdWIi",
            "c2ln",
            "tok\nen",
            "s3cr3t-key",
            "deep-secret",
            "variable-value",
            Base64.getEncoder()
                .encodeToString("admin".getBytes(StandardCharsets.UTF_8))
                .substring(0, 6));
  }

  /** What the client logs at the most talkative level. */
  private static Runnable logEverything(StringWriter to) {
    String name = AirflowClient.class.getName();
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("all")
            .setTarget(to)
            .setLayout(PatternLayout.newBuilder().withPattern("%m%n%throwable").build())
            .build();
    appender.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Level before = context.getLogger(name).getLevel();
    Configurator.setLevel(name, Level.ALL);
    context.getLogger(name).addAppender(appender);
    return () -> {
      context.getLogger(name).removeAppender(appender);
      Configurator.setLevel(name, before);
    };
  }

  private static final String[] SHAPES = {
    "{\"detail\":%s}",
    "{\"detail\":{\"you\":%s}}",
    "{\"detail\":[{\"loc\":[\"body\",%1$s],\"msg\":%1$s,\"type\":\"x\",\"input\":%1$s}]}",
    "{\"title\":%s,\"status\":400}",
    "<html><title>%s</title></html>",
    "you said: %s"
  };

  private static String repeated(String shape, Request asked) {
    return shape.formatted(Json.mapper().valueToTree(header(asked) + " " + asked.body()));
  }

  /** All that a failure says, with its causes. */
  private static String failure(Runnable call) {
    StringBuilder said = new StringBuilder();
    try {
      call.run();
    } catch (AirflowException e) {
      said.append(e.detail()).append(e.fields());
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        said.append(cause).append(List.of(cause.getSuppressed())).append('\n');
      }
    }
    return said.toString();
  }
}
