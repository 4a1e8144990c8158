package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * How a client proves who it is. Secrets are asked for when they are needed, and no {@code
 * toString} shows them.
 *
 * <pre>{@code
 * Auth.password("admin", () -> console.readPassword("Airflow password: "))
 * }</pre>
 */
public sealed interface Auth {
  /** No credentials. */
  static Auth none() {
    return new None();
  }

  /** HTTP Basic, for 2.x with that backend. The array is wiped after use: supply a fresh one. */
  static Auth basic(String user, Supplier<char[]> password) {
    return new Basic(user, password);
  }

  /** A token made elsewhere; asked for at every request, and again after a 401. */
  static Auth bearer(Supplier<String> token) {
    return new Bearer(token);
  }

  /**
   * User and password: a token from {@code POST /auth/token}, renewed before it expires, with 3.x;
   * HTTP Basic with 2.x. The array is wiped after use: supply a fresh one.
   */
  static Auth password(String user, Supplier<char[]> password) {
    return new Password(user, password);
  }

  /** See {@link #none}. */
  record None() implements Auth {}

  /** See {@link #basic}. */
  record Basic(String user, Supplier<char[]> password) implements Auth {
    public Basic {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /** See {@link #bearer}. */
  record Bearer(Supplier<String> token) implements Auth {
    public Bearer {
      Objects.requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }

  /** See {@link Auth#password}. */
  record Password(String user, Supplier<char[]> password) implements Auth {
    public Password {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return "Password[user=" + user + "]";
    }
  }
}
