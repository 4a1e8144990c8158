package vn.tnmt.lakehouse.transform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.audit.Audits;
import vn.tnmt.lakehouse.transform.erase.Erasure;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.ledger.Ledger;
import vn.tnmt.lakehouse.transform.ledger.RunLog;

class ContractRowsTest {
  private static final Contract CONTRACT =
      Contracts.of(
              Map.of(
                  "toy.yaml",
                  """
                  apiVersion: v3.1.0
                  kind: DataContract
                  id: ops.toy
                  version: 1.0.0
                  status: active
                  domain: ops
                  name: Toy
                  schema:
                    - name: toy
                      physicalName: ops.toy
                      physicalType: table
                      logicalType: object
                      businessName: Thử
                      description: Bảng thử.
                      customProperties:
                        - {property: zone, value: ops}
                        - {property: titleEn, value: Toy}
                        - {property: descriptionEn, value: A toy.}
                      properties:
                        - {name: business_date, businessName: Ngày, logicalType: date, physicalType: date, required: true, primaryKey: true, primaryKeyPosition: 1, classification: P0, customProperties: [{property: titleEn, value: Day}]}
                        - {name: content_sha256, businessName: Mã, logicalType: string, physicalType: string, classification: P0, customProperties: [{property: titleEn, value: Sum}]}
                        - {name: severity, businessName: Mức, logicalType: string, physicalType: string, classification: P0, customProperties: [{property: titleEn, value: Severity}]}
                        - {name: tables, businessName: Bảng, logicalType: array, physicalType: "array<struct<name:string,records:bigint>>", classification: P0, customProperties: [{property: titleEn, value: Tables}]}
                  """))
          .contract("ops.toy");

  record Day(LocalDate businessDate) {}

  record Sums(List<OneTable> tables, Severity severity, String contentSha256) {}

  record OneTable(String name, long records) {}

  record Unfinished(String contentSha256, Severity severity) {}

  record More(List<OneTable> tables, Severity severity, String contentSha256, String note) {}

  record WrongType(List<OneTable> tables, Severity severity, Instant contentSha256) {}

  record WrongElement(List<Swapped> tables, Severity severity, String contentSha256) {}

  record Swapped(long records, String name) {}

  @Test
  void recordsSideBySideMakeARowInTheContractsOrderAndTypes() {
    ContractRows rows = ContractRows.of(CONTRACT, Day.class, Sums.class);
    Row row =
        rows.row(
            new Day(LocalDate.of(2026, 3, 2)),
            new Sums(List.of(new OneTable("a.b", 7)), Severity.WARN, null));
    assertThat(row)
        .isEqualTo(
            RowFactory.create(
                LocalDate.of(2026, 3, 2), null, "WARN", List.of(RowFactory.create("a.b", 7L))));
    assertThat(rows.type().toDDL())
        .isEqualTo(
            "business_date DATE,content_sha256 STRING,severity STRING,"
                + "tables ARRAY<STRUCT<name: STRING, records: BIGINT>>");
  }

  @Test
  void whatDiffersFromTheContractIsTold() {
    refuses("[tables], the reverse []", Day.class, Unfinished.class);
    refuses("without a component [], the reverse [note]", Day.class, More.class);
    refuses("two components fill it", Day.class, Day.class, Sums.class);
    refuses("java.time.Instant is no string", Day.class, WrongType.class);
    refuses("has [records, name]", Day.class, WrongElement.class);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  private static void refuses(String what, Class<? extends Record>... parts) {
    ContractRows rows = ContractRows.of(CONTRACT, parts);
    assertThatThrownBy(rows::type)
        .hasMessageContainingAll("TNMT-9001", "toy.yaml ops.toy", what, "Day");
  }

  /** A column added to a contract of {@code ops.*} has to be filled. */
  @Test
  void everyTableOfTheLedgerIsFilledAsItsContractSays() {
    List<ContractRows> made =
        List.of(
            Audits.ROWS,
            Erasure.ROWS,
            Judgements.ROWS,
            Ledger.DELIVERIES,
            RunLog.RUNS,
            RunLog.RELEASES);
    made.forEach(rows -> assertThat(rows.type().isEmpty()).as(rows.table()).isFalse());
    Set<String> ofSpark = Set.of("ops.quarantine", "ops.row_outcome", "ops.rule_result");
    assertThat(
            Stream.concat(made.stream().map(ContractRows::table), ofSpark.stream())
                .collect(Collectors.toSet()))
        .isEqualTo(
            Contracts.bundled().all().stream()
                .filter(contract -> contract.kind() == Kind.OPS)
                .map(Contract::dataset)
                .collect(Collectors.toSet()));
  }
}
