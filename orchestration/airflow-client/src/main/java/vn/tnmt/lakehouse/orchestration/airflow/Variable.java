package vn.tnmt.lakehouse.orchestration.airflow;

import org.jspecify.annotations.Nullable;

/** A variable. Its value may be a secret, so {@link #toString} keeps it to itself. */
public record Variable(
    String key, String value, @Nullable String description, @Nullable Boolean isEncrypted) {
  /** One to be created or changed. */
  public static Variable of(String key, String value) {
    return new Variable(key, value, null, null);
  }

  public Variable withDescription(String text) {
    return new Variable(key, value, text, isEncrypted);
  }

  @Override
  public String toString() {
    return "Variable[key=" + key + ", description=" + description + "]";
  }
}
