package vn.tnmt.lakehouse.tables.codelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.tables.codelist.UnitNames.Found;
import vn.tnmt.lakehouse.tables.codelist.UnitNames.Kind;

class UnitNamesTest {
  private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
  private static final LocalDate NOW = LocalDate.of(2025, 7, 1);

  private final UnitNames names = UnitNames.bundled();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hoà bình;Hòa Bình",
        "HOÀ BÌNH;Hòa  Bình",
        "Thuỷ Nguyên;Thủy Nguyên",
        "Mỹ Đức;Mĩ Đức",
        "Quy Nhơn;Qui Nhơn",
        "Ý Yên;Í Yên",
        "Đà Nẵng;\u00D0à Nẵng",
        "Thừa Thiên Huế;Thừa Thiên - Huế",
        "Thừa Thiên-Huế;Thừa Thiên – Huế",
        "Bà Rịa\u00A0- Vũng Tàu;Bà Rịa Vũng Tàu",
        "Ea H'leo;Ea H’Leo",
        "Phường 01;Phường 1"
      })
  void theSameName(String one, String other) {
    assertThat(NameKey.of(one)).isEqualTo(NameKey.of(other));
    assertThat(NameKey.of(Normalizer.normalize(one, Normalizer.Form.NFD)))
        .isEqualTo(NameKey.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"Tây;Tai", "Thúy;Thúi", "Hòa;Hóa", "Tân An;Tấn An", "Đông;Dong", "Hai;Hay"})
  void anotherName(String one, String other) {
    assertThat(NameKey.of(one)).isNotEqualTo(NameKey.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thành phố Hồ Chí Minh",
        "TP. Hồ Chí Minh",
        "T.P. Hồ Chí Minh",
        "TP HỒ CHÍ MINH",
        "Hồ Chí Minh",
        "tp.hồ chí minh",
        "TP.HCM",
        "Ho Chi Minh",
        "TPHCM",
        " Hồ  Chí\u00A0Minh ",
        "79"
      })
  void aProvinceHasManyWritings(String name) {
    assertThat(names.province(name, NOW).unit().code()).isEqualTo("79");
    assertThat(names.province(name, BEFORE).unit().code()).isEqualTo("79");
  }

  @Test
  void theDayDecides() {
    assertThat(names.province("Tỉnh Bắc Kạn", BEFORE).unit().code()).isEqualTo("06");
    Found former = names.province("Tỉnh Bắc Kạn", NOW);
    assertThat(former.kind()).isEqualTo(Kind.FORMER);
    assertThat(former.unit().code()).isEqualTo("19");
    assertThat(names.province("An Giang", BEFORE).unit().code()).isEqualTo("89");
    assertThat(names.province("An Giang", NOW).unit().code()).isEqualTo("91");
    assertThat(names.province("06", NOW).kind())
        .as("a former code is no name")
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void everyProvinceIsFoundByItsOwnNames() {
    Map.of("provinces_34", NOW, "provinces_63", BEFORE)
        .forEach(
            (list, day) -> {
              for (Map<String, String> row : CodeLists.bundled().rows(list)) {
                for (String name : new String[] {row.get("name"), row.get("full_name")}) {
                  assertThat(names.province(name, day).unit().code()).isEqualTo(row.get("code"));
                }
              }
            });
  }

  @Test
  void nearlyEveryCommuneIsFoundByItsFullName() {
    int ambiguous = 0;
    for (Map<String, String> row : CodeLists.bundled().rows("communes_2025")) {
      Found found = names.commune(row.get("full_name"), row.get("province_code"), NOW);
      if (found.kind() == Kind.AMBIGUOUS) {
        ambiguous++;
        assertThat(found.others()).extracting(UnitNames.Unit::code).contains(row.get("code"));
      } else {
        assertThat(found.unit().code()).as(row.get("full_name")).isEqualTo(row.get("code"));
      }
    }
    assertThat(ambiguous).isLessThan(10);
  }

  @Test
  void communesOfOneNameAreTold() {
    Found found = names.commune("X. Tân Minh", "01", BEFORE);
    assertThat(found.kind()).isEqualTo(Kind.AMBIGUOUS);
    assertThat(found.others())
        .extracting(UnitNames.Unit::toString)
        .containsExactly("00406 Xã Tân Minh, Huyện Sóc Sơn", "10240 Xã Tân Minh, Huyện Thường Tín");
    int ambiguous = 0;
    for (Map<String, String> row : CodeLists.bundled().rows("communes_2024")) {
      Found one = names.commune(row.get("full_name"), row.get("province_code"), BEFORE);
      if (one.kind() == Kind.AMBIGUOUS) {
        ambiguous++;
        assertThat(one.others()).hasSizeBetween(2, 5);
        assertThat(one.others().get(0).where()).isNotEmpty();
      } else {
        assertThat(one.unit().code()).as(row.get("full_name")).isEqualTo(row.get("code"));
      }
    }
    // 406 share their full name; some more only their name without the kind.
    assertThat(ambiguous).isBetween(406, 600);
  }

  @Test
  void aNameThatIsNoneTellsTheNearest() {
    Found found = names.province("Hà Nộii", NOW);
    assertThat(found.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(found.others()).extracting(UnitNames.Unit::toString).contains("01 Thành phố Hà Nội");
    assertThat(names.province("Phú Thọ 2", NOW).others())
        .extracting(UnitNames.Unit::code)
        .contains("25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-", "Tỉnh", "TP.", "xã xã xã", "\u0301\u0301", "\uD800", "𝓗à Nội", "٣"})
  void hostileNamesFindNothingAndThrowNothing(String name) {
    assertThat(names.province(name, NOW)).isNotNull();
    assertThat(names.commune(name, "01", NOW)).isNotNull();
    assertThat(names.commune(name.repeat(100_000), "01", NOW)).isNotNull();
    assertThat(names.commune(name, "no province", NOW).kind()).isEqualTo(Kind.NOT_FOUND);
  }
}
