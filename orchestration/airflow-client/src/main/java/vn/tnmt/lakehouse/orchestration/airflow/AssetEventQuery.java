package vn.tnmt.lakehouse.orchestration.airflow;

import org.jspecify.annotations.Nullable;

/** Which asset events to list: {@code AssetEventQuery.all().of(asset)}; null matches any. */
public record AssetEventQuery(
    @Nullable Long assetId,
    @Nullable String sourceDagId,
    @Nullable String sourceTaskId,
    @Nullable String sourceRunId) {
  public static AssetEventQuery all() {
    return new AssetEventQuery(null, null, null, null);
  }

  public AssetEventQuery of(Asset asset) {
    return new AssetEventQuery(asset.id(), sourceDagId, sourceTaskId, sourceRunId);
  }

  /** Those that a run's tasks made. */
  public AssetEventQuery fromRun(String dagId, String runId) {
    return new AssetEventQuery(assetId, dagId, sourceTaskId, runId);
  }
}
