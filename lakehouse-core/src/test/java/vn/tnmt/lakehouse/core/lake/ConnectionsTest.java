package vn.tnmt.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.iceberg.IcebergBuild;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.core.store.StoreAccess;

final class ConnectionsTest {
  private static final CatalogueAccess ACCESS =
      new CatalogueAccess(
          "http://127.0.0.1:9879",
          Optional.of("the-token"),
          "s3://tnmt/warehouse",
          new StoreAccess(
              "http://127.0.0.1:9878", "vn-north-1", "tnmt", true, "the-id", "the-secret"),
          false,
          Optional.empty());

  private final Connections connections = new Connections(ACCESS, Path.of("credentials.yaml"));

  @Test
  void everyClientGetsBothAddresses() {
    assertThat(new String[] {connections.sparkSql(), connections.trino(), connections.pyIceberg()})
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("http://127.0.0.1:9879", "http://127.0.0.1:9878", "vn-north-1"));
    assertThat(connections.sparkSql())
        .contains("iceberg-spark-runtime-4.0_2.13:" + IcebergBuild.version());
  }

  @Test
  void secretsAreNeverPrinted() {
    assertThat(connections.text())
        .contains("credentials.yaml")
        .doesNotContain("the-token", "the-id", "the-secret");
    assertThat(ACCESS.toString()).doesNotContain("the-token", "the-id", "the-secret");
  }
}
