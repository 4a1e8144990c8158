package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.codelist.Parameters;
import vn.tnmt.lakehouse.tables.codelist.Units;
import vn.tnmt.lakehouse.tables.rule.RowRules;

/** The contracts and code lists that are part of the platform hang together. */
class BundledContractsTest {
  private final Contracts contracts = Contracts.bundled();

  @Test
  void everyDatasetOfTheFirstNightIsThere() {
    assertThat(contracts.all())
        .extracting(Contract::dataset)
        .contains(
            "admin.unit",
            "land.parcel",
            "monitoring.observation",
            "monitoring.station",
            "national.air_quality_daily",
            "national.air_quality_hourly",
            "national.station",
            "national.water_quality",
            "ops.audit_result",
            "ops.delivery",
            "ops.erasure",
            "ops.gate",
            "ops.quarantine",
            "ops.release",
            "ops.row_outcome",
            "ops.rule_result",
            "ops.run",
            "water.sample");
  }

  @Test
  void anObservationIsKeyedByStationParameterAndInstant() {
    Contract observation = contracts.contract("monitoring.observation");
    assertThat(observation.key()).containsExactly("station_code", "parameter", "measured_at");
    assertThat(observation.partitioning()).containsExactly("observed_on");
    assertThat(observation.column("measured_at").type()).isEqualTo(LogicalType.TIMESTAMP);
    assertThat(observation.references())
        .extracting(Reference::dataset, Reference::targetColumn, Reference::rule)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("monitoring.station", "station_code", "REC-21"));
  }

  /** Spark tasks get their contract from the driver. */
  @Test
  void contractsTravelToOtherProcesses() throws IOException, ClassNotFoundException {
    for (Contract contract : contracts.all()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(contract);
      assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
          .isEqualTo(contract);
    }
  }

  @Test
  void everyRuleCompiles() {
    for (Contract contract : contracts.all()) {
      assertThat(RowRules.compile(contract, CodeLists.bundled())).isNotNull();
    }
  }

  @Test
  void everyCodeListIsAProperTable() {
    CodeLists lists = CodeLists.bundled();
    for (String name : lists.names()) {
      assertThat(lists.rows(name)).as(name).isNotEmpty();
    }
    assertThat(lists.rows("provinces_34")).hasSize(34);
    assertThat(lists.rows("communes_2025")).hasSize(3321);
  }

  /** No published dataset holds personal data (Luật 91/2025/QH15). */
  @Test
  void whatIsPublishedIsPublic() {
    for (Contract contract : contracts.all()) {
      if (contract.kind() == Kind.NATIONAL) {
        assertThat(contract.columns()).extracting(Column::privacy).containsOnly("P0");
      }
    }
  }

  @Test
  void everyParameterKnowsItsOwnNameAndUnit() {
    Units units = Units.bundled();
    Parameters parameters = Parameters.bundled();
    parameters
        .all()
        .forEach(
            parameter -> {
              assertThat(parameters.ofSymbol(parameter.name())).contains(parameter);
              assertThat(units.conversion(parameter.name(), parameter.unit()))
                  .as(parameter.name())
                  .contains(new Units.Conversion(parameter.unit(), 1, ""));
            });
    assertThat(List.of("PM2,5", "PM2.5", "PM2_5", "PM25"))
        .allSatisfy(
            symbol ->
                assertThat(parameters.ofSymbol(symbol))
                    .hasValueSatisfying(p -> assertThat(p.name()).isEqualTo("PM2.5")));
  }
}
