package vn.tnmt.lakehouse.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.spark.Sessions;

/**
 * One embedded lakehouse for each test class, in a folder that goes away with it:
 *
 * <pre>
 * &#64;RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();
 * </pre>
 *
 * <p>Spark starts with the first class that asks for it and is shared by all that follow.
 */
public final class LakehouseExtension implements BeforeAllCallback, AfterAllCallback {
  private final UnaryOperator<Settings> adjust;
  private Path dir;
  private Lakehouse lakehouse;

  public LakehouseExtension() {
    this(UnaryOperator.identity());
  }

  /** With settings that differ from the defaults. */
  public LakehouseExtension(UnaryOperator<Settings> adjust) {
    this.adjust = adjust;
  }

  public Lakehouse lakehouse() {
    return lakehouse;
  }

  public SparkSession spark() {
    return lakehouse.spark();
  }

  /** Runs a statement and returns its rows. */
  public List<Row> sql(String statement) {
    return lakehouse.spark().sql(statement).collectAsList();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Sessions.keepRunning();
    dir = Files.createTempDirectory("tnmt-test");
    Home home = Home.of(dir.resolve("home"));
    lakehouse = Lakehouse.open(home, adjust.apply(Settings.load(home, Optional.empty())));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    lakehouse.close();
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
