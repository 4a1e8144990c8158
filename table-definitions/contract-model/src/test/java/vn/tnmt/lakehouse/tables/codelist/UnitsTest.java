package vn.tnmt.lakehouse.tables.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  private final Units units = Units.bundled();

  @ParameterizedTest
  @CsvSource({
    "PM2.5, µg/m³, µg/m³, 1, ''",
    "PM2.5, μg/m3, µg/m³, 1, ''",
    "PM2.5, UG/M3, µg/m³, 1, ''",
    "PM2.5, ug/Nm3, µg/m³, 1, normal_conditions",
    "PM2.5, µg/Nm³, µg/m³, 1, normal_conditions",
    "CO, mg/m3, µg/m³, 1000, ''",
    "CO, mg/Nm3, µg/m³, 1000, normal_conditions",
    "Temp, oC, degC, 1, ''",
    "Temp, °C, degC, 1, ''",
    "Temp, º C, degC, 1, ''",
    "P, hPa, kPa, 0.1, ''",
    "pH, '', -, 1, ''",
    "pH, -, -, 1, ''",
    "Flow, m3/s, m3/h, 3600, ''",
    "TSS, mg/l, mg/L, 1, ''",
    "As, µg/L, mg/L, 0.001, ''",
    "Aldrin, mg/L, µg/L, 1000, ''",
    "Aldrin, ug/l, µg/L, 1, ''",
    "Coliform, MPN/100 ml, MPN/100mL, 1, ''",
    "PM, mg/Nm3, mg/Nm3, 1, ''"
  })
  void deliveredBecomesCanonical(
      String parameter, String unit, String canonical, double factor, String flag) {
    assertThat(units.conversion(parameter, unit))
        .contains(new Units.Conversion(canonical, factor, flag));
  }

  /** CO: 28.010 g/mol ÷ 24.4654 L/mol (25 °C, 101.325 kPa) = 1.1449 mg/m³ for each ppm. */
  @ParameterizedTest
  @CsvSource({"CO, ppm, 1144.9", "NO2, ppb, 1.880", "SO2, ppb, 2.619", "O3, ppb, 1.962"})
  void gasesByVolumeAssume25Degrees(String parameter, String unit, double factor) {
    Units.Conversion conversion = units.conversion(parameter, unit).orElseThrow();
    assertThat(conversion.factor()).isCloseTo(factor, within(factor * 0.0005));
    assertThat(conversion.flag()).isEqualTo("assumed_25C_101kPa");
  }

  /** Nothing is guessed: not an empty unit, not a gas's unit for water, not ppm of dust. */
  @ParameterizedTest
  @CsvSource({
    "PM2.5, ''",
    "PM2.5, ppm",
    "PM2.5, mg/L",
    "COD, µg/m³",
    "pH, mg/L",
    "Temp, K",
    "Temp, ''",
    "CO, xyz",
    "unheard, mg/L"
  })
  void unknownUnitsStayUnknown(String parameter, String unit) {
    assertThat(units.conversion(parameter, unit)).isEmpty();
  }

  @Test
  void aListThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> withConversions("*,ug/m3,µg/m³,1,\n*,µg/m³,µg/m³,2,\n"))
        .hasMessageStartingWith("TNMT-2007")
        .hasMessageContaining("two different conversions");
    assertThatThrownBy(() -> withConversions("*,ug/m3,µg/m³,zero,\n"))
        .hasMessageStartingWith("TNMT-2007")
        .hasMessageContaining("zero");
    assertThatThrownBy(() -> withConversions("*,ug/m3,µg/m³,-1,\n")).hasMessageContaining("'-1'");
  }

  private static Units withConversions(String rows) {
    return Units.of(
        CodeLists.of(
            Map.of(
                "parameters.csv",
                "parameter,name_vi,name_en,unit,medium\nCO,CO,CO,µg/m³,air\n",
                "parameter_symbols.csv",
                "symbol,parameter\nCO,CO\n",
                "unit_conversions.csv",
                "parameter,unit,canonical_unit,factor,flag\n" + rows)));
  }
}
