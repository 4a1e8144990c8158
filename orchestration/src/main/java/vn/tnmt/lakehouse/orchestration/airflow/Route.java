package vn.tnmt.lakehouse.orchestration.airflow;

/**
 * Every operation that the client uses, in both versions of the API. Nothing else can be sent; the
 * contract test finds each of them, with its parameters and body fields, in the specifications.
 */
enum Route {
  VERSION(v1("GET", "/version").open(), v2("GET", "/version").open()),
  HEALTH(v1("GET", "/health").open(), v2("GET", "/monitor/health").open()),
  /** Not part of the stable API: it belongs to the auth manager. */
  TOKEN(
      null,
      Endpoint.at("POST", "/auth/token")
          .body("username", "password")
          .repeatable(true)
          .open()
          .root()),
  IMPORT_ERRORS(
      v1("GET", "/importErrors").query("limit", "offset"),
      v2("GET", "/importErrors").query("limit", "offset")),

  DAGS(
      v1("GET", "/dags")
          .query("limit", "offset", "tags", "dag_id_pattern", "paused", "only_active"),
      v2("GET", "/dags")
          .query("limit", "offset", "tags", "dag_id_pattern", "paused", "exclude_stale")),
  DAG(v1("GET", "/dags/{dag_id}"), v2("GET", "/dags/{dag_id}")),
  PATCH_DAG(
      v1("PATCH", "/dags/{dag_id}").body("is_paused"),
      v2("PATCH", "/dags/{dag_id}").body("is_paused")),

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
  RUN(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}")),
  PATCH_RUN(
      v1("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}").body("state"),
      v2("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}").body("state")),
  NOTE_RUN(
      v1("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}/setNote").body("note"),
      v2("PATCH", "/dags/{dag_id}/dagRuns/{dag_run_id}").body("note")),
  CLEAR_RUN(
      v1("POST", "/dags/{dag_id}/dagRuns/{dag_run_id}/clear").body("dry_run"),
      v2("POST", "/dags/{dag_id}/dagRuns/{dag_run_id}/clear").body("dry_run", "only_failed")),
  DELETE_RUN(
      v1("DELETE", "/dags/{dag_id}/dagRuns/{dag_run_id}"),
      v2("DELETE", "/dags/{dag_id}/dagRuns/{dag_run_id}")),
  WAIT(null, v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/wait").query("interval")),

  TASKS(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances")
          .query("limit", "offset", "state", "pool"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances")
          .query("limit", "offset", "state", "pool")),
  TASK(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}")),
  MAPPED_TASK(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}")),
  MAPPED_TASKS(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/listMapped")
          .query("limit", "offset"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/listMapped")
          .query("limit", "offset")),
  TRIES(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries")),
  MAPPED_TRIES(
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries")),
  CLEAR_TASKS(
      v1("POST", "/dags/{dag_id}/clearTaskInstances")
          .body(
              "dry_run",
              "dag_run_id",
              "task_ids",
              "only_failed",
              "include_upstream",
              "include_downstream",
              "reset_dag_runs"),
      v2("POST", "/dags/{dag_id}/clearTaskInstances")
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
      v1("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries")
          .query("limit", "offset", "map_index"),
      v2("GET", "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries")
          .query("limit", "offset", "map_index")),
  XCOM(
      v1(
              "GET",
              "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}")
          .query("map_index", "stringify"),
      v2(
              "GET",
              "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}")
          .query("map_index", "stringify")),

  VARIABLES(
      v1("GET", "/variables").query("limit", "offset"),
      v2("GET", "/variables").query("limit", "offset")),
  VARIABLE(v1("GET", "/variables/{variable_key}"), v2("GET", "/variables/{variable_key}")),
  CREATE_VARIABLE(
      v1("POST", "/variables").body("key", "value", "description"),
      v2("POST", "/variables").body("key", "value", "description")),
  PATCH_VARIABLE(
      v1("PATCH", "/variables/{variable_key}")
          .query("update_mask")
          .body("key", "value", "description"),
      v2("PATCH", "/variables/{variable_key}")
          .query("update_mask")
          .body("key", "value", "description")),
  DELETE_VARIABLE(
      v1("DELETE", "/variables/{variable_key}"), v2("DELETE", "/variables/{variable_key}")),

  CONNECTIONS(
      v1("GET", "/connections").query("limit", "offset"),
      v2("GET", "/connections").query("limit", "offset")),
  CONNECTION(v1("GET", "/connections/{connection_id}"), v2("GET", "/connections/{connection_id}")),
  CREATE_CONNECTION(
      v1("POST", "/connections")
          .body(
              "connection_id",
              "conn_type",
              "description",
              "host",
              "port",
              "schema",
              "login",
              "password",
              "extra"),
      v2("POST", "/connections")
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
      v1("PATCH", "/connections/{connection_id}")
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
              "extra"),
      v2("PATCH", "/connections/{connection_id}")
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
  DELETE_CONNECTION(
      v1("DELETE", "/connections/{connection_id}"), v2("DELETE", "/connections/{connection_id}")),

  POOLS(v1("GET", "/pools").query("limit", "offset"), v2("GET", "/pools").query("limit", "offset")),
  POOL(v1("GET", "/pools/{pool_name}"), v2("GET", "/pools/{pool_name}")),
  CREATE_POOL(
      v1("POST", "/pools").body("name", "slots", "description", "include_deferred"),
      v2("POST", "/pools").body("name", "slots", "description", "include_deferred")),
  PATCH_POOL(
      v1("PATCH", "/pools/{pool_name}")
          .query("update_mask")
          .body("name", "slots", "description", "include_deferred"),
      v2("PATCH", "/pools/{pool_name}")
          .query("update_mask")
          .body("slots", "description", "include_deferred")),
  DELETE_POOL(v1("DELETE", "/pools/{pool_name}"), v2("DELETE", "/pools/{pool_name}")),

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

  Route(Endpoint v1, Endpoint v2) {
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

  private static Endpoint v1(String method, String path) {
    return Endpoint.at(method, path);
  }

  private static Endpoint v2(String method, String path) {
    return Endpoint.at(method, path);
  }
}
