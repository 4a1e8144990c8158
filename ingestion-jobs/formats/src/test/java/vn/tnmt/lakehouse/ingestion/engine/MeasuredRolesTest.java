package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.ContractTexts;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** A dataset with measurements is one YAML file, whatever its columns are called. */
class MeasuredRolesTest {
  private static final Feed FEED =
      Feeds.of(
              Map.of(
                  "roles.yaml",
                  """
                  apiVersion: tnmt.vn/v1
                  kind: Feeds
                  publisher: {id: p, nameVi: P, nameEn: P}
                  feeds:
                    - id: thing
                      dataset: demo.thing
                      transport: {type: directory, root: x, pattern: "{name}.csv"}
                      format: {type: csv}
                      measure: {symbol: ky_hieu, value: so_do, unit: don_vi_do}
                      mapping: {ma: ma}
                  """),
              Map.of(),
              CodeLists.bundled())
          .get(0);

  private static Contracts contracts(boolean withRoles) {
    String yaml =
        ContractTexts.yaml(
            List.of(),
            List.of(),
            List.of(),
            "ma string key",
            "thong_so string key",
            "muc_do double",
            "don_vi string",
            "dau string");
    for (String role :
        List.of("", "measuredParameter", "measuredValue", "measuredUnit", "measuredQualifier")) {
      yaml =
          yaml.replaceFirst(
              "value: Column}]",
              "value: C}"
                  + (role.isEmpty() || !withRoles ? "" : ", {property: role, value: " + role + "}")
                  + "]");
    }
    return Contracts.of(Map.of("demo/thing.yaml", yaml));
  }

  @Test
  void theMeasurementFillsTheColumnsWithItsRoles() throws IOException {
    Contracts contracts = contracts(true);
    assertThat(FeedCheck.check(List.of(FEED), contracts)).isEmpty();
    Contract contract = contracts.contract("demo.thing");
    RowEngine engine = RowEngine.compile(FEED, contract, CodeLists.bundled());
    byte[] content =
        "ma,ky_hieu,so_do,don_vi_do\nA,PM25,0.07,mg/m3\nB,pH,<7.5,\nC,pH,x,\nD,Xyz,1,\n"
            .getBytes(StandardCharsets.UTF_8);
    SourceFile file = new SourceFile("a.csv", content.length, true);
    List<String> rows = new ArrayList<>();
    try (RecordReader.Records records =
        Readers.of(FEED, contract).open(file, new ByteArrayInputStream(content))) {
      records.forEachRemaining(
          record -> {
            Verdict verdict = engine.apply(record, file, EngineTesting.NIGHT);
            rows.add(
                java.util.Arrays.toString(verdict.row())
                    + verdict.breaches().stream().map(MeasuredRolesTest::told).toList());
          });
    }
    assertThat(rows)
        .containsExactly(
            "[A, PM2.5, 70.0, µg/m³, =][]",
            "[B, pH, 7.5, -, <][]",
            "[C, pH, null, -, null][REC-11 muc_do]",
            "[D, null, null, null, null][REC-14 thong_so]");
  }

  private static String told(Breach breach) {
    return breach.rule() + " " + breach.column();
  }

  @Test
  void withoutRolesNothingIsMeasured() {
    Contracts contracts = contracts(false);
    assertThat(FeedCheck.check(List.of(FEED), contracts))
        .extracting(Problem::toString)
        .anySatisfy(
            problem -> assertThat(problem).contains("roles.yaml:9").contains("measuredValue"));
    assertThatThrownBy(
            () -> RowEngine.compile(FEED, contracts.contract("demo.thing"), CodeLists.bundled()))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-2006")
        .hasMessageContaining("roles.yaml:9");
  }
}
