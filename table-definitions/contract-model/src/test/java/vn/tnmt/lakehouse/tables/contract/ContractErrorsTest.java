package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Every way to write a contract wrongly: the code, the line and the nearest right name. */
class ContractErrorsTest {
  private static final String GOOD =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: demo.thing
      version: 1.0.0
      status: active
      domain: demo
      slaProperties:
        - {property: retention, value: 5, unit: y}
      schema:
        - name: thing
          physicalName: demo.thing
          businessName: Vật
          description: Dùng để thử.
          customProperties:
            - {property: zone, value: standard}
            - {property: titleEn, value: Thing}
            - {property: descriptionEn, value: For tests.}
            - {property: partitioning, value: [months(day)]}
            - {property: sortOrder, value: [code]}
          properties:
            - name: code
              businessName: Mã
              logicalType: string
              physicalType: string
              required: true
              primaryKey: true
              primaryKeyPosition: 1
              classification: P0
              customProperties:
                - {property: titleEn, value: Code}
              quality:
                - id: TST-01
                  name: Mã sai
                  description: Đề nghị sửa.
                  type: custom
                  engine: tnmt
                  severity: block
                  implementation: {rule: pattern, pattern: x, when: {code: x}}
                  customProperties:
                    - {property: nameEn, value: Wrong code}
                    - {property: descriptionEn, value: Please correct it.}
                - {id: REC-21, type: custom, engine: tnmt, severity: warn, implementation: {rule: reference, to: demo.thing.code}}
            - name: day
              businessName: Ngày
              logicalType: date
              physicalType: date
              classification: P2
              customProperties:
                - {property: titleEn, value: Day}
                - {property: unit, value: d}
      """;

  @Test
  void theGoodOneIsRead() {
    Contract contract = read(GOOD).contract("demo.thing");
    assertThat(contract.key()).containsExactly("code");
    assertThat(contract.kind()).isEqualTo(Kind.STANDARD);
    assertThat(contract.partitioning()).containsExactly("months(day)");
    assertThat(contract.column("day").unit()).isEqualTo("d");
    assertThat(contract.column("day").privacy()).isEqualTo("P2");
    assertThat(contract.column("day").required()).isFalse();
    assertThat(contract.serviceLevels()).containsExactly(new ServiceLevel("retention", "5", "y"));
    assertThat(contract.rules().get(0).where()).isEqualTo("contracts/demo/thing.yaml:32");
    assertThat(contract.rules().get(1).text().titleVi())
        .isEqualTo("Không tìm thấy đối tượng được tham chiếu");
    assertThat(contract.references()).hasSize(1);
    assertThatThrownBy(() -> contract.column("cod"))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("did you mean 'code'?");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // not YAML
        "domain: demo; domain: [demo; TNMT-2001; ; ",
        "status: active; `status: active\nstatus: active`; TNMT-2001; 6; twice",
        // unknown keys
        "status: active; `status: active\nowners: x`; TNMT-2002; 6; known",
        "status: active; `status: active\nstatuss: x`; TNMT-2002; 6; did you mean 'status'?",
        "businessName: Vật; busnessName: Vật; TNMT-2002; 12; did you mean 'businessName'?",
        "logicalType: date; logicaltype: date; TNMT-2002; 45; 'logicalType'",
        "severity: block; severty: block; TNMT-2002; 37; 'severity'",
        "property: zone; property: zones; TNMT-2002; 15; did you mean 'zone'?",
        "property: unit; property: units; TNMT-2002; 50; did you mean 'unit'?",
        "pattern: x; patern: x; TNMT-2002; 38; did you mean 'pattern'?",
        "unit: y}; units: y}; TNMT-2002; 8; did you mean 'unit'?",
        // the document
        "apiVersion: v3.1.0; apiVersion: v3.0.2; TNMT-2003; 1; must be 'v3.1.0'",
        "kind: DataContract; kind: Contract; TNMT-2003; 2; must be 'DataContract'",
        "id: demo.thing; id: Demo Thing; TNMT-2003; 3; <domain>.<name>",
        "version: 1.0.0; version: one; TNMT-2003; 4; major.minor.patch",
        "status: active; tenant: x; TNMT-2003; 1; 'status'",
        "domain: demo; domain: demos; TNMT-2003; 6; must be 'demo'",
        "physicalName: demo.thing; physicalName: demo.things; TNMT-2003; 11; must be 'demo.thing'",
        "value: standard; value: standart; TNMT-2003; 15; did you mean 'standard'?",
        "`      - {property: titleEn, value: Thing}\n`; ``; TNMT-2003; 10; titleEn",
        "- {property: titleEn, value: Thing}; - {property: zone, value: ops}; TNMT-2003; 16; twice",
        // columns
        "`        physicalType: date`; `        physicalType: datum`; TNMT-2003; 46; a type is expected at position 1",
        "`        logicalType: date`; `        logicalType: string`; TNMT-2003; 45; must be 'date'",
        "classification: P2; classification: P3; TNMT-2003; 47; P2 (sensitive personal)",
        "`- name: day`; `- name: code`; TNMT-2003; 43; stands twice",
        "`- name: day`; `- name: Day`; TNMT-2003; 43; lower case",
        "primaryKeyPosition: 1; primaryKeyPosition: 2; TNMT-2003; 10; 1, 2, 3",
        "primaryKeyPosition: 1; primaryKeyPosition: first; TNMT-2003; 27; integer",
        "`        required: true\n`; ``; TNMT-2003; 21; required: true",
        "`        primaryKeyPosition: 1\n`; ``; TNMT-2003; 21; primaryKeyPosition",
        "required: true; required: yes; TNMT-2003; 25; true or false",
        "months(day); months(dai); TNMT-2003; 18; did you mean 'day'?",
        "months(day); weeks(day); TNMT-2003; 18; months(column)",
        "value: [code]; value: [days(day)]; TNMT-2003; 19; is not a column",
        "value: [code]; value: [cod]; TNMT-2003; 19; did you mean 'code'?",
        // rules
        "engine: tnmt; engine: soda; TNMT-2003; 36; must be 'tnmt'",
        "type: custom; type: sql; TNMT-2003; 35; must be 'custom'",
        "id: TST-01; id: tst1; TNMT-2003; 32; for example OBS-01",
        "id: REC-21; id: TST-01; TNMT-2003; 42; name",
        "severity: block; severity: blok; TNMT-2003; 37; did you mean 'block'?",
        "severity: block; severity: fatal; TNMT-2003; 37; block, warn",
        "rule: pattern, pattern; rule: patern, pattern; TNMT-2003; 38; did you mean 'pattern'?",
        "rule: pattern, pattern: x; rule: pattern; TNMT-2003; 38; lacks 'pattern'",
        "when: {code: x}; when: {cod: x}; TNMT-2003; 38; did you mean 'code'?",
        "{rule: pattern, pattern: x; {rule: compare, left: code, op: \"=\", right: dai; TNMT-2003; 38; did you mean 'day'?",
        "{rule: pattern, pattern: x; {rule: range, min: low; TNMT-2003; 38; number",
        "- {property: nameEn, value: Wrong code}; - {property: descriptionEn, value: x}; TNMT-2003; 41; twice",
        "to: demo.thing.code; to: thing.code; TNMT-2003; 42; <dataset>.<column>",
        "to: demo.thing.code; to: demo.thin.code; TNMT-2003; 42; did you mean 'demo.thing'?",
        "to: demo.thing.code; to: demo.thing.cod; TNMT-2003; 42; did you mean 'code'?"
      })
  void isToldWithFileAndLine(String from, String to, String code, Integer line, String text) {
    String wrong = wrong(from, to == null ? "" : to);
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith(code)
        .hasMessageContaining("contracts/demo/thing.yaml" + (line == null ? ":" : ":" + line + ")"))
        .hasMessageContaining(text == null ? "" : text);
  }

  private static String wrong(String from, String to) {
    String unescaped = from.replace("\\n", "\n");
    assertThat(GOOD).contains(unescaped);
    int at = GOOD.indexOf(unescaped);
    return GOOD.substring(0, at)
        + to.replace("\\n", "\n")
        + GOOD.substring(at + unescaped.length());
  }

  @Test
  void twoContractsOfOneDatasetAreRefused() {
    assertThatThrownBy(() -> Contracts.of(Map.of("a.yaml", GOOD, "b.yaml", GOOD)))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("a.yaml")
        .hasMessageContaining("b.yaml");
  }

  @Test
  void aRuleCodeIsUsedOnceInTheNation() {
    String other = GOOD.replace("demo.thing", "demo.other");
    assertThatThrownBy(() -> Contracts.of(Map.of("a.yaml", GOOD, "b.yaml", other)))
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("TST-01")
        .hasMessageContaining("a.yaml:32")
        .hasMessageContaining("b.yaml:32");
  }

  @Test
  void anUnknownDatasetNamesTheNearest() {
    assertThatThrownBy(() -> Contracts.bundled().contract("monitoring.observations"))
        .hasMessageStartingWith("TNMT-2004")
        .hasMessageContaining("did you mean 'monitoring.observation'?");
    assertThatThrownBy(() -> Contracts.bundled().contract("x"))
        .hasMessageContaining("known: admin.unit, ");
  }

  @Test
  void contractsAreReadFromAFolder(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectories(folder.resolve("demo")).resolve("thing.yaml");
    Files.writeString(file, GOOD);
    Files.writeString(folder.resolve("notes.txt"), "not a contract");
    assertThat(Contracts.load(folder).all()).hasSize(1);

    Files.write(file, new byte[] {'i', 'd', ':', ' ', (byte) 0xC3});
    assertThatThrownBy(() -> Contracts.load(folder)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Contracts.load(folder.resolve("missing")))
        .hasMessageStartingWith("TNMT-1002");
  }

  private static Contracts read(String text) {
    return Contracts.of(Map.of("contracts/demo/thing.yaml", text));
  }
}
