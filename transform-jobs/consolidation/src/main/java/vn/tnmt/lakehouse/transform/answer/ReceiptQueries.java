package vn.tnmt.lakehouse.transform.answer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.gate.GateAnswers;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.receipt.Receipt.BrokenRule;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Counts;
import vn.tnmt.lakehouse.transform.receipt.Receipt.Example;
import vn.tnmt.lakehouse.transform.report.Statements;

/**
 * Reads the receipts of a run from the ledger: one Spark job for all deliveries together. Receipts
 * arrive one at a time; the driver holds one partition of deliveries, never rows of data.
 */
public final class ReceiptQueries {
  private final Map<String, Words> publishers = new HashMap<>();
  private final RuleTexts rules;
  private final Contracts contracts;

  private ReceiptQueries(List<Feed> feeds, RuleTexts rules, Contracts contracts) {
    feeds.forEach(
        feed ->
            publishers.put(
                feed.publisher().id(),
                new Words(feed.publisher().nameVi(), feed.publisher().nameEn())));
    this.rules = rules;
    this.contracts = contracts;
  }

  /**
   * The receipts of all deliveries of a run, ordered by publisher, feed and delivery.
   *
   * @param tables {@code domain.table} → what stands for it in SQL
   * @param rawTables raw tables that the run wrote, for example {@code raw.monitoring_observation}:
   *     examples of warnings come from them; may be empty
   * @param feeds for the publishers' names
   */
  public static Iterator<Receipt> read(
      SparkSession spark,
      UnaryOperator<String> tables,
      List<String> rawTables,
      String runId,
      LocalDate businessDate,
      List<Feed> feeds,
      RuleTexts rules,
      Contracts contracts) {
    Map<String, Object> parameters = Map.of("run", runId, "date", businessDate);
    String found =
        Stream.concat(
                Stream.of(sql("blocked", tables, parameters)),
                rawTables.stream()
                    .map(
                        raw ->
                            sql(
                                "warned",
                                hole -> tables.apply(hole.equals("raw.table") ? raw : hole),
                                parameters)))
            .collect(Collectors.joining("\nUNION ALL\n"));
    String statement =
        sql("receipts", hole -> hole.equals("found.rows") ? found : tables.apply(hole), parameters);
    ReceiptQueries queries = new ReceiptQueries(feeds, rules, contracts);
    Iterator<Row> rows =
        spark
            .sql(statement)
            .coalesce(1)
            .sortWithinPartitions("publisher", "feed", "delivery_id")
            .toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Receipt next() {
        return queries.receipt(rows.next());
      }
    };
  }

  private static String sql(
      String name, UnaryOperator<String> tables, Map<String, Object> parameters) {
    return Statements.load(ReceiptQueries.class, "receipts.sql", tables, parameters).get(name);
  }

  private Receipt receipt(Row row) {
    String publisher = row.getAs("publisher");
    String dataset = row.getAs("dataset");
    var contract = contracts.contract(dataset);
    List<Row> broken =
        row.getAs("rules") == null ? List.of() : row.getList(row.fieldIndex("rules"));
    return new Receipt(
            row.getAs("delivery_id"),
            publisher,
            publishers.getOrDefault(publisher, Words.same(publisher)),
            new FeedId(publisher, row.getAs("feed")),
            dataset,
            new Words(contract.titleVi(), contract.titleEn()),
            row.getAs("contract_version"),
            row.getAs("run_id"),
            day(row.getAs("business_date")),
            instant(row.getAs("received_at")),
            number(row, "files"),
            number(row, "bytes"),
            row.getAs("content_sha256"),
            new Counts(
                number(row, "received"),
                number(row, "accepted"),
                number(row, "quarantined"),
                number(row, "duplicate"),
                number(row, "superseded"),
                number(row, "replaced")),
            broken.stream().map(this::rule).toList())
        .with(gate(row.getStruct(row.fieldIndex("gate"))));
  }

  private static @Nullable GateAnswer gate(@Nullable Row row) {
    return row == null ? null : GateAnswers.of(Judgements.judgement(row));
  }

  private BrokenRule rule(Row row) {
    var text = rules.text(row.getAs("rule"));
    List<Row> examples =
        row.getAs("examples") == null ? List.of() : row.getList(row.fieldIndex("examples"));
    return new BrokenRule(
        text.code(),
        Severity.valueOf(row.getAs("severity")),
        number(row, "broken"),
        new Words(text.titleVi(), text.titleEn()),
        new Words(text.remedyVi(), text.remedyEn()),
        examples.stream().map(ReceiptQueries::example).toList());
  }

  private static Example example(Row row) {
    String column = row.getAs("column");
    return new Example(
        row.getAs("source_file"),
        number(row, "source_line"),
        column == null ? "" : column,
        row.getAs("value"),
        row.getAs("expected"));
  }

  private static long number(Row row, String column) {
    Number value = row.getAs(column);
    return value == null ? 0 : value.longValue();
  }

  private static LocalDate day(Object value) {
    return value instanceof LocalDate date ? date : ((java.sql.Date) value).toLocalDate();
  }

  private static Instant instant(Object value) {
    return value instanceof Instant instant ? instant : ((java.sql.Timestamp) value).toInstant();
  }
}
