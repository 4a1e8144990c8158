package vn.tnmt.lakehouse.orchestration.airflow;

/** What the server says about itself: {@code 3.2.1}, and the commit it was built from. */
public record ServerVersion(String version, String gitVersion) {}
