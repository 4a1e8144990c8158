package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Assets, which 2.x calls datasets, and their events.
 *
 * <pre>{@code
 * Asset landed = airflow.assets().byUri("tnmt://landed/air").orElseThrow();
 * airflow.assets().createEvent(landed, Map.of("night", "2026-03-14"));
 * airflow.assets().events(AssetEventQuery.all().of(landed)).toList();
 * }</pre>
 */
public interface Assets {
  Stream<Asset> list();

  /**
   * By its number.
   *
   * @throws AirflowException.Unsupported with 2.x, which finds them by URI only
   */
  Asset get(long id);

  Optional<Asset> byUri(String uri);

  /** Oldest first. */
  Stream<AssetEvent> events(AssetEventQuery query);

  /** Tells the DAGs that wait for it that the asset has changed. */
  AssetEvent createEvent(Asset asset, Map<String, ?> extra);
}
