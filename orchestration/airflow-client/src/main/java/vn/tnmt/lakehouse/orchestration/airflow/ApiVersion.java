package vn.tnmt.lakehouse.orchestration.airflow;

/** The two generations of Airflow's stable REST API. */
public enum ApiVersion {
  /** Airflow 2.x. */
  V1("/api/v1"),
  /** Airflow 3.x. */
  V2("/api/v2");

  private final String prefix;

  ApiVersion(String prefix) {
    this.prefix = prefix;
  }

  /** What every path of this API begins with. */
  public String prefix() {
    return prefix;
  }
}
