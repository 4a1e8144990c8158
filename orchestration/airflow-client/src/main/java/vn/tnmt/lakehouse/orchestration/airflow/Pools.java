package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * Pools.
 *
 * <pre>{@code
 * airflow.pools().create(Pool.of("spark", 1).withDescription("one Spark at a time"));
 * }</pre>
 */
public interface Pools {
  Stream<Pool> list();

  Pool get(String name);

  /**
   * Makes a new one.
   *
   * @throws AirflowException.Conflict where there is one
   */
  Pool create(Pool pool);

  /** Changes slots, description and includeDeferred where they are not null. */
  Pool update(Pool pool);

  void delete(String name);
}
