package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Instant;

/** A DAG file that Airflow could not read. {@code bundleName} is of 3.x. */
public record ImportError(
    Long importErrorId, Instant timestamp, String filename, String bundleName, String stackTrace) {}
