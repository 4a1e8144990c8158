package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * Variables.
 *
 * <pre>{@code
 * airflow.variables().create(Variable.of("tnmt_home", "/srv/tnmt").withDescription("launcher"));
 * }</pre>
 */
public interface Variables {
  Stream<Variable> list();

  Variable get(String key);

  /**
   * Makes a new one.
   *
   * @throws AirflowException.Conflict where there is one (3.x; 2.x overwrites it)
   */
  Variable create(Variable variable);

  /** Changes the value, and the description if there is one. */
  Variable update(Variable variable);

  void delete(String key);
}
