package vn.tnmt.lakehouse.tables.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.contract.ContractTexts;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.Change.Kind;

class TablePlanTest {
  private static final TableIdentifier TABLE = TableIdentifier.parse("demo.thing");
  private static final TableIdentifier RAW = TableIdentifier.parse("raw.demo_thing");

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  @BeforeEach
  void openCatalogue() {
    catalog.initialize("test", Map.of());
  }

  @Test
  void allBundledContractsBecomeTablesAndASecondPlanIsEmpty() {
    TablePlan plan = TablePlan.compute(catalog, Contracts.bundled());
    assertThat(plan.unsafe()).isEmpty();
    assertThat(plan.changes().get(0))
        .extracting(Change::kind, Change::table)
        .containsExactly(Kind.CREATE_NAMESPACE, "admin");
    plan.apply(catalog);

    TablePlan again = TablePlan.compute(catalog, Contracts.bundled());
    assertThat(again.changes()).isEmpty();
    assertThat(again.render()).contains("đã khớp quy chuẩn");
    again.apply(catalog);
  }

  @Test
  void anObservationTableHasWhatTheContractSays() {
    TablePlan.compute(catalog, Contracts.bundled()).apply(catalog);
    Table table = catalog.loadTable(TableIdentifier.parse("monitoring.observation"));
    assertThat(table.spec().fields())
        .extracting(field -> field.name() + " " + field.transform())
        .containsExactly("observed_on identity");
    assertThat(table.sortOrder().fields()).hasSize(3);
    assertThat(table.schema().identifierFieldNames())
        .containsExactlyInAnyOrder("station_code", "parameter", "measured_at");
    assertThat(table.schema().findType("measured_at")).isEqualTo(Types.TimestampType.withZone());
    assertThat(table.schema().findField("value").doc())
        .startsWith("Giá trị. Tính bằng đơn vị ở cột unit.");
    assertThat(table.schema().columns().subList(9, 15))
        .extracting(Types.NestedField::name)
        .containsExactly(
            "_feed", "_delivery_id", "_source_file", "_source_line", "_record_part", "_run_id");
    assertThat(table.properties())
        .containsEntry("write.parquet.compression-codec", "zstd")
        .containsEntry("tnmt.key", "station_code,parameter,measured_at")
        .containsEntry("tnmt.contract-version", "1.1.0");
    assertThat(table.schema().columns())
        .allSatisfy(column -> assertThat(column.doc()).isNotBlank());
  }

  @Test
  void aHashOfTheContentIsKeptBesideOutlinesOnly() {
    TablePlan.compute(catalog, Contracts.bundled()).apply(catalog);
    assertThat(catalog.loadTable(TableIdentifier.parse("land.parcel")).schema().columns())
        .extracting(Types.NestedField::name)
        .endsWith("_run_id", "_content_hash");
    assertThat(catalog.loadTable(TableIdentifier.parse("water.sample")).schema().columns())
        .extracting(Types.NestedField::name)
        .endsWith("_run_id");
  }

  @Test
  void theRawTableHoldsTheContractsColumnsInAStruct() {
    TablePlan.compute(catalog, Contracts.bundled()).apply(catalog);
    Table table = catalog.loadTable(TableIdentifier.parse("raw.monitoring_observation"));
    assertThat(table.schema().findType("row.value")).isEqualTo(Types.DoubleType.get());
    assertThat(table.schema().findType("breaches.element.rule")).isEqualTo(Types.StringType.get());
    assertThat(table.schema().findType("cells")).isEqualTo(Types.StringType.get());
    assertThat(table.spec().fields().get(0).name()).isEqualTo("business_date");
    assertThat(catalog.listTables(Namespace.of("raw")))
        .extracting(TableIdentifier::name)
        .as("standard datasets have one, and no others")
        .containsExactlyInAnyOrderElementsOf(
            Contracts.bundled().all().stream()
                .filter(
                    contract -> contract.kind() == vn.tnmt.lakehouse.tables.contract.Kind.STANDARD)
                .map(contract -> contract.dataset().replace('.', '_'))
                .toList())
        .contains("monitoring_observation", "water_sample");
  }

  @Test
  void safeChangesAreMadeAndKeepTheData() {
    apply(ContractTexts.thing("code string key", "amount int", "ratio float"));
    fill(TABLE);
    Contracts next =
        ContractTexts.thing("code string key", "note string", "amount bigint", "ratio double");
    TablePlan plan = TablePlan.compute(catalog, next);
    assertThat(plan.unsafe()).isEmpty();
    assertThat(plan.changes())
        .extracting(Change::kind, Change::table, Change::subject)
        .contains(
            tuple(Kind.ADD_COLUMN, "demo.thing", "note string"),
            tuple(Kind.CHANGE_TYPE, "demo.thing", "amount int → bigint"),
            tuple(Kind.CHANGE_TYPE, "demo.thing", "ratio float → double"),
            tuple(Kind.ADD_COLUMN, "raw.demo_thing", "row.note string"),
            tuple(Kind.CHANGE_TYPE, "raw.demo_thing", "row.amount int → bigint"));
    plan.apply(catalog);

    Table table = catalog.loadTable(TABLE);
    assertThat(table.schema().columns().subList(0, 4))
        .extracting(Types.NestedField::name)
        .containsExactly("code", "note", "amount", "ratio");
    assertThat(table.schema().findType("amount")).isEqualTo(Types.LongType.get());
    assertThat(table.currentSnapshot()).isNotNull();
    assertThat(catalog.loadTable(RAW).schema().findField("row.note")).isNotNull();
    assertThat(TablePlan.compute(catalog, next).changes()).isEmpty();
  }

  @Test
  void eachTablesChangesAreOneCommit() {
    apply(ContractTexts.thing("code string key", "amount int"));
    int before = metadataFiles();
    apply(ContractTexts.thing("code string key", "amount bigint", "note string"));
    assertThat(metadataFiles()).isEqualTo(before + 1);
  }

  @Test
  void partitioningAndSortOrderAreReplaced() {
    Contracts first = ContractTexts.thing("code string key", "day date");
    apply(first);
    fill(TABLE);
    Contracts next =
        ContractTexts.laidOut(
            List.of("months(day)", "bucket(4, code)"),
            List.of("day", "code"),
            "code string key",
            "day date");
    TablePlan plan = TablePlan.compute(catalog, next);
    assertThat(plan.unsafe()).isEmpty();
    assertThat(plan.changes())
        .extracting(Change::kind, Change::subject)
        .containsExactly(
            tuple(Kind.CHANGE_PARTITIONING, "[] → [months(day), bucket(4, code)]"),
            tuple(Kind.CHANGE_SORT_ORDER, "[] → [day, code]"));
    plan.apply(catalog);
    assertThat(TablePlan.compute(catalog, next).changes()).isEmpty();

    apply(first);
    assertThat(catalog.loadTable(TABLE).spec().fields())
        .allMatch(field -> field.transform().isVoid());
    assertThat(catalog.loadTable(TABLE).sortOrder().isUnsorted()).isTrue();
    assertThat(TablePlan.compute(catalog, first).changes()).isEmpty();
  }

  @Test
  void aDroppedColumnIsRefusedAndNothingIsDone() {
    refused(
        ContractTexts.thing("code string key", "amount bigint"),
        ContractTexts.thing("code string key", "note string"),
        Kind.DROP_COLUMN,
        "amount");
    assertThat(catalog.loadTable(TABLE).schema().findField("note")).isNull();
  }

  @Test
  void aNarrowedTypeIsRefused() {
    refused(
        ContractTexts.thing("code string key", "amount bigint"),
        ContractTexts.thing("code string key", "amount int"),
        Kind.CHANGE_TYPE,
        "amount bigint → int");
    assertThat(
            TablePlan.compute(catalog, ContractTexts.thing("code string key", "amount string"))
                .unsafe())
        .extracting(Change::kind)
        .containsOnly(Kind.CHANGE_TYPE);
  }

  @Test
  void aRequiredColumnIsRefusedWhereRowsExist() {
    refused(
        ContractTexts.thing("code string key"),
        ContractTexts.thing("code string key", "amount bigint required"),
        Kind.ADD_COLUMN,
        "amount bigint");
  }

  @Test
  void requiringAnExistingColumnIsRefused() {
    refused(
        ContractTexts.thing("code string key", "amount bigint"),
        ContractTexts.thing("code string key", "amount bigint required"),
        Kind.REQUIRE_COLUMN,
        "amount");
  }

  @Test
  void anotherKeyIsRefused() {
    refused(
        ContractTexts.thing("code string key", "day date required"),
        ContractTexts.thing("code string key", "day date key"),
        Kind.CHANGE_KEY,
        "[code] → [code, day]");
  }

  @Test
  void aTableWithoutASnapshotHasNothingToLose() {
    apply(ContractTexts.thing("code string key", "amount bigint"));
    Contracts next =
        ContractTexts.laidOut(
            List.of("months(day)"), List.of(), "day date key", "amount int required");
    TablePlan plan = TablePlan.compute(catalog, next);
    assertThat(plan.unsafe()).isEmpty();
    assertThat(plan.changes())
        .extracting(Change::kind, Change::table)
        .containsExactly(
            tuple(Kind.REPLACE_EMPTY_TABLE, "demo.thing"),
            tuple(Kind.REPLACE_EMPTY_TABLE, "raw.demo_thing"));
    plan.apply(catalog);
    assertThat(catalog.loadTable(TABLE).schema().identifierFieldNames()).containsExactly("day");
    assertThat(TablePlan.compute(catalog, next).changes()).isEmpty();
  }

  @Test
  void aCommentChangesWithTheContract() {
    apply(ContractTexts.thing("code string key"));
    catalog.loadTable(TABLE).updateSchema().updateColumnDoc("code", "something else").commit();
    TablePlan plan = TablePlan.compute(catalog, ContractTexts.thing("code string key"));
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.CHANGE_COMMENT);
    plan.apply(catalog);
    assertThat(catalog.loadTable(TABLE).schema().findField("code").doc()).isEqualTo("Cột code");
  }

  @Test
  void foreignPropertiesAndTablesAreLeftAlone() {
    apply(ContractTexts.thing("code string key"));
    catalog.loadTable(TABLE).updateProperties().set("owner", "someone").commit();
    catalog.createTable(TableIdentifier.of("demo", "scratch"), catalog.loadTable(TABLE).schema());
    assertThat(TablePlan.compute(catalog, ContractTexts.thing("code string key")).changes())
        .isEmpty();
  }

  @Test
  void thePlanReadsAsText() {
    String text = TablePlan.compute(catalog, ContractTexts.thing("code string key")).render();
    assertThat(text)
        .startsWith("4 thay đổi, 0 không an toàn / 4 changes, 0 unsafe\n")
        .contains("+ tạo không gian tên / create namespace: demo")
        .contains("+ tạo bảng / create table: demo.thing 7 cột / columns")
        .contains("+ tạo bảng / create table: raw.demo_thing 13 cột / columns [business_date]");
  }

  private void refused(Contracts first, Contracts next, Kind kind, String subject) {
    apply(first);
    fill(TABLE);
    TablePlan plan = TablePlan.compute(catalog, next);
    assertThat(plan.unsafe())
        .filteredOn(change -> change.table().equals("demo.thing"))
        .extracting(Change::kind, Change::subject)
        .containsExactly(tuple(kind, subject));
    assertThat(plan.render()).contains("  ! ");
    assertThatThrownBy(() -> plan.apply(catalog))
        .hasMessageStartingWith("TNMT-4002")
        .hasMessageContaining(subject);
    assertThat(TablePlan.compute(catalog, first).changes()).isEmpty();
  }

  private void apply(Contracts contracts) {
    TablePlan.compute(catalog, contracts).apply(catalog);
  }

  /** Commits a snapshot; its file need not exist for a plan. */
  private void fill(TableIdentifier name) {
    Table table = catalog.loadTable(name);
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("memory/file.parquet")
            .withFileSizeInBytes(1)
            .withRecordCount(1)
            .build();
    table.newAppend().appendFile(file).commit();
  }

  private int metadataFiles() {
    Map<String, String> seen = new HashMap<>();
    ((org.apache.iceberg.BaseTable) catalog.loadTable(TABLE))
        .operations()
        .current()
        .previousFiles()
        .forEach(entry -> seen.put(entry.file(), ""));
    return seen.size();
  }
}
