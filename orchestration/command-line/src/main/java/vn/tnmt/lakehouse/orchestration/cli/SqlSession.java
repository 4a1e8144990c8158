package vn.tnmt.lakehouse.orchestration.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;

/** Runs one statement and prints its rows. */
final class SqlSession {
  private static final Pattern ALL_TABLES =
      Pattern.compile("\\s*show\\s+tables\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  private final SparkSession spark;

  SqlSession(SparkSession spark, String timeZone) {
    this.spark = spark;
    this.spark.conf().set("spark.sql.session.timeZone", timeZone);
  }

  void run(String sql, boolean write, SqlCommand.Format format, int limit, PrintWriter out) {
    try {
      if (!write) {
        ReadOnlySql.restrict(spark);
        ReadOnlySql.require(spark, sql);
      }
      Dataset<Row> rows = asked(sql);
      if (!write) {
        ReadOnlySql.requireOfLake(rows);
      }
      if (rows.columns().length > 0) {
        print(rows, format, limit, out);
        out.flush();
      }
    } catch (Exception | NoClassDefFoundError e) {
      throw SqlFault.of(e); // Scala's methods declare no checked exceptions, and throw them
    }
  }

  /** {@code show tables} without a namespace: those of all. */
  private Dataset<Row> asked(String sql) {
    if (!ALL_TABLES.matcher(sql).matches()) {
      return spark.sql(sql);
    }
    return spark.sql("show namespaces").collectAsList().stream()
        .map(namespace -> spark.sql("show tables in `" + namespace.getString(0) + "`"))
        .reduce(Dataset::union)
        .orElseGet(() -> spark.sql(sql));
  }

  private static void print(
      Dataset<Row> rows, SqlCommand.Format format, int limit, PrintWriter out) {
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
    StructField[] fields = rows.schema().fields();
    try (CsvWriter csv = CsvWriter.builder().build(new Unclosed(out))) {
      csv.writeRecord(names);
      asText(rows)
          .toLocalIterator()
          .forEachRemaining(
              row -> {
                Object[] cells = cells(row, names.length, "");
                csv.writeRecord(
                    IntStream.range(0, names.length)
                        .mapToObj(i -> csvCell(fields[i].dataType(), (String) cells[i]))
                        .toArray(String[]::new));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever opens the answer in a spreadsheet must not run what a publisher wrote. */
  private static String csvCell(DataType type, String text) {
    return type instanceof NumericType ? text : Corrections.inertCell(text);
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
        rows.toDF(IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new));
    for (int i = 0; i < fields.length; i++) {
      texts[i] = SqlText.of(functions.col("c" + i), fields[i].dataType());
    }
    return numbered.select(texts);
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
