package vn.tnmt.lakehouse.transform.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** The enums say what the code lists read from the two decisions say. */
class CategoriesTest {
  @Test
  void airCategoriesAreTheOfficialOnes() {
    List<Map<String, String>> rows = CodeLists.bundled().rows("vn_aqi_categories");
    assertThat(rows).hasSize(AqiCategory.values().length);
    for (int i = 0; i < rows.size(); i++) {
      AqiCategory category = List.of(AqiCategory.values()).get(i);
      Map<String, String> row = rows.get(i);
      assertThat(String.valueOf(category.lowest())).isEqualTo(row.get("lo"));
      assertThat(String.valueOf(category.highest())).isEqualTo(row.get("hi"));
      assertThat(category.vi()).isEqualTo(row.get("name_vi"));
      assertThat(category.en()).isEqualTo(row.get("name_en"));
      assertThat(category.colour()).isEqualTo(row.get("hex"));
    }
  }

  @Test
  void waterCategoriesAreTheOfficialOnes() {
    List<Map<String, String>> rows = CodeLists.bundled().rows("vn_wqi_categories");
    assertThat(rows).hasSize(WqiCategory.values().length);
    for (int i = 0; i < rows.size(); i++) {
      WqiCategory category = List.of(WqiCategory.values()).get(i);
      Map<String, String> row = rows.get(i);
      assertThat(String.valueOf(category.lowest())).isEqualTo(row.get("lo"));
      assertThat(String.valueOf(category.highest())).isEqualTo(row.get("hi"));
      assertThat(category.vi()).isEqualTo(row.get("name_vi"));
      assertThat(category.colour()).isEqualTo(row.get("hex"));
      assertThat(category.useVi()).isEqualTo(row.get("suitability_vi"));
    }
  }

  @Test
  void everyIndexHasOneCategory() {
    for (int aqi = 0; aqi <= 500; aqi++) {
      assertThat(AqiCategory.of(aqi).lowest()).isLessThanOrEqualTo(aqi);
    }
    for (int wqi = 0; wqi <= 100; wqi++) {
      assertThat(WqiCategory.of(wqi).highest()).isGreaterThanOrEqualTo(wqi);
    }
    assertThat(AqiCategory.of(50)).isEqualTo(AqiCategory.GOOD);
    assertThat(AqiCategory.of(51)).isEqualTo(AqiCategory.MODERATE);
    assertThat(WqiCategory.of(9)).isEqualTo(WqiCategory.TOXIC);
    assertThat(WqiCategory.of(10)).isEqualTo(WqiCategory.POOR);
  }

  @Test
  void anythingElseIsNoIndex() {
    assertThatThrownBy(() -> AqiCategory.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AqiCategory.of(501)).hasMessageContaining("501");
    assertThatThrownBy(() -> WqiCategory.of(101)).hasMessageContaining("101");
  }
}
