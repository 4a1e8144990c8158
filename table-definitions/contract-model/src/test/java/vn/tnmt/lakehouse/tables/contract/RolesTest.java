package vn.tnmt.lakehouse.tables.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Columns of measurements are told by their role, whatever their names are. */
class RolesTest {
  private static final List<String> ROLES =
      List.of("measuredParameter", "measuredValue", "measuredUnit", "measuredQualifier");

  /** Four columns; the roles are in lines 27, 35, 43 and 51. */
  private static String yaml(List<String> roles) {
    String text =
        ContractTexts.yaml(
            List.of(),
            List.of(),
            List.of(),
            "thong_so string key",
            "muc_do double",
            "don_vi string",
            "dau string");
    for (String role : roles) {
      text =
          text.replaceFirst(
              "\\[\\{property: titleEn, value: Column}]",
              role.isEmpty()
                  ? "[{property: titleEn, value: None}]"
                  : "[{property: titleEn, value: Measured}, {property: role, value: "
                      + role
                      + "}]");
    }
    return text;
  }

  private static Contract read(List<String> roles) {
    return Contracts.of(Map.of("demo/thing.yaml", yaml(roles))).contract("demo.thing");
  }

  @Test
  void rolesAreReadWhateverTheColumnsAreCalled() {
    Contract contract = read(ROLES);
    assertThat(contract.isOfMeasurements()).isTrue();
    assertThat(contract.find(Role.VALUE)).map(Column::name).contains("muc_do");
    assertThat(contract.find(Role.UNIT)).map(Column::name).contains("don_vi");
    assertThat(contract.find(Role.SYMBOL)).isEmpty();
    assertThat(contract.measured())
        .containsExactlyInAnyOrder("thong_so", "muc_do", "don_vi", "dau");
  }

  @Test
  void withoutRolesThereIsNoMeasurement() {
    Contract contract = read(List.of());
    assertThat(contract.isOfMeasurements()).isFalse();
    assertThat(contract.measured()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "measuredParameter,measuredValue,measuredUnits; 43; did you mean 'measuredUnit'?",
        "measuredParameter,measuredUnit; 35; does not suit column muc_do",
        "measuredValue; 27; does not suit column thong_so",
        "measuredParameter,measuredValue,measuredParameter; 43; stands twice",
        "measuredParameter,measuredValue; 27; no column has role measuredUnit",
        "'',measuredValue,measuredUnit; 35; no column has role measuredParameter",
        "measuringStation; 27; no column has role measuredParameter"
      })
  void aWrongOrMissingRoleIsToldWithItsLine(String roles, int line, String text) {
    assertThatThrownBy(() -> read(List.of(roles.replace("'", "").split(","))))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-2003")
        .hasMessageContaining("demo/thing.yaml:" + line + ")")
        .hasMessageContaining(text);
  }
}
