package vn.tnmt.lakehouse.orchestration.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Coordinate;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * The 34 provinces and 3,321 communes in force since 2025-07-01, from the code lists {@code
 * provinces_34} and {@code communes_2025} (Nghị quyết 202/2025/QH15, Quyết định 19/2025/QĐ-TTg).
 *
 * @param provinces in the order of their codes
 * @param communes in the order of the code list
 */
record Territory(List<Province> provinces, List<Commune> communes) {
  /** Đặc khu Hoàng Sa (Đà Nẵng) and Đặc khu Trường Sa (Khánh Hòa): many islands each. */
  static final String HOANG_SA = "20333";

  static final String TRUONG_SA = "22736";

  record Province(String code, String name, String nameEn, String slug, String areaKm2) {
    String publisher() {
      return "snnmt-" + slug;
    }

    /** Initials, as station files of provinces are named: Hà Nội is HN. */
    String initials() {
      StringBuilder letters = new StringBuilder();
      for (String word : slug.split("_", -1)) {
        letters.append(Character.toUpperCase(word.charAt(0)));
      }
      return letters.toString();
    }
  }

  record Commune(
      String code, String fullName, String provinceCode, Coordinate centre, String areaKm2) {
    /** Radius in km of a circle as large as the commune; of a usual commune when none is given. */
    double radiusKm() {
      return Math.sqrt((areaKm2.isEmpty() ? 60 : Double.parseDouble(areaKm2)) / Math.PI);
    }

    boolean archipelago() {
      return code.equals(HOANG_SA) || code.equals(TRUONG_SA);
    }
  }

  static Territory load() {
    return new Territory(
        CodeLists.bundled().rows("provinces_34").stream()
            .map(
                r ->
                    new Province(
                        r.get("code"),
                        r.get("full_name"),
                        r.get("name_en"),
                        r.get("slug"),
                        r.get("area_km2")))
            .toList(),
        CodeLists.bundled().rows("communes_2025").stream()
            .map(
                r ->
                    new Commune(
                        r.get("code"),
                        r.get("full_name"),
                        r.get("province_code"),
                        new Coordinate(
                            Double.parseDouble(r.get("lon")), Double.parseDouble(r.get("lat"))),
                        r.get("area_km2")))
            .toList());
  }

  Map<String, List<Commune>> communesByProvince() {
    return communes.stream().collect(Collectors.groupingBy(Commune::provinceCode));
  }
}
