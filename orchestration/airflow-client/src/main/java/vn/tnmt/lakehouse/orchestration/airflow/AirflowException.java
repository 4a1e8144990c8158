package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to Airflow failed; the subclass says how. The message names the request, the status and
 * what the server said of it. No exception carries credentials, or the body of a request.
 */
public abstract sealed class AirflowException extends RuntimeException {
  private final transient Failure failure;

  private AirflowException(Failure failure) {
    super(failure.message(), failure.cause());
    this.failure = failure;
  }

  /** The request, for instance {@code POST /api/v2/dags/nightly/dagRuns}. */
  public String request() {
    return failure.request();
  }

  /** The HTTP status; 0 where no answer came. */
  public int status() {
    return failure.status();
  }

  /** What the server said, without markup; empty if nothing. */
  public String detail() {
    return failure.detail().text();
  }

  /** What the server said of single fields; empty if nothing. */
  public List<FieldError> fields() {
    return failure.detail().fields();
  }

  /** How long the server asked to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(failure.retryAfter());
  }

  Failure failure() {
    return failure;
  }

  /** Whether the same request may succeed later: the server is away, busy or out of order. */
  public boolean isTransient() {
    return false;
  }

  /**
   * What is wrong with a field of the request.
   *
   * @param location where, as {@code body.conf}
   * @param type the server's code, as {@code missing}; may be empty
   */
  public record FieldError(String location, String message, String type) {}

  /** What the server said of a failure. */
  record Detail(String text, List<FieldError> fields) {
    static final Detail EMPTY = new Detail("", List.of());
  }

  /** All that is known of a failure. */
  record Failure(
      String request,
      int status,
      String summary,
      Detail detail,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    static Failure of(String request, String summary) {
      return new Failure(request, 0, summary, Detail.EMPTY, null, null);
    }

    Failure because(Throwable reason) {
      return new Failure(request, status, summary, detail, retryAfter, reason);
    }

    String message() {
      StringBuilder message = new StringBuilder(request).append(": ");
      if (status != 0) {
        message.append(status).append(' ');
      }
      message.append(summary);
      if (!detail.text().isEmpty()) {
        message.append(": ").append(detail.text());
      }
      return message.toString();
    }
  }

  /** 401: the credentials are missing, wrong or expired. */
  public static final class Unauthorized extends AirflowException {
    Unauthorized(Failure failure) {
      super(failure);
    }
  }

  /**
   * 403: the user may not do this. Airflow 2.x with its FAB users answers so, not with 401, to a
   * wrong user or password: who is not known counts as its role Public.
   */
  public static final class Forbidden extends AirflowException {
    Forbidden(Failure failure) {
      super(failure);
    }
  }

  /** 404: there is no such DAG, run, task or other thing. */
  public static final class NotFound extends AirflowException {
    NotFound(Failure failure) {
      super(failure);
    }
  }

  /** 409: what is there forbids it. */
  public static final class Conflict extends AirflowException {
    Conflict(Failure failure) {
      super(failure);
    }
  }

  /** A trigger found another run under its run id or logical date. Nothing was changed. */
  public static final class RunConflict extends AirflowException {
    private final transient DagRun existing;

    RunConflict(Failure failure, DagRun existing) {
      super(failure);
      this.existing = existing;
    }

    /** The run that is there. */
    public DagRun existing() {
      return existing;
    }
  }

  /** 400 or 422 and other refusals: the server does not accept the request; see {@link #fields}. */
  public static final class Invalid extends AirflowException {
    Invalid(Failure failure) {
      super(failure);
    }
  }

  /** 429: too many requests; see {@link #retryAfter}. */
  public static final class RateLimited extends AirflowException {
    RateLimited(Failure failure) {
      super(failure);
    }

    @Override
    public boolean isTransient() {
      return true;
    }
  }

  /** 5xx: the server, or a proxy before it, is out of order. */
  public static final class ServerFault extends AirflowException {
    ServerFault(Failure failure) {
      super(failure);
    }

    @Override
    public boolean isTransient() {
      return true;
    }
  }

  /** The server cannot be reached, or the connection broke before the answer was complete. */
  public static final class Unreachable extends AirflowException {
    Unreachable(Failure failure) {
      super(failure);
    }

    @Override
    public boolean isTransient() {
      return true;
    }
  }

  /** No complete answer, or not the awaited end, within the time given. */
  public static final class Timeout extends AirflowException {
    Timeout(Failure failure) {
      super(failure);
    }

    @Override
    public boolean isTransient() {
      return true;
    }
  }

  /** The answer is not what this API answers: half of it, a web page, endless pages. */
  public static final class Malformed extends AirflowException {
    Malformed(Failure failure) {
      super(failure);
    }

    @Override
    public boolean isTransient() {
      return true;
    }
  }

  /** The server's version does not have this. */
  public static final class Unsupported extends AirflowException {
    Unsupported(Failure failure) {
      super(failure);
    }
  }

  /** The calling thread was interrupted (its flag is set again), or the client was closed. */
  public static final class Cancelled extends AirflowException {
    Cancelled(Failure failure) {
      super(failure);
    }
  }
}
