package vn.tnmt.lakehouse.core.store;

import java.time.Duration;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.apache.iceberg.aws.AwsClientProperties;
import org.apache.iceberg.aws.HttpClientProperties;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Clients of Iceberg's S3FileIO that wait for a store in trouble as long as Hadoop's do. Iceberg's
 * own have patience for 503 only: after an error 500 or a lost connection they give up within some
 * seconds, and a restart of the store costs a night. Whoever sets {@code s3.retry.*} gets Iceberg's
 * own.
 */
public final class PatientS3Clients implements S3FileIOAwsClientFactory {
  private static final long serialVersionUID = 1L;

  /** Waits of half a second to a quarter of a minute, half or all of each: one to two minutes. */
  private static final int ATTEMPTS = 13;

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private S3FileIOProperties files = new S3FileIOProperties();
  private HttpClientProperties http = new HttpClientProperties();
  private AwsClientProperties aws = new AwsClientProperties();
  private boolean retries;

  @Override
  public void initialize(Map<String, String> properties) {
    files = new S3FileIOProperties(properties);
    http = new HttpClientProperties(properties);
    aws = new AwsClientProperties(properties);
    retries = properties.keySet().stream().anyMatch(key -> key.startsWith("s3.retry."));
  }

  @Override
  public S3Client s3() {
    return S3Client.builder()
        .applyMutation(aws::applyClientRegionConfiguration)
        .applyMutation(aws::applyLegacyMd5Plugin)
        .applyMutation(http::applyHttpClientConfigurations)
        .applyMutation(files::applyEndpointConfigurations)
        .applyMutation(files::applyServiceConfigurations)
        .applyMutation(builder -> files.applyCredentialConfigurations(aws, builder))
        .applyMutation(files::applySignerConfiguration)
        .applyMutation(files::applyS3AccessGrantsConfigurations)
        .applyMutation(files::applyUserAgentConfigurations)
        .applyMutation(retries ? files::applyRetryConfigurations : PatientS3Clients::applyPatience)
        .build();
  }

  /**
   * Nothing here asks for one, unless a setting turns on what needs it.
   *
   * @throws TnmtException {@code TNMT-5002}
   */
  @Override
  public S3AsyncClient s3Async() {
    throw TnmtException.of(
        ErrorCode.SETTING_INVALID,
        "bản phân phối không có máy khách S3 bất đồng bộ / no asynchronous S3 client ships",
        "s3.analytics-accelerator.enabled, s3.crt.enabled",
        "bỏ thiết lập này / take this setting out");
  }

  private static void applyPatience(S3ClientBuilder builder) {
    ClientOverrideConfiguration.Builder configuration =
        builder.overrideConfiguration() == null
            ? ClientOverrideConfiguration.builder()
            : builder.overrideConfiguration().toBuilder();
    builder.overrideConfiguration(configuration.retryStrategy(strategy()).build());
  }

  /** Without the SDK's budget for all requests together, which many at once use up. */
  private static RetryStrategy strategy() {
    BackoffStrategy waits = BackoffStrategy.exponentialDelayHalfJitter(FIRST, LONGEST);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(waits)
        .throttlingBackoffStrategy(waits)
        .circuitBreakerEnabled(false)
        // An answer that is cut off in the middle, which the SDK would take for a fault of its own.
        .retryOnExceptionOrCauseInstanceOf(XMLStreamException.class)
        .build();
  }
}
