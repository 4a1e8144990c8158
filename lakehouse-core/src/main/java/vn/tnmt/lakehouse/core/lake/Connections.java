package vn.tnmt.lakehouse.core.lake;

import java.nio.file.Path;
import org.apache.iceberg.IcebergBuild;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * What to type so that Spark SQL, Trino or PyIceberg work on a lakehouse that is kept open. Secrets
 * are not printed: each text takes them from environment variables, which {@link #environment} sets
 * from a file of the home.
 */
public final class Connections {
  private final CatalogueAccess access;
  private final Path credentials;

  /**
   * @param credentials the YAML file that holds the secrets
   */
  public Connections(CatalogueAccess access, Path credentials) {
    this.access = access;
    this.credentials = credentials;
  }

  /** The connections of an open lakehouse, for those who read: their keys are put into a file. */
  public static Connections of(Lakehouse lakehouse) {
    Path file = lakehouse.home().resolve("reader.yaml");
    Credentials.of(lakehouse.settings()).reader().keep(file);
    return new Connections(lakehouse.access(), file);
  }

  /** Everything, with headings; Vietnamese first. */
  public String text() {
    return """
        # 1. Đặt biến môi trường trong cửa sổ lệnh sẽ dùng (set these in the shell you will use)
        %s
        # 2a. Spark SQL
        %s
        # 2b. Trino: etc/catalog/lake.properties
        %s
        # 2c. PyIceberg: pip install "pyiceberg[pyarrow,s3fs]"
        %s"""
        .formatted(environment(), sparkSql(), trino(), pyIceberg());
  }

  /** Shell lines that put the secrets into the environment. */
  public String environment() {
    return """
        secret() { sed -n "s/^ *$1: *//p" '%s'; }
        export AWS_ACCESS_KEY_ID=$(secret accessKey) AWS_SECRET_ACCESS_KEY=$(secret secretKey) TNMT_CATALOGUE_TOKEN=$(secret token)
        """
        .formatted(credentials);
  }

  /** A command line of a Spark 4.0 distribution. */
  public String sparkSql() {
    StoreAccess store = access.store();
    String iceberg = IcebergBuild.version();
    String packages =
        "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:"
            + iceberg
            + ",org.apache.iceberg:iceberg-aws-bundle:"
            + iceberg;
    return """
        spark-sql --packages %s \\
          --conf spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions \\
          --conf spark.sql.defaultCatalog=lake \\
          --conf spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog \\
          --conf spark.sql.catalog.lake.type=rest \\
          --conf spark.sql.catalog.lake.uri=%s \\
          --conf spark.sql.catalog.lake.warehouse=%s \\
          --conf spark.sql.catalog.lake.rest.auth.type=oauth2 \\
          --conf spark.sql.catalog.lake.token="$TNMT_CATALOGUE_TOKEN" \\
          --conf spark.sql.catalog.lake.io-impl=org.apache.iceberg.aws.s3.S3FileIO \\
          --conf spark.sql.catalog.lake.s3.endpoint=%s \\
          --conf spark.sql.catalog.lake.s3.path-style-access=%s \\
          --conf spark.sql.catalog.lake.client.region=%s
        """
        .formatted(
            packages,
            access.uri(),
            access.warehouse(),
            store.endpoint(),
            store.pathStyle(),
            store.region());
  }

  /** A catalogue file of Trino 476 or later. */
  public String trino() {
    StoreAccess store = access.store();
    return """
        connector.name=iceberg
        iceberg.catalog.type=rest
        iceberg.rest-catalog.uri=%s
        iceberg.rest-catalog.warehouse=%s
        iceberg.rest-catalog.security=OAUTH2
        iceberg.rest-catalog.oauth2.token=${ENV:TNMT_CATALOGUE_TOKEN}
        fs.native-s3.enabled=true
        s3.endpoint=%s
        s3.region=%s
        s3.path-style-access=%s
        s3.aws-access-key=${ENV:AWS_ACCESS_KEY_ID}
        s3.aws-secret-key=${ENV:AWS_SECRET_ACCESS_KEY}
        """
        .formatted(
            access.uri(), access.warehouse(), store.endpoint(), store.region(), store.pathStyle());
  }

  /** Python lines that open the catalogue and list its namespaces. */
  public String pyIceberg() {
    StoreAccess store = access.store();
    return """
        import os
        from pyiceberg.catalog import load_catalog
        lake = load_catalog("lake", **{
            "type": "rest",
            "uri": "%s",
            "warehouse": "%s",
            "token": os.environ["TNMT_CATALOGUE_TOKEN"],
            "s3.endpoint": "%s",
            "s3.region": "%s",
            "s3.access-key-id": os.environ["AWS_ACCESS_KEY_ID"],
            "s3.secret-access-key": os.environ["AWS_SECRET_ACCESS_KEY"],
        })
        print(lake.list_namespaces())
        """
        .formatted(access.uri(), access.warehouse(), store.endpoint(), store.region());
  }
}
