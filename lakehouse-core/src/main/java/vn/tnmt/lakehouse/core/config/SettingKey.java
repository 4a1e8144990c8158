package vn.tnmt.lakehouse.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every setting that exists, with its default. A new setting is one line here.
 *
 * <p>Secrets are never settings: see {@link Credentials}.
 */
public enum SettingKey {
  EXPORTS_ROOT("exports.root", Type.PATH, "exports", "Folder that publishers' exports appear in."),
  FEEDS_DIR("feeds.dir", Type.PATH, "", "Folder of feed files; empty: the feeds that come along."),

  BUNDLE_SIGNING_KEY(
      "bundle.signingKey",
      Type.PATH,
      "",
      "File of the key that signs contract bundles (`tnmt contracts key` makes one); mode 600."),

  STORE_KIND(
      "store.kind",
      Type.choice("embedded", "s3"),
      "embedded",
      "embedded: an S3 endpoint on loopback over a folder of the home; s3: any S3 endpoint."),
  STORE_ENDPOINT(
      "store.endpoint",
      Type.TEXT,
      "",
      "URL of the S3 endpoint; empty with store.kind s3: that of Amazon for the region."),
  STORE_REGION("store.region", Type.TEXT, "us-east-1", "Region that requests are signed for."),
  STORE_BUCKET("store.bucket", Type.TEXT, "tnmt", "Bucket of landing zone and warehouse."),
  STORE_PATH_STYLE(
      "store.pathStyle", Type.FLAG, "true", "Bucket in the path rather than in the host name."),
  STORE_CREDENTIALS(
      "store.credentials",
      Type.PATH,
      "",
      "YAML file with store.accessKey and store.secretKey; empty: AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY."),
  STORE_WAREHOUSE("store.warehouse", Type.TEXT, "warehouse", "Prefix of Iceberg's files."),

  CATALOGUE_KIND(
      "catalogue.kind",
      Type.choice("embedded", "rest"),
      "embedded",
      "embedded: a REST catalogue on loopback over catalogue.jdbc.url; rest: any Iceberg REST"
          + " catalogue."),
  CATALOGUE_URI("catalogue.uri", Type.TEXT, "", "URL of the REST catalogue (kind rest)."),
  CATALOGUE_WAREHOUSE(
      "catalogue.warehouse",
      Type.TEXT,
      "",
      "Warehouse name that the REST catalogue expects; empty: the bucket's warehouse prefix."),
  CATALOGUE_JDBC_URL(
      "catalogue.jdbc.url",
      Type.TEXT,
      "",
      "Database of the embedded catalogue; empty: SQLite in the home; else"
          + " jdbc:postgresql://host/db."),
  CATALOGUE_CREDENTIALS(
      "catalogue.credentials",
      Type.PATH,
      "",
      "YAML file with catalogue.token (rest) or catalogue.jdbcUser and catalogue.jdbcPassword;"
          + " empty: TNMT_CATALOGUE_TOKEN, TNMT_CATALOGUE_JDBC_USER,"
          + " TNMT_CATALOGUE_JDBC_PASSWORD."),

  SPARK_MASTER("spark.master", Type.TEXT, "local[*]", "Spark master, or a cluster's URL."),
  SPARK_UI("spark.ui", Type.FLAG, "false", "Spark's web page on loopback while a job runs."),
  SPARK_PARALLELISM(
      "spark.shufflePartitions",
      Type.INTEGER,
      "0",
      "Partitions of a shuffle before adaptive merging; 0: twice the local cores."),

  UP_S3_PORT("up.s3.port", Type.INTEGER, "9878", "Port of the S3 endpoint under `tnmt up`."),
  UP_CATALOGUE_PORT(
      "up.catalogue.port", Type.INTEGER, "9879", "Port of the REST catalogue under `tnmt up`."),

  AIR_INTERVAL(
      "air.intervalMinutes",
      Type.INTEGER,
      "5",
      "How often an automatic station measures (Thông tư 10/2021/TT-BTNMT: every 5 minutes)."),
  AIR_MINUTES_PER_HOUR(
      "air.completeness.minutesPerHour",
      Type.NUMBER,
      "0.75",
      "Share of an hour's minutes that must be measured for an hourly mean."),
  AIR_HOURS_PER_8(
      "air.completeness.hoursPer8", Type.INTEGER, "6", "Hourly means that an 8-hour mean needs."),
  AIR_HOURS_PER_DAY(
      "air.completeness.hoursPerDay",
      Type.INTEGER,
      "18",
      "Hourly means that a 24-hour mean needs."),
  WATER_WEIGHTING(
      "water.weighting",
      Type.choice("unweighted", "weighted"),
      "unweighted",
      "Formula of VN_WQI over the groups (Quyết định 1460/QĐ-TCMT)."),

  AUDIT_QUARANTINE_SHARE(
      "audit.quarantineShare",
      Type.NUMBER,
      "0.2",
      "Share of quarantined records above which a night is reported as unusual (house policy)."),

  NIGHT_MINIMUM_PUBLISHERS(
      "night.minimumPublishers",
      Type.INTEGER,
      "1",
      "Publishers that must have delivered before a scheduler consolidates a night (house policy)."),

  REPORT_DIR("report.dir", Type.PATH, "reports", "Folder of the national reports."),
  OUTBOX_DIR("report.outbox", Type.PATH, "outbox", "Folder of the publishers' receipts.");

  /** Settings below this prefix go to Spark as they are: {@code spark.conf.spark.sql.x: y}. */
  public static final String SPARK_CONF_PREFIX = "spark.conf.";

  /**
   * What feeds may say with {@code ${…}}: {@code feeds.variables.cong: https://…} is {@code
   * ${cong}}.
   */
  public static final String FEED_VARIABLE_PREFIX = "feeds.variables.";

  private final String key;
  private final Type type;
  private final String defaultValue;
  private final String description;

  SettingKey(String key, Type type, String defaultValue, String description) {
    this.key = key;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  public String defaultValue() {
    return defaultValue;
  }

  public String description() {
    return description;
  }

  /** All settings as a Markdown table, the text of {@code docs/settings.md}. */
  public static String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings

            One YAML file (`--conf FILE` or `TNMT_CONF`), keys nested or with dots. Relative paths are taken from the home folder.
            A key that is not here is an error that names the nearest one that is. Secrets are never settings: see `conf/production.yaml`.

            | key | type | default | meaning |
            |---|---|---|---|
            """);
    for (SettingKey setting : values()) {
      text.append("| `")
          .append(setting.key)
          .append("` | ")
          .append(
              setting.type.name().equals("choice")
                  ? String.join(", ", setting.type.choices())
                  : setting.type.name())
          .append(" | ")
          .append(setting.defaultValue.isEmpty() ? "" : "`" + setting.defaultValue + "`")
          .append(" | ")
          .append(setting.description)
          .append(" |\n");
    }
    return text.append("| `")
        .append(SPARK_CONF_PREFIX)
        .append("*` | text | | Passed on to Spark as it is, without this prefix. |\n| `")
        .append(FEED_VARIABLE_PREFIX)
        .append("*` | text | | What feeds may say with `${…}`, beside `${exports}`. |\n")
        .toString();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(SettingKey::key).toList();
  }

  static Optional<SettingKey> find(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** What a setting's text must look like. */
  public record Type(String name, List<String> choices) {
    static final Type TEXT = new Type("text", List.of());
    static final Type PATH = new Type("path", List.of());
    static final Type INTEGER = new Type("integer", List.of());
    static final Type NUMBER = new Type("number", List.of());
    static final Type FLAG = new Type("flag", List.of("true", "false"));

    static Type choice(String... choices) {
      return new Type("choice", List.of(choices));
    }

    /** Why {@code value} will not do; empty when it does. */
    Optional<String> complaint(String value) {
      return switch (name) {
        case "integer" ->
            value.matches("-?\\d{1,9}") ? Optional.empty() : Optional.of("not a whole number");
        case "number" ->
            value.matches("-?\\d{1,15}(\\.\\d{1,15})?")
                ? Optional.empty()
                : Optional.of("not a number");
        case "flag", "choice" ->
            choices.contains(value)
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", choices));
        default -> Optional.empty();
      };
    }
  }
}
