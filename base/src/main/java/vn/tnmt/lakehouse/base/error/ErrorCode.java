package vn.tnmt.lakehouse.base.error;

/**
 * Every error that a person can meet, with its stable number. Numbers are never reused.
 *
 * <p>Categories by thousand: 1 input (files, deliveries), 2 contracts and feeds, 3 storage, 4
 * catalogue and tables, 5 configuration and command line, 6 runs and releases, 7 Airflow, 8 Spark
 * clusters, 9 internal.
 *
 * <p>What is wrong with a single <em>row</em> is not an error but a rule's verdict: see {@code
 * table-definitions}.
 */
public enum ErrorCode {
  SOURCE_UNREADABLE(1001),
  SOURCE_MISSING(1002),
  DELIVERY_DAMAGED(1003),
  NOT_FOUND_IN_LEDGER(1004),
  DELIVERY_ENDED(1005),

  YAML_INVALID(2001),
  YAML_UNKNOWN_KEY(2002),
  CONTRACT_INVALID(2003),
  CONTRACT_UNKNOWN(2004),
  FEED_INVALID(2005),
  FEED_CONTRADICTS_CONTRACT(2006),
  CODE_LIST_INVALID(2007),
  BUNDLE_DAMAGED(2008),
  BUNDLE_UNSIGNED(2009),
  BUNDLE_KEY_UNKNOWN(2010),
  NATIONAL_INVALID(2011),
  SECTION_INVALID(2012),

  STORE_UNREACHABLE(3001),
  STORE_FAILED(3002),
  OBJECT_MISSING(3003),
  DISK_FULL(3004),

  CATALOGUE_UNREACHABLE(4001),
  TABLE_CHANGE_UNSAFE(4002),
  TABLE_MISSING(4003),
  SQL_FAILED(4004),
  SQL_NOT_READ_ONLY(4005),
  BRANCH_DIVERGED(4006),
  MAIN_PROTECTED(4007),
  TABLE_DAMAGED(4008),
  CATALOGUE_DATABASE_FAILED(4009),

  SETTING_UNKNOWN(5001),
  SETTING_INVALID(5002),
  HOME_IN_USE(5003),
  ARGUMENT_INVALID(5004),
  HOME_INVALID(5005),
  PORT_IN_USE(5006),
  INSTALLATION_INCOMPLETE(5007),

  ROWS_NOT_CONSERVED(6001),
  AUDIT_FAILED(6002),
  RELEASE_UNKNOWN(6003),
  RUN_FAILED(6004),
  RELEASE_DAMAGED(6005),
  PAST_BROKEN(6006),
  STOPPED(6007),
  LEASE_HELD(6008),
  LEASE_LOST(6009),
  RELEASE_EXPIRED(6011),
  ERASURE_HELD(6012),

  AIRFLOW_FAILED(7001),

  CLUSTER_UNREACHABLE(8001),
  CLUSTER_FAILED(8002),

  INTERNAL(9001);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /**
   * Whether the same command may succeed later without anybody changing what it was given. What is
   * wrong in a contract, a feed, a setting or an argument stays wrong.
   */
  public boolean mayPass() {
    return switch (number / 1000) {
      case 2 -> false;
      case 5 -> this == HOME_IN_USE || this == PORT_IN_USE;
      case 6 -> this != RELEASE_EXPIRED;
      default -> true;
    };
  }

  /** Whether disk, store, catalogue or cluster failed: whatever comes next would fail alike. */
  public boolean ofStorage() {
    return switch (this) {
      case STORE_UNREACHABLE,
          STORE_FAILED,
          DISK_FULL,
          CATALOGUE_UNREACHABLE,
          CATALOGUE_DATABASE_FAILED,
          CLUSTER_UNREACHABLE,
          CLUSTER_FAILED ->
          true;
      default -> false;
    };
  }

  /** The code as people see it, for example {@code TNMT-2002}. */
  public String id() {
    return "TNMT-" + number;
  }
}
