package vn.tnmt.lakehouse.ingestion.load;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * Data source {@code tnmt-records}: the records of deliveries in landing, read, mapped and judged
 * in one pass, as rows of {@code raw.<dataset>}.
 *
 * <p>Tasks are planned from the manifests alone; each reads ranges of landing objects. Use {@link
 * #open}: what to read holds credentials and does not fit in the text options of a data source, so
 * it stays in the driver under a ticket until it is closed.
 */
public final class RecordSource implements TableProvider, DataSourceRegister {
  private static final String TICKET = "ticket";
  private static final Map<String, Source> OPEN = new ConcurrentHashMap<>();

  /** A load as a data set; usable until closed. */
  public record Opened(Dataset<Row> rows, String ticket) implements AutoCloseable {
    @Override
    public void close() {
      OPEN.remove(ticket);
    }
  }

  private record Source(LoadOptions options, StoreAccess store, int cores) {}

  /**
   * @param store where landing is, as tasks reach it
   * @return columns as {@code raw.<dataset>} has them
   */
  public static Opened open(SparkSession spark, StoreAccess store, LoadOptions options) {
    String ticket = UUID.randomUUID().toString();
    int cores = spark.sparkContext().defaultParallelism();
    OPEN.put(ticket, new Source(options, store, cores));
    return new Opened(
        spark.read().format(RecordSource.class.getName()).option(TICKET, ticket).load(), ticket);
  }

  @Override
  public String shortName() {
    return "tnmt-records";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return RawRows.schema(source(options.get(TICKET)).options.contract());
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Records(source(new CaseInsensitiveStringMap(properties).get(TICKET)), schema);
  }

  private static Source source(String ticket) {
    Source source = ticket == null ? null : OPEN.get(ticket);
    if (source == null) {
      throw new IllegalStateException("tnmt-records is opened with RecordSource.open");
    }
    return source;
  }

  private record Records(Source source, StructType schema) implements Table, SupportsRead {
    @Override
    public String name() {
      return "tnmt-records " + source.options.contract().dataset();
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> new RecordScan(source, schema);
    }
  }

  private record RecordScan(Source source, StructType readSchema) implements Scan, Batch {
    @Override
    public String description() {
      return "tnmt-records "
          + source.options.contract().dataset()
          + " deliveries="
          + source.options.deliveries().size();
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return LoadPlan.tasks(source.options, source.cores).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Factory(source.options, source.store);
    }
  }

  /** Travels to the tasks, once for each stage. */
  private record Factory(LoadOptions options, StoreAccess store) implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new RecordPartitionReader(options, store, (LoadPlan.Task) partition);
    }
  }
}
