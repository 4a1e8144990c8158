package vn.tnmt.lakehouse.transform.index;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static vn.tnmt.lakehouse.transform.index.WqiParameter.*;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expected values: the tables of Quyết định 1460/QĐ-TCMT, hand calculation, and the results that an
 * independent programme (tranxuanthuy/vnwqi) prints for its own two test rows.
 */
class VnWqiTest {
  private static final VnWqi WQI = VnWqi.official();

  @ParameterizedTest
  @CsvSource({
    "PH, 5.49, 10",
    "PH, 5.5, 50",
    "PH, 5.75, 75",
    "PH, 6, 100",
    "PH, 7.2, 100",
    "PH, 8.5, 100",
    "PH, 8.75, 75",
    "PH, 9, 50",
    "PH, 9.01, 10",
    "ALDRIN, 0.1, 100",
    "ALDRIN, 0.1001, 10",
    "BHC, 0.02, 100",
    "BHC, 0.021, 10",
    "DIELDRIN, 0.1, 100",
    "DIELDRIN, 0.11, 10",
    "DDTS, 1.0, 100",
    "DDTS, 1.01, 10",
    "HEPTACHLORS, 0.2, 100",
    "HEPTACHLORS, 0.21, 10",
    "AS, 0.005, 100",
    "AS, 0.01, 100",
    "AS, 0.02, 75",
    "AS, 0.05, 50",
    "AS, 0.1, 25",
    "AS, 0.11, 10",
    "CD, 0.0049, 100",
    "CD, 0.005, 75",
    "CD, 0.008, 50",
    "CD, 0.01, 25",
    "CD, 0.1, 10",
    "CD, 1, 10",
    "PB, 0.0199, 100",
    "PB, 0.02, 75",
    "PB, 0.04, 50",
    "PB, 0.05, 25",
    "PB, 0.5, 10",
    "PB, 1, 10",
    "CR6, 0.01, 100",
    "CR6, 0.02, 75",
    "CR6, 0.04, 50",
    "CR6, 0.05, 25",
    "CR6, 0.1, 10",
    "CU, 0.1, 100",
    "CU, 0.2, 75",
    "CU, 0.5, 50",
    "CU, 1.0, 25",
    "CU, 2, 10",
    "CU, 3, 10",
    "ZN, 0.5, 100",
    "ZN, 1.0, 75",
    "ZN, 1.5, 50",
    "ZN, 2.0, 25",
    "ZN, 3, 10",
    "HG, 0.0009, 100",
    "HG, 0.001, 75",
    "HG, 0.0015, 50",
    "HG, 0.002, 25",
    "HG, 0.01, 10",
    "BOD5, 0, 100",
    "BOD5, 4, 100",
    "BOD5, 6, 75",
    "BOD5, 8, 69.4444",
    "BOD5, 15, 50",
    "BOD5, 25, 25",
    "BOD5, 50, 10",
    "BOD5, 51, 10",
    "COD, 10, 100",
    "COD, 15, 75",
    "COD, 18, 70",
    "COD, 30, 50",
    "COD, 50, 25",
    "COD, 150, 10",
    "TOC, 4, 100",
    "TOC, 6, 75",
    "TOC, 15, 50",
    "TOC, 25, 25",
    "TOC, 50, 10",
    "NH4, 0.2999, 100",
    "NH4, 0.3, 75",
    "NH4, 0.45, 62.5",
    "NH4, 0.6, 50",
    "NH4, 0.9, 25",
    "NH4, 5, 10",
    "NH4, 6514, 10",
    "NO3, 2, 100",
    "NO3, 5, 75",
    "NO3, 10, 50",
    "NO3, 15, 25",
    "NO3, 15.01, 10",
    "NO2, 0, 100",
    "NO2, 0.05, 100",
    "NO2, 0.0501, 10",
    "PO4, 0.1, 100",
    "PO4, 0.15, 87.5",
    "PO4, 0.2, 75",
    "PO4, 0.3, 50",
    "PO4, 0.5, 25",
    "PO4, 4, 10",
    "COLIFORM, 2500, 100",
    "COLIFORM, 5000, 75",
    "COLIFORM, 6000, 65",
    "COLIFORM, 7500, 50",
    "COLIFORM, 10000, 25",
    "COLIFORM, 10001, 10",
    "E_COLI, 20, 100",
    "E_COLI, 50, 75",
    "E_COLI, 92, 54",
    "E_COLI, 100, 50",
    "E_COLI, 200, 25",
    "E_COLI, 201, 10"
  })
  void subIndicesOfTheTables(WqiParameter parameter, double value, double index) {
    assertThat(WQI.subIndex(parameter, value, NaN)).isCloseTo(index, within(0.0001));
  }

  @ParameterizedTest
  @CsvSource({
    "19.9, 10",
    "20, 25",
    "35, 37.5",
    "50, 50",
    "75, 75",
    "81.5, 87.5",
    "88, 100",
    "100, 100",
    "112, 100",
    "118.5, 87.5",
    "125, 75",
    "150, 50",
    "200, 25",
    "200.1, 10"
  })
  void oxygenByItsSaturation(double percent, double index) {
    double oxygen = percent / 100 * VnWqi.saturation(25);
    assertThat(WQI.subIndex(DO, oxygen, 25)).isCloseTo(index, within(0.001));
  }

  @Test
  void saturationOfOxygen() {
    assertThat(VnWqi.saturation(28)).isCloseTo(7.72349, within(0.000005));
    assertThat(VnWqi.saturation(0)).isEqualTo(14.652);
    assertThat(VnWqi.saturation(-1)).isNaN();
    assertThat(VnWqi.saturation(51)).isNaN();
    assertThat(WQI.subIndex(DO, 5.0, 28)).isCloseTo(64.74, within(0.005));
    assertThat(WQI.subIndex(DO, 0, 28)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(
      value = WqiParameter.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PH", "DO"})
  void moreOfAPollutantNeverRaisesTheIndex(WqiParameter parameter) {
    Random random = new Random(1460);
    for (int i = 0; i < 5_000; i++) {
      double a = Math.exp(random.nextDouble() * 18 - 8);
      double b = a * (1 + random.nextDouble());
      assertThat(WQI.subIndex(parameter, a, NaN)).isBetween(10.0, 100.0);
      assertThat(WQI.subIndex(parameter, b, NaN))
          .isLessThanOrEqualTo(WQI.subIndex(parameter, a, NaN));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {NaN, -0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatNoLaboratoryMeasuresHasNoIndex(double value) {
    for (WqiParameter parameter : WqiParameter.values()) {
      assertThat(WQI.subIndex(parameter, value, 25)).isNaN();
    }
  }

  @Test
  void workedExampleOfTheDossierInBothForms() {
    Map<WqiParameter, Double> sample =
        Map.of(PH, 7.2, DO, 5.0, BOD5, 8.0, COD, 18.0, NH4, 0.45, PO4, 0.15, COLIFORM, 6000.0);
    WaterIndex unweighted = WQI.index(sample, 28, Weighting.UNWEIGHTED);
    assertThat(unweighted.group(WqiGroup.IV).getAsDouble()).isCloseTo(70.84, within(0.005));
    assertThat(unweighted.group(WqiGroup.V)).hasValue(65);
    assertThat(unweighted.group(WqiGroup.I)).hasValue(100);
    assertThat(unweighted.group(WqiGroup.II)).isEmpty();
    assertThat(unweighted.exact()).isCloseTo(67.86, within(0.005));
    assertThat(unweighted.wqi()).hasValue(68);
    assertThat(unweighted.category()).contains(WqiCategory.MODERATE);
    assertThat(unweighted.reason()).isEmpty();

    WaterIndex weighted = WQI.index(sample, 28, Weighting.WEIGHTED);
    assertThat(weighted.exact()).isCloseTo(68.83, within(0.005));
    assertThat(weighted.wqi()).hasValue(69);
    assertThat(weighted.weighting()).isEqualTo(Weighting.WEIGHTED);
  }

  /** The programme leaves heptachlor out because of a column name, so its rows do here. */
  @Test
  void rowsOfAnIndependentProgramme() {
    Map<WqiParameter, Double> first =
        sample(
            8.88, 0.021, 0.048, 0.047, 0.052, 0.021, 0.004, 0.009, 0.007, 0.001, 0.074, 0.002,
            7.095, 8.28, 23.253, 17.855, 0.163, 0.93, 0.18, 0, 1300, 92);
    WaterIndex index = WQI.index(first, 25, Weighting.UNWEIGHTED);
    assertThat(index.exact()).isCloseTo(20.48, within(0.005));
    assertThat(index.wqi()).hasValue(20);
    assertThat(index.category()).contains(WqiCategory.POOR);
    // geometric means by hand: (100·10·100·100)^(1/4), (74.1667·25·100⁵)^(1/7)
    assertThat(index.group(WqiGroup.II).getAsDouble()).isCloseTo(56.234, within(0.001));
    assertThat(index.group(WqiGroup.III).getAsDouble()).isCloseTo(78.605, within(0.001));

    Map<WqiParameter, Double> second =
        sample(
            8.3, 0.022, 0.021, 0.019, 0.019, 0.021, 0.006, 0.009, 0.008, 0.001, 0.019, 0.002, 6.913,
            8.3, 20.133, 16.598, 0.53, 0.88, 0.2, 0, 1100, 24);
    assertThat(WQI.index(second, 25, Weighting.UNWEIGHTED).exact()).isCloseTo(33.99, within(0.005));
    assertThat(WQI.index(second, 25, Weighting.UNWEIGHTED).wqi()).hasValue(34);
    assertThat(WQI.index(second, 25, Weighting.UNWEIGHTED).category()).contains(WqiCategory.BAD);
    assertThat(WQI.index(second, 25, Weighting.WEIGHTED).wqi()).hasValue(32);
  }

  @Test
  void theWorstWaterIsBelowTen() {
    WaterIndex index =
        WQI.index(
            Map.of(PH, 3.0, AS, 1.0, BOD5, 60.0, COD, 200.0, TOC, 60.0), NaN, Weighting.UNWEIGHTED);
    assertThat(index.exact()).isCloseTo(0.1, within(1e-9)); // 10 % of 10 % of 10
    assertThat(index.wqi()).hasValue(0);
    assertThat(index.category()).contains(WqiCategory.TOXIC);
  }

  @Test
  void withoutMicrobesGroupFourStandsAlone() {
    WaterIndex index =
        WQI.index(
            Map.of(PH, 7.0, AS, 0.001, BOD5, 6.0, COD, 15.0, TOC, 15.0), NaN, Weighting.WEIGHTED);
    assertThat(index.exact()).isCloseTo(200.0 / 3, within(1e-9));
    assertThat(index.wqi()).hasValue(67);
  }

  @Test
  void groupFourNeedsThreeParameters() {
    WaterIndex index =
        WQI.index(
            Map.of(PH, 7.0, AS, 0.001, BOD5, 6.0, COD, 15.0, COLIFORM, 100.0),
            25,
            Weighting.UNWEIGHTED);
    assertThat(index.wqi()).isEmpty();
    assertThat(index.exact()).isNaN();
    assertThat(index.reason()).contains(NoIndexReason.GROUP_IV_TOO_FEW);
    assertThat(index.group(WqiGroup.IV)).hasValue(75);
    assertThat(index.category()).isEmpty();
  }

  @Test
  void oxygenWithoutTemperatureDoesNotCount() {
    Map<WqiParameter, Double> sample = Map.of(PH, 7.0, AS, 0.001, BOD5, 6.0, COD, 15.0, DO, 7.0);
    assertThat(WQI.index(sample, NaN, Weighting.UNWEIGHTED).reason())
        .contains(NoIndexReason.GROUP_IV_TOO_FEW);
    assertThat(WQI.index(sample, 25, Weighting.UNWEIGHTED).reason()).isEmpty();
  }

  @Test
  void threeGroupsAreTheFewest() {
    assertThat(
            WQI.index(Map.of(PH, 7.0, BOD5, 6.0, COD, 15.0, TOC, 6.0), 25, Weighting.UNWEIGHTED)
                .reason())
        .contains(NoIndexReason.GROUPS_TOO_FEW);
  }

  @Test
  void nothingMeasured() {
    assertThat(WQI.index(Map.of(), NaN, Weighting.UNWEIGHTED).reason())
        .contains(NoIndexReason.NO_DATA);
    Map<WqiParameter, Double> bad = new EnumMap<>(WqiParameter.class);
    bad.put(PH, NaN);
    bad.put(COD, -4.0);
    assertThat(WQI.index(bad, NaN, Weighting.UNWEIGHTED).reason()).contains(NoIndexReason.NO_DATA);
  }

  @Test
  void namesOfTheSampleTable() {
    assertThat(WqiParameter.of("NH4_N")).contains(NH4);
    assertThat(WqiParameter.of("Heptachlor")).contains(HEPTACHLORS);
    assertThat(WqiParameter.of("Heptachlor_epoxide")).contains(HEPTACHLORS);
    assertThat(WqiParameter.of("TSS")).isEmpty();
    assertThat(Weighting.of("weighted")).isEqualTo(Weighting.WEIGHTED);
    assertThatThrownBy(() -> Weighting.of("both")).hasMessageContaining("both");
  }

  @Test
  void aTableWithAnUnknownRelationIsRefused() {
    List<Map<String, String>> rows =
        List.of(Map.of("parameter", "pH", "BPi", "5", "relation", "~", "qi", "10"));
    assertThatThrownBy(() -> VnWqi.of(rows)).hasMessageContaining("~");
  }

  private static Map<WqiParameter, Double> sample(double... values) {
    WqiParameter[] order = {
      PH, ALDRIN, BHC, DIELDRIN, DDTS, AS, CD, PB, CR6, CU, ZN, HG, DO, BOD5, COD, TOC, NH4, NO3,
      NO2, PO4, COLIFORM, E_COLI
    };
    Map<WqiParameter, Double> sample = new EnumMap<>(WqiParameter.class);
    for (int i = 0; i < order.length; i++) {
      sample.put(order[i], values[i]);
    }
    return sample;
  }
}
