package vn.tnmt.lakehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;

/** What the platform says of S3A and S3FileIO are defaults. */
class StoreAccessTest {
  @TempDir Path dir;

  private StoreAccess access(Settings settings) {
    return StoreAccess.of(settings, Credentials.of(settings));
  }

  private Settings settings() {
    return Settings.load(Home.of(dir), Optional.empty());
  }

  @Test
  void sparkConfWinsOverEach() {
    StoreAccess access =
        access(
            settings()
                .with("spark.conf.spark.hadoop.fs.s3a.threads.max", "48")
                .with("spark.conf.spark.hadoop.fs.s3a.connection.maximum", "200")
                .with("spark.conf.spark.sql.catalog.lake.s3.multipart.part-size-bytes", "5242880")
                .with("spark.conf.spark.executor.memory", "8g"));
    assertThat(access.hadoopProperties())
        .containsEntry("fs.s3a.threads.max", "48")
        .containsEntry("fs.s3a.connection.maximum", "200")
        .containsEntry("fs.s3a.retry.limit", "7")
        .doesNotContainKey("s3.multipart.part-size-bytes");
    assertThat(access.icebergProperties())
        .containsEntry("s3.multipart.part-size-bytes", "5242880")
        .containsEntry("http-client.apache.socket-timeout-ms", "30000")
        .doesNotContainKey("fs.s3a.threads.max");
    assertThat(access.overrides()).doesNotContainKey("spark.executor.memory");
    assertThat(access.with(Credentials.of(settings()).reader()).overrides())
        .as("readers, too")
        .isEqualTo(access.overrides());
  }

  /** {@code spark-submit --conf} reaches the driver as system properties. */
  @Test
  void sparkSubmitWinsOverTheDefaultsAndSettingsOverIt() {
    System.setProperty("spark.hadoop.fs.s3a.threads.max", "24");
    System.setProperty("spark.hadoop.fs.s3a.max.total.tasks", "99");
    try {
      assertThat(
              access(settings().with("spark.conf.spark.hadoop.fs.s3a.threads.max", "48"))
                  .hadoopProperties())
          .containsEntry("fs.s3a.threads.max", "48")
          .containsEntry("fs.s3a.max.total.tasks", "99");
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.threads.max");
      System.clearProperty("spark.hadoop.fs.s3a.max.total.tasks");
    }
  }
}
