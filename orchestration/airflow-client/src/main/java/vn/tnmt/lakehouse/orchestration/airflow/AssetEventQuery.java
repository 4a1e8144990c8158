package vn.tnmt.lakehouse.orchestration.airflow;

/** Which asset events to list: {@code AssetEventQuery.all().of(asset)}; null matches any. */
public record AssetEventQuery(
    Long assetId, String sourceDagId, String sourceTaskId, String sourceRunId) {
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
