package vn.tnmt.lakehouse.tables.ddl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowLevelOperationMode;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.ColumnTransform;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.contract.PhysicalType;

/**
 * What a table must look like.
 *
 * <p>Key columns are required and are Iceberg's identifier fields. Other columns are optional in
 * the table even where the contract requires a value: rules see to that, and say so row by row,
 * where a writer would only fail. Which ones are required stands in {@value #REQUIRED_PROPERTY}.
 *
 * @param key names of the identifier columns, in order
 * @param required names of all columns that the contract requires
 * @param properties the properties that belong to the contract; others are left alone
 */
public record TableDefinition(
    TableIdentifier name,
    Schema schema,
    PartitionSpec spec,
    SortOrder sortOrder,
    List<String> key,
    Set<String> required,
    Map<String, String> properties) {

  /** Version of the contract that the table follows. */
  public static final String VERSION_PROPERTY = "tnmt.contract-version";

  /** Key columns, comma-separated, in order. */
  public static final String KEY_PROPERTY = "tnmt.key";

  /** Columns that the contract requires, comma-separated. */
  public static final String REQUIRED_PROPERTY = "tnmt.required";

  /** Namespace of the tables that hold records as delivered. */
  public static final String RAW_NAMESPACE = "raw";

  /** Read by Parquet's writer; Iceberg has no name of its own for it. */
  private static final String ENABLE_DICTIONARY = "parquet.enable.dictionary";

  private static final String RAW_ROW_GROUP_BYTES = Integer.toString(32 << 20);

  /** Hash of a row's content, kept where computing it again would read geometries. */
  public static final String CONTENT_HASH = "_content_hash";

  private static final List<Field> PROVENANCE =
      List.of(
          new Field("_feed", "string", "Nguồn cấp đã đưa dòng này vào: đơn vị/nguồn cấp"),
          new Field("_delivery_id", "string", "Lần gửi đã đưa dòng này vào"),
          new Field("_source_file", "string", "Tệp nguồn"),
          new Field("_source_line", "bigint", "Dòng trong tệp nguồn, đếm từ 1"),
          new Field("_record_part", "int", "Thứ tự ô trong dòng rộng, đếm từ 0"),
          new Field("_run_id", "string", "Lượt chạy đã ghi dòng này"));

  private static final String BREACHES =
      "array<struct<rule:string,severity:string,column:string,value:string,expected:string>>";

  private static final List<Field> RAW_COLUMNS =
      List.of(
          new Field("run_id", "string", "Lượt chạy"),
          new Field("business_date", "date", "Ngày nghiệp vụ"),
          new Field("publisher", "string", "Đơn vị cung cấp"),
          new Field("feed", "string", "Nguồn cấp"),
          new Field("delivery_id", "string", "Lần gửi"),
          new Field("source_file", "string", "Tệp nguồn"),
          new Field("source_line", "bigint", "Dòng trong tệp, đếm từ 1; 0 là cả tệp"),
          new Field("record_part", "int", "Thứ tự ô trong dòng rộng, đếm từ 0"),
          new Field(
              "cells", "string", "Các ô như đơn vị gửi: một đối tượng JSON, tên cột → văn bản"),
          new Field("text", "string", "Nguyên văn dòng khi không cắt được thành ô"),
          new Field("breaches", BREACHES, "Các quy tắc đã vi phạm"),
          new Field("blocked", "boolean", "Có vi phạm quy tắc chặn hay không"));

  /** A column that no contract declares. */
  public record Field(String name, String type, String doc) {}

  /** Every table of the platform: one per contract, and a raw one per standard contract. */
  public static List<TableDefinition> all(Contracts contracts) {
    List<TableDefinition> definitions = new ArrayList<>();
    for (Contract contract : contracts.all()) {
      definitions.add(of(contract));
      if (contract.kind() == Kind.STANDARD) {
        definitions.add(raw(contract));
      }
    }
    return definitions;
  }

  /** The dataset's own table. */
  public static TableDefinition of(Contract contract) {
    AtomicInteger ids = new AtomicInteger();
    List<NestedField> fields = new ArrayList<>();
    for (Column column : contract.columns()) {
      fields.add(field(column, ids, contract.key().contains(column.name())));
    }
    if (contract.kind() == Kind.STANDARD) {
      provenance(contract).forEach(field -> fields.add(field(field, ids)));
    }
    Set<Integer> identifiers =
        fields.stream()
            .filter(field -> contract.key().contains(field.name()))
            .map(NestedField::fieldId)
            .collect(Collectors.toSet());
    Schema schema = new Schema(fields, identifiers);
    return new TableDefinition(
        TableIdentifier.parse(contract.dataset()),
        schema,
        spec(schema, contract.partitioning()),
        sortOrder(schema, contract.sortOrder()),
        contract.key(),
        required(contract),
        withDeletes(contract));
  }

  /**
   * Corrections are few among many rows that stand: what they replace is marked as gone, instead of
   * writing all rows beside it again.
   */
  private static Map<String, String> withDeletes(Contract contract) {
    Map<String, String> properties =
        properties(contract, contract.titleVi() + ". " + contract.descriptionVi());
    if (contract.kind() == Kind.STANDARD) {
      String mode = RowLevelOperationMode.MERGE_ON_READ.modeName();
      properties.put(TableProperties.MERGE_MODE, mode);
      properties.put(TableProperties.UPDATE_MODE, mode);
      properties.put(TableProperties.DELETE_MODE, mode);
    }
    return properties;
  }

  /** Where a row of a standard table came from; its last columns. */
  public static List<Field> provenance(Contract contract) {
    return hashIsKept(contract)
        ? Stream.concat(
                PROVENANCE.stream(),
                Stream.of(
                    new Field(CONTENT_HASH, "bigint", "Mã băm nội dung để nhận ra bản ghi trùng")))
            .toList()
        : PROVENANCE;
  }

  /** Eight bytes that do not compress are worth it only where a row holds an outline. */
  public static boolean hashIsKept(Contract contract) {
    return contract.columns().stream().anyMatch(column -> column.type() == LogicalType.BINARY);
  }

  /** The table of the dataset's records as delivered: {@code raw.<domain>_<name>}. */
  public static TableDefinition raw(Contract contract) {
    AtomicInteger ids = new AtomicInteger();
    List<NestedField> fields = new ArrayList<>();
    RAW_COLUMNS.forEach(field -> fields.add(field(field, ids)));
    int row = ids.incrementAndGet();
    List<NestedField> columns = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.add(field(column, ids, false));
    }
    fields.add(
        NestedField.optional(
            row, "row", Types.StructType.of(columns), "Giá trị theo quy chuẩn, khi đọc được"));
    Schema schema = new Schema(fields);
    Map<String, String> properties =
        properties(contract, "Bản ghi như đơn vị gửi: " + contract.titleVi());
    properties.put(KEY_PROPERTY, "");
    properties.put(REQUIRED_PROPERTY, "");
    // Written in one pass as the files are read; shuffling first would read them twice.
    properties.put(TableProperties.WRITE_DISTRIBUTION_MODE, "none");
    // Written every night and read once or twice: quick to write, and small in a task's memory.
    // Most values occur once; looking each up in a dictionary costs more than packing the others.
    // Pages of version 2 keep what differs from the value before: the cells of a line, which each
    // of its records repeats, and the numbers of lines take next to nothing.
    properties.put(TableProperties.PARQUET_COMPRESSION_LEVEL, "1");
    properties.put(ENABLE_DICTIONARY, "false");
    properties.put(TableProperties.PARQUET_PAGE_VERSION, "v2");
    // Iceberg's vectorised reader knows no booleans of such pages, and never reads a struct.
    properties.put(TableProperties.PARQUET_VECTORIZATION_ENABLED, "false");
    properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, RAW_ROW_GROUP_BYTES);
    // Raw rows are found by date, delivery and file; the least and the greatest of what publishers
    // sent would help nobody, and keeping them copies each value.
    List<String> sent = new ArrayList<>(List.of("cells", "text"));
    contract.columns().forEach(column -> sent.add("row." + column.name()));
    for (String column : sent) {
      properties.put(TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX + column, "false");
      properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column, "none");
    }
    return new TableDefinition(
        TableIdentifier.parse(rawName(contract.dataset())),
        schema,
        spec(schema, List.of("business_date")),
        SortOrder.unsorted(),
        List.of(),
        Set.of(),
        properties);
  }

  /** Name of the raw table of a dataset, for example {@code raw.water_sample}. */
  public static String rawName(String dataset) {
    return RAW_NAMESPACE + "." + dataset.replace('.', '_');
  }

  private static NestedField field(Column column, AtomicInteger ids, boolean required) {
    NestedField.Builder field =
        NestedField.builder()
            .withId(ids.incrementAndGet())
            .withName(column.name())
            .isOptional(!required)
            .withDoc(doc(column));
    return field.ofType(type(column.physicalType(), ids)).build();
  }

  private static NestedField field(Field field, AtomicInteger ids) {
    int id = ids.incrementAndGet();
    return NestedField.optional(id, field.name(), type(field.type(), ids), field.doc());
  }

  private static Type type(String text, AtomicInteger ids) {
    return IcebergTypes.of(PhysicalType.parse(text), ids::incrementAndGet);
  }

  /** Title, unit and description in Vietnamese: what a person sees in DESCRIBE. */
  private static String doc(Column column) {
    String title =
        column.unit().isEmpty() ? column.titleVi() : column.titleVi() + " (" + column.unit() + ")";
    return column.descriptionVi().isEmpty() ? title : title + ". " + column.descriptionVi();
  }

  private static PartitionSpec spec(Schema schema, List<String> partitioning) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    for (String text : partitioning) {
      ColumnTransform transform = transform(text);
      String column = transform.column();
      switch (transform.name()) {
        case "years" -> spec.year(column);
        case "months" -> spec.month(column);
        case "days" -> spec.day(column);
        case "hours" -> spec.hour(column);
        case "bucket" -> spec.bucket(column, transform.width());
        case "truncate" -> spec.truncate(column, transform.width());
        default -> spec.identity(column);
      }
    }
    return spec.build();
  }

  private static ColumnTransform transform(String text) {
    return ColumnTransform.parse(text, ColumnTransform.Form.ANY)
        .orElseThrow(() -> new IllegalArgumentException("not a transform: " + text));
  }

  private static SortOrder sortOrder(Schema schema, List<String> columns) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    columns.forEach(column -> order.asc(column, NullOrder.NULLS_FIRST));
    return order.build();
  }

  private static Set<String> required(Contract contract) {
    return contract.columns().stream()
        .filter(Column::required)
        .map(Column::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<String, String> properties(Contract contract, String comment) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("comment", comment);
    properties.put(VERSION_PROPERTY, contract.version());
    properties.put(KEY_PROPERTY, String.join(",", contract.key()));
    properties.put(REQUIRED_PROPERTY, String.join(",", required(contract)));
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    // Each night adds metadata files on a branch; only the newest are of use.
    properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");
    // Each night adds a manifest, and each plan of a query reads those that stand: few stay.
    properties.put(TableProperties.MANIFEST_MIN_MERGE_COUNT, "8");
    // Releases are cited: no client's DROP … PURGE or expire_snapshots deletes their files.
    properties.put(TableProperties.GC_ENABLED, "false");
    return properties;
  }

  /** Names of the columns, provenance included. */
  public List<String> columnNames() {
    return schema.columns().stream().map(NestedField::name).toList();
  }

  /** {@code domain.name}, as people write it. */
  public String fullName() {
    return Stream.concat(Stream.of(name.namespace().levels()), Stream.of(name.name()))
        .collect(Collectors.joining("."));
  }
}
