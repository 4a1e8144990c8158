package vn.tnmt.lakehouse.core.config;

import static vn.tnmt.lakehouse.core.config.Setting.Type.FLAG;
import static vn.tnmt.lakehouse.core.config.Setting.Type.PATH;
import static vn.tnmt.lakehouse.core.config.Setting.Type.TEXT;
import static vn.tnmt.lakehouse.core.config.Setting.Type.choice;
import static vn.tnmt.lakehouse.core.config.Setting.Type.integer;
import static vn.tnmt.lakehouse.core.config.Setting.Type.number;

import java.util.List;

/**
 * Every setting of the platform, with its default. A new setting is one line here; those of a
 * national dataset are its policies and stand with it ({@link SettingSource}).
 *
 * <p>Secrets are never settings: see {@link Credentials}.
 */
public enum SettingKey {
  EXPORTS_ROOT("exports.root", PATH, "exports", "Folder that publishers' exports appear in."),
  FEEDS_DIR("feeds.dir", PATH, "", "Folder of feed files; empty: the feeds that come along."),

  BUNDLE_SIGNING_KEY(
      "bundle.signingKey",
      PATH,
      "",
      "File of the key that signs contract bundles (`tnmt contracts key` makes one); mode 600."),

  STORE_KIND(
      "store.kind",
      choice("embedded", "s3"),
      "embedded",
      "embedded: an S3 endpoint on loopback over a folder of the home; s3: any S3 endpoint."),
  STORE_ENDPOINT(
      "store.endpoint",
      TEXT,
      "",
      "URL of the S3 endpoint; empty with store.kind s3: that of Amazon for the region."),
  STORE_REGION("store.region", TEXT, "us-east-1", "Region that requests are signed for."),
  STORE_BUCKET("store.bucket", TEXT, "tnmt", "Bucket of landing zone and warehouse."),
  STORE_PATH_STYLE(
      "store.pathStyle", FLAG, "true", "Bucket in the path rather than in the host name."),
  STORE_CREDENTIALS(
      "store.credentials",
      PATH,
      "",
      "YAML file with store.accessKey and store.secretKey; empty: AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY."),
  STORE_READER_CREDENTIALS(
      "store.readerCredentials",
      PATH,
      "",
      "YAML file with the store.accessKey and store.secretKey of those who only read (`tnmt sql`);"
          + " empty: the same as the writers'. The embedded store has a key for readers of its own."),
  STORE_WAREHOUSE("store.warehouse", TEXT, "warehouse", "Prefix of Iceberg's files."),

  CATALOGUE_KIND(
      "catalogue.kind",
      choice("embedded", "rest"),
      "embedded",
      "embedded: a REST catalogue on loopback over catalogue.jdbc.url; rest: any Iceberg REST"
          + " catalogue."),
  CATALOGUE_URI("catalogue.uri", TEXT, "", "URL of the REST catalogue (kind rest)."),
  CATALOGUE_WAREHOUSE(
      "catalogue.warehouse",
      TEXT,
      "",
      "Warehouse name that the REST catalogue expects; empty: the bucket's warehouse prefix."),
  CATALOGUE_JDBC_URL(
      "catalogue.jdbc.url",
      TEXT,
      "",
      "Database of the embedded catalogue; empty: SQLite in the home; else"
          + " jdbc:postgresql://host/db."),
  CATALOGUE_CREDENTIALS(
      "catalogue.credentials",
      PATH,
      "",
      "YAML file with catalogue.token (rest) or catalogue.jdbcUser and catalogue.jdbcPassword;"
          + " empty: TNMT_CATALOGUE_TOKEN, TNMT_CATALOGUE_JDBC_USER,"
          + " TNMT_CATALOGUE_JDBC_PASSWORD."),

  CATALOGUE_READER_CREDENTIALS(
      "catalogue.readerCredentials",
      PATH,
      "",
      "YAML file with the catalogue.token of those who only read (kind rest); empty: the same as"
          + " the writers', and the client alone refuses commits."),

  STANDARDISE_COMPARED_WHOLE(
      "standardise.comparedWhole",
      integer(0, Integer.MAX_VALUE),
      "500000",
      "Up to so many records of a night, and rows of a table, are all compared with each other; of"
          + " more only those whose key somebody else has."),

  LEASE_SECONDS(
      "lease.seconds",
      integer(10, 3_600),
      "60",
      "How long the right to write to the lake lasts without being renewed: a holder that died is"
          + " taken over after this time. It is renewed four times within it."),
  LEASE_WAIT(
      "lease.waitSeconds",
      integer(0, 86_400),
      "120",
      "How long a command waits for another host's that writes, before it says who does; with less"
          + " than lease.seconds no dead one is taken over."),

  MAINTAIN_RELEASE_DAYS(
      "maintain.releaseDays",
      integer(7, 36_500),
      "400",
      "Releases of the last so many days can be read, by business date or by when they were made."),
  MAINTAIN_RELEASE_MONTHS(
      "maintain.releaseMonths",
      integer(0, 1_200),
      "1200",
      "Beyond those days the last release of each of so many months can be read, too."),
  MAINTAIN_SNAPSHOT_HOURS(
      "maintain.snapshotHours",
      integer(1, 8_760),
      "24",
      "A table's snapshot that no release, branch or tag names is kept for so long: somebody may be"
          + " reading it."),
  MAINTAIN_EVERY_DAYS(
      "maintain.everyDays",
      integer(1, 365),
      "7",
      "Days after which a night that releases something expires releases and snapshots."),
  MAINTAIN_COMPACT_FILES(
      "maintain.compactFiles",
      integer(2, 1_000),
      "8",
      "So many files of about one size in a partition become one."),
  MAINTAIN_FILE_MEGABYTES(
      "maintain.fileMegabytes",
      integer(1, 4_096),
      "128",
      "How large a data file should be; those near to it are left as they are."),
  MAINTAIN_DELETED_SHARE(
      "maintain.deletedShare",
      number(0.01, 1),
      "0.2",
      "Share of a data file's rows that are deleted from which on it is written without them."),
  MAINTAIN_THOROUGH_DAYS(
      "maintain.thoroughDays",
      integer(1, 3_650),
      "30",
      "Days after which a night looks for small files in every partition, not only in those that it"
          + " wrote, and maintenance for objects that nothing names."),
  MAINTAIN_ORPHAN_DAYS(
      "maintain.orphanDays",
      integer(1, 3_650),
      "7",
      "An object of a table's folder that nothing names is kept for so long: somebody may be about"
          + " to commit it. Longer than any night takes, and than clocks differ."),
  MAINTAIN_BUDGET(
      "maintain.budgetSeconds",
      integer(10, 86_400),
      "900",
      "How long maintenance may begin new work, in a night for compaction and for the rest each;"
          + " what is not reached comes another time."),

  SPARK_MASTER("spark.master", TEXT, "local[*]", "Spark master, or a cluster's URL."),
  SPARK_UI("spark.ui", FLAG, "false", "Spark's web page on loopback while a job runs."),
  SPARK_PARALLELISM(
      "spark.shufflePartitions",
      integer(0, 100_000),
      "0",
      "Partitions of a shuffle before adaptive merging; 0: twice the local cores."),
  SPARK_PATIENCE(
      "spark.patienceSeconds",
      integer(5, 86_400),
      "300",
      "How long a cluster may leave work without any executor until it is given up."),

  CLUSTER_PORT(
      "cluster.port",
      integer(0, 65_535),
      "7077",
      "Port of the master of `tnmt cluster`; 0: any free one."),
  CLUSTER_UI_PORT(
      "cluster.ui.port",
      integer(0, 65_535),
      "8080",
      "Port of that master's web page; 0: any free one."),
  CLUSTER_WORKER_CORES(
      "cluster.worker.cores",
      integer(0, 1_024),
      "0",
      "Cores of each of its two workers; 0: half of the machine's."),
  CLUSTER_WORKER_MEMORY(
      "cluster.worker.memory",
      integer(512, 1_000_000),
      "2048",
      "Memory of each of its workers in MB, which is the heap of the executor there."),

  UP_S3_PORT("up.s3.port", integer(0, 65_535), "9878", "Port of the S3 endpoint under `tnmt up`."),
  UP_CATALOGUE_PORT(
      "up.catalogue.port",
      integer(0, 65_535),
      "9879",
      "Port of the REST catalogue under `tnmt up`."),

  AUDIT_QUARANTINE_SHARE(
      "audit.quarantineShare",
      number(0, 1),
      "0.2",
      "Share of quarantined records above which a night is reported as unusual (house policy)."),

  NIGHT_MINIMUM_PUBLISHERS(
      "night.minimumPublishers",
      integer(0, 10_000),
      "1",
      "Publishers that must have delivered before a scheduler consolidates a night (house policy)."),

  LANDING_KEEP_DAYS(
      "landing.keepDays",
      integer(8, 36_500),
      "400",
      "Days after its release that a delivery's bytes stay in landing, where its feed says nothing"
          + " else (landing.keepDays of the feed)."),

  ERASE_KEPT_RELEASES(
      "erase.keptReleases",
      choice("refuse", "withdraw"),
      "refuse",
      "What an erasure does when releases that are kept hold what is to be erased. refuse: it names"
          + " them and does nothing; withdraw: they can no longer be read."),

  REPORT_DIR("report.dir", PATH, "reports", "Folder of the national reports."),
  OUTBOX_DIR("report.outbox", PATH, "outbox", "Folder of the publishers' receipts.");

  /** Settings below this prefix go to Spark as they are: {@code spark.conf.spark.sql.x: y}. */
  public static final String SPARK_CONF_PREFIX = "spark.conf.";

  /**
   * What feeds may say with {@code ${…}}: {@code feeds.variables.cong: https://…} is {@code
   * ${cong}}.
   */
  public static final String FEED_VARIABLE_PREFIX = "feeds.variables.";

  @SuppressWarnings("ImmutableEnumChecker") // its lists are List.of
  private final Setting setting;

  SettingKey(String key, Setting.Type type, String defaultValue, String description) {
    this.setting = new Setting(key, type, defaultValue, description, List.of());
  }

  public Setting setting() {
    return setting;
  }

  public String key() {
    return setting.key();
  }
}
