package vn.tnmt.lakehouse.core.store;

import java.io.Serializable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;

/**
 * How to reach the object store, in the words of each of its clients. Serializable, so that Spark
 * tasks can open the store; {@link #toString} hides the secret.
 *
 * @param endpoint URL of the endpoint; empty for Amazon's own
 * @param region region that requests are signed for
 * @param bucket bucket of landing zone and warehouse
 * @param pathStyle bucket in the path rather than in the host name
 * @param overrides what {@code spark.conf} says of either client, in Spark's words; it wins over
 *     what is set here, in Spark, in its tasks and outside of Spark alike
 */
public record StoreAccess(
    String endpoint,
    String region,
    String bucket,
    boolean pathStyle,
    String accessKey,
    String secretKey,
    Map<String, String> overrides)
    implements Serializable {

  private static final String OF_HADOOP = "spark.hadoop.";
  private static final String OF_ICEBERG = "spark.sql.catalog.lake.";

  /** A store of which nothing is overridden. */
  public StoreAccess(
      String endpoint,
      String region,
      String bucket,
      boolean pathStyle,
      String accessKey,
      String secretKey) {
    this(endpoint, region, bucket, pathStyle, accessKey, secretKey, Map.of());
  }

  /** The store that the settings name. */
  public static StoreAccess of(Settings settings, Credentials credentials) {
    return new StoreAccess(
        settings.text(SettingKey.STORE_ENDPOINT),
        settings.text(SettingKey.STORE_REGION),
        settings.text(SettingKey.STORE_BUCKET),
        settings.flag(SettingKey.STORE_PATH_STYLE),
        credentials.accessKey(),
        credentials.secretKey(),
        overrides(settings.sparkConf()));
  }

  private static Map<String, String> overrides(Map<String, String> sparkConf) {
    Map<String, String> found = new TreeMap<>(sparkConf);
    found.keySet().removeIf(key -> !key.startsWith(OF_HADOOP) && !key.startsWith(OF_ICEBERG));
    return found;
  }

  /** The same bucket behind the embedded endpoint. */
  public StoreAccess at(URI embedded) {
    return new StoreAccess(
        embedded.toString(), region, bucket, true, accessKey, secretKey, overrides);
  }

  /** The same store with other keys. */
  public StoreAccess with(Credentials credentials) {
    return new StoreAccess(
        endpoint,
        region,
        bucket,
        pathStyle,
        credentials.accessKey(),
        credentials.secretKey(),
        overrides);
  }

  /** {@code s3://bucket/prefix}, as Iceberg writes it. */
  public String location(String prefix) {
    return "s3://" + bucket + "/" + prefix;
  }

  /**
   * Properties of Iceberg's S3FileIO. Files of up to one and a half parts are put in one request: a
   * store that keeps files puts the parts of the others together by copying them. A store that
   * fails is asked again for one to two minutes ({@link PatientS3Clients}).
   */
  public Map<String, String> icebergProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("io-impl", StoreFileIO.class.getName());
    endpointIfAny().ifPresent(url -> properties.put("s3.endpoint", url));
    properties.put("s3.path-style-access", Boolean.toString(pathStyle));
    properties.put("s3.access-key-id", accessKey);
    properties.put("s3.secret-access-key", secretKey);
    properties.put("client.region", region);
    properties.put("s3.multipart.part-size-bytes", Integer.toString(64 << 20));
    properties.put("s3.client-factory-impl", PatientS3Clients.class.getName());
    properties.put("http-client.apache.connection-timeout-ms", "15000");
    properties.put("http-client.apache.socket-timeout-ms", "30000");
    override(properties, OF_ICEBERG);
    return properties;
  }

  /**
   * Properties of Hadoop's S3A. Tuned for a quick start and few threads: no look-ups of instance
   * metadata, no probe of the bucket, no version checks between two reads of one object (objects
   * here never change), buffers of bounded size in memory. A store that fails is asked again for
   * about two minutes, one that does not answer for about ten; Hadoop's own limits would have one
   * that is busy asked for days.
   */
  public Map<String, String> hadoopProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("fs.s3a.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    properties.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    endpointIfAny().ifPresent(url -> properties.put("fs.s3a.endpoint", url));
    properties.put("fs.s3a.endpoint.region", region);
    properties.put("fs.s3a.path.style.access", Boolean.toString(pathStyle));
    properties.put(
        "fs.s3a.connection.ssl.enabled", Boolean.toString(!endpoint.startsWith("http:")));
    properties.put("fs.s3a.access.key", accessKey);
    properties.put("fs.s3a.secret.key", secretKey);
    properties.put(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    properties.put("fs.s3a.bucket.probe", "0");
    properties.put("fs.s3a.change.detection.mode", "none");
    properties.put("fs.s3a.audit.enabled", "false");
    properties.put("fs.s3a.create.performance", "true");
    properties.put("fs.s3a.threads.max", "8");
    properties.put("fs.s3a.max.total.tasks", "16");
    properties.put("fs.s3a.connection.maximum", "64");
    properties.put("fs.s3a.connection.establish.timeout", "15s");
    properties.put("fs.s3a.connection.timeout", "30s");
    properties.put("fs.s3a.attempts.maximum", "1");
    properties.put("fs.s3a.retry.limit", "7");
    properties.put("fs.s3a.retry.interval", "500ms");
    properties.put("fs.s3a.retry.throttle.limit", "7");
    properties.put("fs.s3a.retry.throttle.interval", "500ms");
    properties.put("fs.s3a.fast.upload.buffer", "bytebuffer");
    properties.put("fs.s3a.fast.upload.active.blocks", "2");
    properties.put("fs.s3a.multipart.size", "16M");
    properties.put("fs.s3a.multipart.threshold", "16M");
    override(properties, OF_HADOOP);
    return properties;
  }

  private void override(Map<String, String> properties, String prefix) {
    overrides.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            properties.put(key.substring(prefix.length()), value);
          }
        });
  }

  @Override
  public String toString() {
    return "s3://" + bucket + " at " + (endpoint.isEmpty() ? region : endpoint);
  }

  private Optional<String> endpointIfAny() {
    return Optional.of(endpoint).filter(url -> !url.isEmpty());
  }
}
