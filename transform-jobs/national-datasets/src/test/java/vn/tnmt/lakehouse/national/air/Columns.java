package vn.tnmt.lakehouse.national.air;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Columns as {@code name type}, of a result and of the contract it must keep. */
public final class Columns {
  private Columns() {}

  public static List<String> of(Dataset<Row> rows) {
    return Stream.of(rows.schema().fields())
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .toList();
  }

  public static List<String> ofContract(String dataset) {
    return Contracts.bundled().contract(dataset).columns().stream()
        .map(column -> column.name() + " " + column.physicalType())
        .toList();
  }
}
