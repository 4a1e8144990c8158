package vn.tnmt.lakehouse.orchestration.airflow;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Airflow's REST API. Thread-safe: make one for a server and share it; it has one connection pool.
 *
 * <p>Which API the server has is asked at the first call. What the server's version lacks throws
 * {@link AirflowException.Unsupported}; all failures are {@link AirflowException}s. Lists come as
 * lazy streams that fetch a page when they need it. Interrupting the calling thread, or {@link
 * #close}, cancels a call with {@link AirflowException.Cancelled}.
 *
 * <pre>{@code
 * try (AirflowClient airflow = AirflowClient.builder(uri).auth(Auth.bearer(() -> token)).build()) {
 *   if (!airflow.health().isHealthy()) {
 *     airflow.importErrors().forEach(System.err::println);
 *   }
 * }
 * }</pre>
 */
public interface AirflowClient extends AutoCloseable {
  /**
   * A client for the Airflow at this address, as people open it in a browser: {@code
   * http://127.0.0.1:8080} or {@code https://host/airflow}.
   */
  static Builder builder(URI address) {
    return new Builder(address);
  }

  /** Which API is used: given to the builder, or found by asking the server once. */
  ApiVersion apiVersion();

  ServerVersion version();

  /** How the server is; asks without credentials where those would have to be fetched first. */
  Health health();

  /** The DAG files that Airflow could not read. */
  Stream<ImportError> importErrors();

  Dags dags();

  Runs runs();

  TaskInstances taskInstances();

  Logs logs();

  XComs xcoms();

  Variables variables();

  Connections connections();

  Pools pools();

  Assets assets();

  Backfills backfills();

  /** Cancels the calls under way; later ones fail. */
  @Override
  void close();

  /** Settings of a client. Building makes no connection. */
  final class Builder {
    final URI address;
    Auth auth = Auth.none();
    ApiVersion version;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration requestTimeout = Duration.ofSeconds(30);
    Duration callDeadline = Duration.ofMinutes(2);
    int attempts = 4;
    Time time = Time.system();

    private Builder(URI address) {
      String scheme = address.getScheme();
      if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException("not an http or https address of a server");
      }
      if (address.getRawUserInfo() != null
          || address.getRawQuery() != null
          || address.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "an address has no user, query or fragment; credentials go to auth(…)");
      }
      if (address.getPath().matches(".*/api/v\\d+/?")) {
        throw new IllegalArgumentException("the address ends before /api/v…: " + address);
      }
      this.address = URI.create(address.toString().replaceFirst("/+$", ""));
    }

    /** How the client proves who it is; nothing unless given. */
    public Builder auth(Auth how) {
      auth = Objects.requireNonNull(how);
      return this;
    }

    /** The API to use, instead of asking the server. */
    public Builder version(ApiVersion known) {
      version = known;
      return this;
    }

    /** 5 s unless given. */
    public Builder connectTimeout(Duration limit) {
      connectTimeout = positive(limit);
      return this;
    }

    /**
     * For one request with the whole of its answer, 30 s unless given; for a log it is the longest
     * silence.
     */
    public Builder requestTimeout(Duration limit) {
      requestTimeout = positive(limit);
      return this;
    }

    /** For one call with all its attempts and the pauses between; 2 min unless given. */
    public Builder callDeadline(Duration limit) {
      callDeadline = positive(limit);
      return this;
    }

    /** How often a request that may be repeated is sent at most; 4 unless given. */
    public Builder attempts(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("at least one attempt, not " + most);
      }
      attempts = most;
      return this;
    }

    /** For tests: another clock. */
    Builder time(Time other) {
      time = other;
      return this;
    }

    public AirflowClient build() {
      return new HttpAirflowClient(new Transport(this));
    }

    private static Duration positive(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("a limit of time is positive, not " + limit);
      }
      return limit;
    }
  }
}
