/**
 * A client for the stable REST API of Apache Airflow: 3.x ({@code /api/v2}) first, 2.x ({@code
 * /api/v1}) too. It depends on nothing else of this project, and on Jackson, SLF4J and the
 * annotations of JSpecify only.
 *
 * <pre>{@code
 * try (AirflowClient airflow =
 *     AirflowClient.builder(URI.create("http://127.0.0.1:8080"))
 *         .auth(Auth.password("admin", () -> System.getenv("AIRFLOW_PASSWORD").toCharArray()))
 *         .build()) {
 *   TriggerResult night =
 *       airflow.runs().trigger(Trigger.of("nightly").dataInterval(from, to).build());
 *   DagRun ended = airflow.runs().await(night.run(), WaitOptions.upTo(Duration.ofHours(6)));
 *   System.out.println(ended.state());
 * }
 * }</pre>
 *
 * <p>How it is laid out, from the outside in:
 *
 * <ul>
 *   <li>{@link vn.tnmt.lakehouse.orchestration.airflow.AirflowClient} and one interface for each
 *       resource: what callers see. Answers are records, in Airflow's own terms.
 *   <li>Codes such as {@link vn.tnmt.lakehouse.orchestration.airflow.RunState} are records over the
 *       server's text with constants for the known ones: a new server may say more.
 *   <li>{@code Route} is the table of all operations with their parameters and body fields in both
 *       versions. A request that is not in it cannot be made; the contract test holds it against
 *       the specifications.
 *   <li>{@code Transport} sends: credentials, time-outs, deadline, retries, errors.
 * </ul>
 */
package vn.tnmt.lakehouse.orchestration.airflow;
