package vn.tnmt.lakehouse.orchestration.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Runs one statement and prints its rows. */
final class SqlSession {
  /** Statements that are commands to Spark, but change nothing. */
  private static final Set<String> READING =
      Set.of(
          "ShowTables",
          "ShowNamespaces",
          "ShowNamespacesCommand",
          "ShowColumns",
          "ShowFunctions",
          "ShowViews",
          "ShowCreateTable",
          "ShowPartitions",
          "ShowTableProperties",
          "ShowTableExtended",
          "ShowCatalogsCommand",
          "ShowCurrentNamespaceCommand",
          "DescribeRelation",
          "DescribeNamespace",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeQueryCommand",
          "ExplainCommand");

  private final SparkSession spark;

  SqlSession(SparkSession spark, String timeZone) {
    this.spark = spark;
    this.spark.conf().set("spark.sql.session.timeZone", timeZone);
  }

  void run(String sql, boolean write, SqlCommand.Format format, int limit, PrintWriter out) {
    Dataset<Row> rows;
    try {
      if (!write) {
        requireReading(sql);
      }
      rows = spark.sql(sql);
    } catch (AnalysisException e) {
      throw failed(e);
    }
    if (rows.columns().length == 0) {
      return;
    }
    try {
      print(rows, format, limit, out);
    } catch (org.apache.spark.SparkException | org.apache.spark.SparkRuntimeException e) {
      throw failed(e);
    }
    out.flush();
  }

  private void requireReading(String sql) throws AnalysisException {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .sessionState()
            .sqlParser()
            .parsePlan(sql);
    String kind = plan.getClass().getSimpleName();
    boolean changes = plan instanceof Command || plan instanceof ParsedStatement;
    if (changes && !READING.contains(kind)) {
      throw TnmtException.of(
          ErrorCode.SQL_NOT_READ_ONLY,
          "this statement could change the lakehouse (" + kind + ")",
          "",
          "add --write if that is what you want");
    }
  }

  private static void print(Dataset<Row> rows, SqlCommand.Format format, int limit, PrintWriter out)
      throws org.apache.spark.SparkException {
    switch (format) {
      case TABLE -> printTable(rows, limit, out);
      case CSV -> printCsv(rows, out);
      case JSON -> printJson(rows, out);
    }
  }

  private static void printTable(Dataset<Row> rows, int limit, PrintWriter out) {
    String[] names = rows.columns();
    TextTable table = new TextTable(names);
    int printed = 0;
    Iterator<Row> page = asText(rows).limit(limit + 1).collectAsList().iterator();
    while (page.hasNext() && printed < limit) {
      table.row(cells(page.next(), names.length, "∅"));
      printed++;
    }
    out.print(table.render());
    out.println(
        page.hasNext()
            ? "… the first " + limit + " rows; more follow: --limit N, or --format csv for all"
            : printed == 1 ? "1 row" : printed + " rows");
  }

  private static void printCsv(Dataset<Row> rows, PrintWriter out) {
    String[] names = rows.columns();
    try (CsvWriter csv = CsvWriter.builder().build(new Unclosed(out))) {
      csv.writeRecord(names);
      asText(rows)
          .toLocalIterator()
          .forEachRemaining(
              row ->
                  csv.writeRecord(
                      Arrays.stream(cells(row, names.length, ""))
                          .map(String::valueOf)
                          .toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One object a line: numbers and booleans bare, everything else as text. */
  private static void printJson(Dataset<Row> rows, PrintWriter out) {
    ObjectMapper json = new ObjectMapper();
    StructField[] fields = rows.schema().fields();
    Iterator<Row> all = asText(rows).toLocalIterator();
    while (all.hasNext()) {
      Row row = all.next();
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < fields.length; i++) {
        object.put(fields[i].name(), value(fields[i].dataType(), row.getString(i)));
      }
      try {
        out.println(json.writeValueAsString(object));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static @Nullable Object value(DataType type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (type instanceof NumericType && !text.equals("NaN") && !text.endsWith("Infinity")) {
      return new java.math.BigDecimal(text);
    }
    return type.typeName().equals("boolean") ? (Object) Boolean.valueOf(text) : text;
  }

  private static Object[] cells(Row row, int n, String missing) {
    Object[] cells = new Object[n];
    for (int i = 0; i < n; i++) {
      cells[i] = row.isNullAt(i) ? missing : row.getString(i).replace("\n", "\\n");
    }
    return cells;
  }

  private static Dataset<Row> asText(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    Column[] texts = new Column[fields.length];
    Dataset<Row> numbered =
        rows.toDF(
            java.util.stream.IntStream.range(0, fields.length)
                .mapToObj(i -> "c" + i)
                .toArray(String[]::new));
    for (int i = 0; i < fields.length; i++) {
      texts[i] = SqlText.of(functions.col("c" + i), fields[i].dataType());
    }
    return numbered.select(texts);
  }

  private static TnmtException failed(Exception e) {
    String message = e.getMessage();
    int end = message.indexOf("\n\nJVM stacktrace");
    return TnmtException.of(
        ErrorCode.SQL_FAILED, end < 0 ? message.strip() : message.substring(0, end), "", "", e);
  }

  /** Standard output outlives one answer. */
  private static final class Unclosed extends java.io.FilterWriter {
    Unclosed(PrintWriter out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
