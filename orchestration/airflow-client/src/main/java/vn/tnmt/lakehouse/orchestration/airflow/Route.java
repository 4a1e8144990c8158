package vn.tnmt.lakehouse.orchestration.airflow;

import org.jspecify.annotations.Nullable;

/**
 * Every operation that the client uses, in both versions of the API. Nothing else can be sent; the
 * contract test finds each of them, with its parameters and body fields, in the specifications.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists of an Endpoint are unmodifiable
enum Route {
  VERSION(both("GET", "/version").open()),
  HEALTH(v1("GET", "/health").open(), v2("GET", "/monitor/health").open()),
  /** Not part of the stable API: it belongs to the auth manager. */
  TOKEN(
      null,
      Endpoint.at("POST", "/auth/token")
          .body("username", "password")
          .repeatable(true)
          .open()
          .root()),
  IMPORT_ERRORS(both("GET", "/importErrors").query("limit", "offset")),

  DAGS(
      v1("GET", "/dags")
          .query("limit", "offset", "tags", "dag_id_pattern", "paused", "only_active"),
      v2("GET", "/dags")
          .query("limit", "offset", "tags", "dag_id_pattern", "paused", "exclude_stale")),
  DAG(both("GET", "/dags/{dag_id}")),
  PATCH_DAG(both("PATCH", "/dags/{dag_id}").body("is_paused")),

  RUNS(
      v1("GET", "/dags/{dag_id}/dagRuns")
          .query(
              "limit",
              "offset",
              "state",
              "execution_date_gte",
              "execution_date_lte",
              "start_date_gte",
              "start_date_lte",
              "order_by"),
      v2("GET", "/dags/{dag_id}/dagRuns")
          .query(
              "limit",
              "offset",
              "state",
              "run_type",
              "logical_date_gte",
              "logical_date_lte",
              "start_date_gte",
              "start_date_lte",
              "order_by")),
  TRIGGER(
      v1("POST", "/dags/{dag_id}/dagRuns")
          .body(
              "dag_run_id",
              "logical_date",
              "data_interval_start",
              "data_interval_end",
              "conf",
              "note"),
      v2("POST", "/dags/{dag_id}/dagRuns")
          .body(
              "dag_run_id",
              "logical_date",
              "data_interval_start",
              "data_interval_end",
              "run_after",
              "partition_key",
              "conf",
              "note")),
  RUN(both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}")),
  PATCH_RUN(both("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}").body("state")),
  NOTE_RUN(
      v1("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}/setNote").body("note"),
      v2("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}").body("note")),
  CLEAR_RUN(
      v1("POST", "/dags/{dag_id}/dagRuns/{dag_run_id}/clear").body("dry_run"),
      v2("POST", "/dags/{dag_id}/dagRuns/{dag_run_id}/clear").body("dry_run", "only_failed")),
  DELETE_RUN(both("DELETE", "/dags/{dag_id}/dagRuns/{dag_run_id}")),
  WAIT(null, v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/wait").query("interval")),

  TASKS(
      both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances")
          .query("limit", "offset", "state", "pool")),
  TASK(both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}")),
  MAPPED_TASK(
      both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}")),
  MAPPED_TASKS(
      both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/listMapped")
          .query("limit", "offset")),
  TRIES(both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries")),
  MAPPED_TRIES(
      both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries")),
  CLEAR_TASKS(
      both("POST", "/dags/{dag_id}/clearTaskInstances")
          .body(
              "dry_run",
              "dag_run_id",
              "task_ids",
              "only_failed",
              "include_upstream",
              "include_downstream",
              "reset_dag_runs")),
  LOGS(
      v1(
              "GET",
              "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{task_try_number}")
          .query("map_index", "token"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{try_number}")
          .query("map_index", "token")),

  XCOMS(
      both("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries")
          .query("limit", "offset", "map_index")),
  XCOM(
      both(
              "GET",
              "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}")
          .query("map_index", "stringify")),

  VARIABLES(both("GET", "/variables").query("limit", "offset")),
  VARIABLE(both("GET", "/variables/{variable_key}")),
  CREATE_VARIABLE(both("POST", "/variables").body("key", "value", "description")),
  PATCH_VARIABLE(
      both("PATCH", "/variables/{variable_key}")
          .query("update_mask")
          .body("key", "value", "description")),
  DELETE_VARIABLE(both("DELETE", "/variables/{variable_key}")),

  CONNECTIONS(both("GET", "/connections").query("limit", "offset")),
  CONNECTION(both("GET", "/connections/{connection_id}")),
  CREATE_CONNECTION(
      both("POST", "/connections")
          .body(
              "connection_id",
              "conn_type",
              "description",
              "host",
              "port",
              "schema",
              "login",
              "password",
              "extra")),
  PATCH_CONNECTION(
      both("PATCH", "/connections/{connection_id}")
          .query("update_mask")
          .body(
              "connection_id",
              "conn_type",
              "description",
              "host",
              "port",
              "schema",
              "login",
              "password",
              "extra")),
  DELETE_CONNECTION(both("DELETE", "/connections/{connection_id}")),

  POOLS(both("GET", "/pools").query("limit", "offset")),
  POOL(both("GET", "/pools/{pool_name}")),
  CREATE_POOL(both("POST", "/pools").body("name", "slots", "description", "include_deferred")),
  PATCH_POOL(
      v1("PATCH", "/pools/{pool_name}")
          .query("update_mask")
          .body("name", "slots", "description", "include_deferred"),
      v2("PATCH", "/pools/{pool_name}")
          .query("update_mask")
          .body("pool", "slots", "description", "include_deferred")),
  DELETE_POOL(both("DELETE", "/pools/{pool_name}")),

  ASSETS(
      v1("GET", "/datasets").query("limit", "offset", "uri_pattern"),
      v2("GET", "/assets").query("limit", "offset", "uri_pattern")),
  ASSET(null, v2("GET", "/assets/{asset_id}")),
  ASSET_EVENTS(
      v1("GET", "/datasets/events")
          .query(
              "limit", "offset", "dataset_id", "source_dag_id", "source_task_id", "source_run_id"),
      v2("GET", "/assets/events")
          .query(
              "limit", "offset", "asset_id", "source_dag_id", "source_task_id", "source_run_id")),
  CREATE_ASSET_EVENT(
      v1("POST", "/datasets/events").body("dataset_uri", "extra"),
      v2("POST", "/assets/events").body("asset_id", "extra")),

  BACKFILLS(null, v2("GET", "/backfills").query("limit", "offset", "dag_id")),
  BACKFILL(null, v2("GET", "/backfills/{backfill_id}")),
  CREATE_BACKFILL(
      null,
      v2("POST", "/backfills")
          .body(
              "dag_id",
              "from_date",
              "to_date",
              "run_backwards",
              "dag_run_conf",
              "reprocess_behavior",
              "max_active_runs")),
  DRY_RUN_BACKFILL(
      null,
      v2("POST", "/backfills/dry_run")
          .body(
              "dag_id",
              "from_date",
              "to_date",
              "run_backwards",
              "dag_run_conf",
              "reprocess_behavior",
              "max_active_runs")
          .repeatable(true)),
  PAUSE_BACKFILL(null, v2("PUT", "/backfills/{backfill_id}/pause")),
  UNPAUSE_BACKFILL(null, v2("PUT", "/backfills/{backfill_id}/unpause")),
  /** Not repeated: one that is cancelled already is a conflict. */
  CANCEL_BACKFILL(null, v2("PUT", "/backfills/{backfill_id}/cancel").repeatable(false));

  private final Endpoint v1;
  private final Endpoint v2;

  Route(Endpoint both) {
    this(both, both);
  }

  Route(@Nullable Endpoint v1, Endpoint v2) {
    this.v1 = v1;
    this.v2 = v2;
  }

  /** What is sent to a server of this version; null where it has nothing of the kind. */
  Endpoint in(ApiVersion version) {
    return switch (version) {
      case V1 -> v1;
      case V2 -> v2;
    };
  }

  private static Endpoint both(String method, String path) {
    return Endpoint.at(method, path);
  }

  private static Endpoint v1(String method, String path) {
    return Endpoint.at(method, path);
  }

  private static Endpoint v2(String method, String path) {
    return Endpoint.at(method, path);
  }
}
