package vn.tnmt.lakehouse.ingestion.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Turn;
import vn.tnmt.lakehouse.ingestion.engine.Verdict;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.Severity;

/** What is written is read back by Iceberg's own reader of plain records. */
class RawRowWriterTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final Instant INSTANT = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final int ROWS = 2_537;

  private static final String PROPERTY =
      "      - {name: c_%1$s, businessName: C, logicalType: %2$s, physicalType: %1$s, required:"
          + " false, %3$sclassification: P0, customProperties: [{property: titleEn, value: C}]}\n";

  @TempDir Path dir;

  /** A column of each type that a publisher's row may have. */
  private static Contract contract() {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: test.types
            version: 1.0.0
            status: active
            domain: test
            name: Types
            slaProperties:
              - {property: retention, value: 1, unit: y}
            schema:
              - name: types
                physicalName: test.types
                physicalType: table
                logicalType: object
                businessName: Các kiểu
                description: Các kiểu.
                customProperties:
                  - {property: zone, value: standard}
                  - {property: titleEn, value: "Types"}
                  - {property: descriptionEn, value: "Types."}
                properties:
            """);
    String key = "primaryKey: true, primaryKeyPosition: 1, ";
    yaml.append(PROPERTY.formatted("string", "string", key).replace("d: false", "d: true"));
    yaml.append(PROPERTY.formatted("int", "integer", ""));
    yaml.append(PROPERTY.formatted("bigint", "integer", ""));
    yaml.append(PROPERTY.formatted("float", "number", ""));
    yaml.append(PROPERTY.formatted("double", "number", ""));
    yaml.append(PROPERTY.formatted("boolean", "boolean", ""));
    yaml.append(PROPERTY.formatted("date", "date", ""));
    yaml.append(PROPERTY.formatted("timestamp", "timestamp", ""));
    return Contracts.of(Map.of("types.yaml", yaml.toString())).contract("test.types");
  }

  /** The raw table's columns in another order, and columns that nobody knows. */
  private static Schema shuffled(Contract contract) {
    List<NestedField> fields = new ArrayList<>(TableDefinition.raw(contract).schema().columns());
    NestedField row = fields.remove(fields.size() - 1);
    Collections.reverse(fields);
    List<NestedField> typed = new ArrayList<>(row.type().asStructType().fields());
    Collections.reverse(typed);
    typed.add(1, NestedField.optional(901, "later", Types.StringType.get()));
    fields.add(
        3, NestedField.optional(row.fieldId(), row.name(), Types.StructType.of(typed), row.doc()));
    fields.add(0, NestedField.optional(902, "note", Types.StringType.get()));
    fields.add(
        NestedField.optional(903, "notes", Types.ListType.ofOptional(904, Types.StringType.get())));
    return new Schema(fields);
  }

  private static Feed feed(Path dir, String name) throws IOException {
    Path file = Files.createDirectories(dir.resolve("feeds")).resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: p-%1$s, nameVi: P, nameEn: P}
        feeds:
          - id: %1$s
            dataset: test.types
            transport: {type: directory, root: "%2$s", pattern: "{name}.csv"}
            format: {type: csv}
            mapping: {c_string: a}
        """
            .formatted(name, dir.toAbsolutePath()));
    return Feeds.load(file.getParent(), Map.of()).stream()
        .filter(feed -> feed.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static LoadOptions.Delivery delivery(Feed feed) {
    return new LoadOptions.Delivery(
        feed,
        new Manifest(
            "delivery-" + feed.name(),
            feed.publisher().id(),
            feed.name(),
            feed.dataset(),
            DAY,
            INSTANT,
            new Turn(DAY, 1),
            "landing/x",
            1,
            1,
            "00",
            1,
            List.of()));
  }

  private static String name(int i) {
    // Few, many, and texts too long to be remembered.
    return switch (i % 3) {
      case 0 -> "Hà Nội";
      case 1 -> "Xã số " + i;
      default -> "đất ".repeat(40) + i % 7;
    };
  }

  private static Object[] values(int i) {
    return i % 11 == 0
        ? new Object[8]
        : new Object[] {
          name(i),
          (long) i,
          i * 10_000_000_000L,
          i / 4.0,
          i / 3.0,
          i % 2 == 0,
          DAY.plusDays(i),
          INSTANT.plusSeconds(i)
        };
  }

  private static List<Breach> breaches(int i) {
    List<Breach> breaches = new ArrayList<>();
    for (int n = 0; n < i % 4; n++) {
      breaches.add(
          new Breach(
              "R-" + n,
              n == 0 ? Severity.BLOCK : Severity.WARN,
              "c" + i,
              n == 1 ? "" : "giá trị",
              n == 2 ? null : "1 … 2"));
    }
    return breaches;
  }

  private static RawRow row(LoadOptions.Delivery delivery, int i) {
    return new RawRow(
        delivery,
        "tệp " + i / 1000,
        new RawRecord(i + 1L, i % 5, Cells.none(), i % 9 == 0 ? "dòng " + i : "", List.of()),
        new Verdict(
            values(i),
            breaches(i),
            i % 4 > 0,
            // Some so large that they are written in batches of their own.
            ("{" + "x".repeat(i % 500 == 250 ? 1_200_000 : 5) + i + "}")
                .getBytes(StandardCharsets.UTF_8)));
  }

  private LoadOptions options(Contract contract, List<LoadOptions.Delivery> deliveries) {
    return new LoadOptions("run-1", "", contract, new RuleContext(INSTANT, DAY), deliveries);
  }

  private DataFile write(
      Path file, Schema schema, LoadOptions options, List<RawRow> rows, int groupCheck)
      throws IOException {
    DataWriter<RowBatch> writer =
        Parquet.writeData(
                EncryptedFiles.plainAsEncryptedOutput(
                    org.apache.iceberg.Files.localOutput(file.toFile())))
            .schema(schema)
            .withSpec(PartitionSpec.unpartitioned())
            .set("parquet.enable.dictionary", "false")
            .set("write.parquet.row-group-size-bytes", "20000")
            .set("write.parquet.row-group-check-min-record-count", Integer.toString(groupCheck))
            .set("write.parquet.row-group-check-max-record-count", Integer.toString(groupCheck))
            .createWriterFunc(type -> new RawRowWriter(type, options))
            .overwrite()
            .build();
    RowBatch batch = new RowBatch();
    for (RawRow row : rows) {
      batch.add(row);
      if (batch.isFull()) {
        batch.to(writer);
      }
    }
    batch.to(writer);
    writer.close();
    return writer.toDataFile();
  }

  private static List<Record> read(Path file, Schema schema) throws IOException {
    try (CloseableIterable<Record> records =
        Parquet.read(org.apache.iceberg.Files.localInput(file.toFile()))
            .project(schema)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
            .build()) {
      List<Record> read = new ArrayList<>();
      records.forEach(read::add);
      return read;
    }
  }

  @Test
  void everyValueIsReadBack() throws IOException {
    Contract contract = contract();
    Schema schema = shuffled(contract);
    List<LoadOptions.Delivery> deliveries =
        List.of(delivery(feed(dir, "a")), delivery(feed(dir, "b")));
    List<RawRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(deliveries.get(i / 1300), i));
    }
    Path file = dir.resolve("rows.parquet");
    DataFile written = write(file, schema, options(contract, deliveries), rows, RowBatch.SIZE);
    assertThat(written.recordCount()).isEqualTo(ROWS);
    assertThat(written.splitOffsets()).as("row groups").hasSizeGreaterThan(5);
    List<Record> read = read(file, schema);
    assertThat(read).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      same(read.get(i), i);
    }
  }

  private static void same(Record record, int i) {
    String feed = i < 1300 ? "a" : "b";
    assertThat(record.getField("run_id")).isEqualTo("run-1");
    assertThat(record.getField("business_date")).isEqualTo(DAY);
    assertThat(record.getField("publisher")).isEqualTo("p-" + feed);
    assertThat(record.getField("feed")).isEqualTo(feed);
    assertThat(record.getField("delivery_id")).isEqualTo("delivery-" + feed);
    assertThat(record.getField("source_file")).isEqualTo("tệp " + i / 1000);
    assertThat(record.getField("source_line")).isEqualTo(i + 1L);
    assertThat(record.getField("record_part")).isEqualTo(i % 5);
    assertThat((String) record.getField("cells")).endsWith("x" + i + "}");
    assertThat(record.getField("text")).isEqualTo(i % 9 == 0 ? "dòng " + i : "");
    assertThat(record.getField("blocked")).isEqualTo(i % 4 > 0);
    assertThat(record.getField("note")).isNull();
    assertThat(record.getField("notes")).isNull();
    List<?> breaches = (List<?>) record.getField("breaches");
    assertThat(breaches).hasSize(i % 4);
    for (int n = 0; n < breaches.size(); n++) {
      Record breach = (Record) breaches.get(n);
      assertThat(breach.getField("rule")).isEqualTo("R-" + n);
      assertThat(breach.getField("severity")).isEqualTo(n == 0 ? "BLOCK" : "WARN");
      assertThat(breach.getField("column")).isEqualTo("c" + i);
      assertThat(breach.getField("value")).isEqualTo(n == 1 ? "" : "giá trị");
      assertThat(breach.getField("expected")).isEqualTo(n == 2 ? null : "1 … 2");
    }
    Record row = (Record) record.getField("row");
    boolean none = i % 11 == 0;
    assertThat(row.getField("later")).isNull();
    assertThat(row.getField("c_string")).isEqualTo(none ? null : name(i));
    assertThat(row.getField("c_int")).isEqualTo(none ? null : i);
    assertThat(row.getField("c_bigint")).isEqualTo(none ? null : i * 10_000_000_000L);
    assertThat(row.getField("c_float")).isEqualTo(none ? null : (float) (i / 4.0));
    assertThat(row.getField("c_double")).isEqualTo(none ? null : i / 3.0);
    assertThat(row.getField("c_boolean")).isEqualTo(none ? null : i % 2 == 0);
    assertThat(row.getField("c_date")).isEqualTo(none ? null : DAY.plusDays(i));
    assertThat(row.getField("c_timestamp"))
        .isEqualTo(none ? null : OffsetDateTime.ofInstant(INSTANT.plusSeconds(i), ZoneOffset.UTC));
  }

  /** Records of many megabytes are not held a hundred at a time. */
  @Test
  void aBatchOfLargeRecordsIsShort() throws IOException {
    LoadOptions.Delivery delivery = delivery(feed(dir, "a"));
    RowBatch batch = new RowBatch();
    batch.add(row(delivery, 1));
    assertThat(batch.isFull()).isFalse();
    batch.add(row(delivery, 250));
    assertThat(batch.isFull()).as("large cells").isTrue();
    RowBatch ofTexts = new RowBatch();
    RawRow row = row(delivery, 1);
    ofTexts.add(
        new RawRow(
            delivery,
            row.file(),
            new RawRecord(1, 0, Cells.none(), "x".repeat(1 << 20), List.of()),
            row.verdict()));
    assertThat(ofTexts.isFull()).as("a line that was not cut").isTrue();
    assertThat(ofTexts.endsEvenly()).isFalse();
  }

  /** Such a file would say that it has fewer rows than its columns hold. */
  @Test
  void aRowGroupThatEndsWithinABatchIsRefused() throws IOException {
    Contract contract = contract();
    LoadOptions.Delivery delivery = delivery(feed(dir, "a"));
    List<RawRow> rows = new ArrayList<>();
    for (int i = 1; i < ROWS; i++) {
      rows.add(row(delivery, i));
    }
    assertThatThrownBy(
            () ->
                write(
                    dir.resolve("odd.parquet"),
                    TableDefinition.raw(contract).schema(),
                    options(contract, List.of(delivery)),
                    rows,
                    37))
        .hasMessageContaining("a row group ends")
        .hasMessageContaining("rows before its batch");
  }

  /** A table that is behind its contract: Parquet itself would write eight bytes for four. */
  @Test
  void aColumnOfAnotherWidthIsRefusedOrFits() throws IOException {
    Contract contract = contract();
    LoadOptions.Delivery delivery = delivery(feed(dir, "a"));
    LoadOptions options = options(contract, List.of(delivery));
    Schema narrow = with(contract, "c_bigint", Types.IntegerType.get());
    Path file = dir.resolve("narrow.parquet");
    List<RawRow> small = List.of(row(delivery, 0));
    write(file, narrow, options, small, RowBatch.SIZE);
    assertThat(((Record) read(file, narrow).get(0).getField("row")).getField("c_bigint")).isNull();
    assertThatThrownBy(() -> write(file, narrow, options, List.of(row(delivery, 1)), RowBatch.SIZE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(
            () ->
                write(
                    file,
                    with(contract, "c_double", Types.StringType.get()),
                    options,
                    small,
                    RowBatch.SIZE))
        .hasMessageContaining("the contract has NUMBER")
        .hasMessageContaining("c_double");
  }

  private static Schema with(Contract contract, String column, org.apache.iceberg.types.Type type) {
    List<NestedField> fields = new ArrayList<>(TableDefinition.raw(contract).schema().columns());
    NestedField row = fields.remove(fields.size() - 1);
    List<NestedField> typed =
        row.type().asStructType().fields().stream()
            .map(
                field ->
                    field.name().equals(column)
                        ? NestedField.optional(field.fieldId(), column, type)
                        : field)
            .toList();
    fields.add(NestedField.optional(row.fieldId(), "row", Types.StructType.of(typed)));
    return new Schema(fields);
  }
}
