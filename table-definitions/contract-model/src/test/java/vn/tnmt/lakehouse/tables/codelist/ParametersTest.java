package vn.tnmt.lakehouse.tables.codelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private final Parameters parameters = Parameters.bundled();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PM2,5; PM2.5",
        "PM2.5; PM2.5",
        "PM2_5; PM2.5",
        "pm25; PM2.5",
        "NH4; NH4_N",
        "N_NH4; NH4_N",
        "N-NO3; NO3_N",
        "P_PO4; PO4_P",
        "PH; pH",
        "tss; TSS",
        "Ecoli; E_coli",
        "E. coli; E_coli",
        "Heptachlorepoxide; Heptachlor_epoxide",
        "Cr6+; Cr6",
        "CO; CO",
        "' NO2\t'; NO2"
      })
  void symbolsOfTheCircularAndOfLaboratories(String symbol, String parameter) {
    assertThat(parameters.ofSymbol(symbol)).map(Parameter::name).contains(parameter);
  }

  /** Cobalt is not carbon monoxide, and nitrate is not its nitrogen. */
  @ParameterizedTest
  @ValueSource(strings = {"Co", "co", "NO3", "PO4", "Flow_IN", "XYZ", "", " "})
  void whatIsNotCertainIsUnknown(String symbol) {
    assertThat(parameters.ofSymbol(symbol)).isEmpty();
  }

  /** Thông tư 10/2021/TT-BTNMT, Phụ lục 15, Bảng 34. */
  @Test
  void everySymbolOfTheCircularIsKnown() {
    assertThat(CodeLists.bundled().by("tt10_symbols", "symbol").keySet())
        .hasSize(25)
        .allSatisfy(symbol -> assertThat(parameters.ofSymbol(symbol)).as(symbol).isPresent());
  }

  /** Every parameter that VN_WQI needs (Quyết định 1460/QĐ-TCMT). */
  @Test
  void theParametersOfTheIndicesAreThere() {
    assertThat(parameters.all())
        .extracting(Parameter::name)
        .containsAll(
            List.of(
                "pH",
                "Aldrin",
                "BHC",
                "Dieldrin",
                "DDTs",
                "Heptachlor",
                "Heptachlor_epoxide",
                "As",
                "Cd",
                "Pb",
                "Cr6",
                "Cu",
                "Zn",
                "Hg",
                "DO",
                "BOD5",
                "COD",
                "TOC",
                "NH4_N",
                "NO3_N",
                "NO2_N",
                "PO4_P",
                "Coliform",
                "E_coli",
                "water_temp",
                "PM2.5",
                "PM10",
                "NO2",
                "SO2",
                "CO",
                "O3"));
  }

  @Test
  void hardLimitsContainTheSuspectOnes() {
    CodeLists.bundled()
        .rows("parameters")
        .forEach(
            row -> {
              double low = number(row.get("hard_min"), Double.NEGATIVE_INFINITY);
              double high = number(row.get("hard_max"), Double.POSITIVE_INFINITY);
              assertThat(number(row.get("suspect_min"), low)).as("%s", row).isBetween(low, high);
              assertThat(number(row.get("suspect_max"), high)).as("%s", row).isBetween(low, high);
            });
  }

  @Test
  void aSymbolOfAnUnknownParameterIsAFaultOfTheList() {
    CodeLists lists =
        CodeLists.of(
            Map.of(
                "parameters.csv",
                "parameter,name_vi,name_en,unit,medium\nCO,CO,CO,µg/m³,air\n",
                "parameter_symbols.csv",
                "symbol,parameter\nCO2,CO2\n"));
    assertThatThrownBy(() -> Parameters.of(lists)).hasMessageStartingWith("TNMT-2007");
  }

  private static double number(String cell, double otherwise) {
    return cell.isEmpty() ? otherwise : Double.parseDouble(cell);
  }
}
