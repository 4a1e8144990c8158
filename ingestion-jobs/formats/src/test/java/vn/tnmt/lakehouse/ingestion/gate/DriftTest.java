package vn.tnmt.lakehouse.ingestion.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;

/** A month's table of wells, harvests and samples, and what may go wrong with the next one. */
class DriftTest {
  private static final Set<String> CODED = Set.of("loai");

  /** Columns of 200 rows; every month differs a little, as months do. */
  private static Map<String, List<String>> month(int month) {
    Map<String, List<String>> table = new LinkedHashMap<>();
    List.of("ma", "ten", "ngay", "loai", "san_luong", "pH", "x", "y")
        .forEach(name -> table.put(name, new ArrayList<>()));
    for (int i = 0; i < 200; i++) {
      table.get("ma").add("01KK%04d".formatted(i));
      table.get("ten").add("Giếng quan trắc số " + i + " của xã thứ " + i % 17);
      table.get("ngay").add("%d/%d/2026".formatted(1 + i % 28, month));
      table.get("loai").add(List.of("A", "B", "C", "D").get(i % 4));
      table.get("san_luong").add(Double.toString(4 + (i % 50) / 10.0 + month / 10.0));
      table.get("pH").add(Double.toString(6.5 + (i % 20) / 10.0));
      table.get("x").add(Double.toString(105.2 + i / 1000.0));
      table.get("y").add(Double.toString(20.9 + i / 1000.0));
    }
    return table;
  }

  private static Fingerprint fingerprint(Map<String, List<String>> table) {
    return new Fingerprint(
        table.entrySet().stream()
            .map(
                column ->
                    ColumnProfile.of(
                        column.getKey(), column.getValue(), CODED.contains(column.getKey())))
            .toList(),
        50_000);
  }

  private static final List<Fingerprint> PAST =
      List.of(fingerprint(month(1)), fingerprint(month(2)), fingerprint(month(3)));

  private static List<Finding> found(UnaryOperator<Map<String, List<String>>> fault) {
    return Drift.findings(PAST, fingerprint(fault.apply(month(4))));
  }

  private static Map<String, List<String>> each(
      Map<String, List<String>> table, String column, UnaryOperator<String> change) {
    table.get(column).replaceAll(change);
    return table;
  }

  @Test
  void anOrdinaryMonthIsNotSpokenOf() {
    assertThat(found(table -> table)).isEmpty();
  }

  @Test
  void theFirstDeliveryIsComparedWithNothing() {
    assertThat(Drift.findings(List.of(), fingerprint(month(1)))).isEmpty();
  }

  @Test
  void aWrongUnitIsAFactorOfAThousand() {
    List<Finding> findings =
        Drift.findings(
            PAST,
            fingerprint(
                each(month(4), "san_luong", t -> Double.toString(1000 * Double.parseDouble(t)))),
            (column, ratio) -> ratio > 900 && ratio < 1100 ? "kg/ha" : "");
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(FindingKind.SCALED);
              assertThat(finding.columns()).containsExactly("san_luong");
              assertThat(finding.en())
                  .isEqualTo(
                      "san_luong: values look like kg/ha, are about 1,000 times what they were");
              assertThat(finding.vi()).contains("1.000 lần").contains("kg/ha");
            });
  }

  @Test
  void columnsShiftedByOneAreNumbered() {
    List<Finding> findings =
        found(
            table -> {
              // A blank cell went missing in front of column 3: all behind it moved to the left.
              Map<String, List<String>> shifted = new LinkedHashMap<>(table);
              List<String> names = new ArrayList<>(table.keySet());
              for (int i = 2; i < names.size() - 1; i++) {
                shifted.put(names.get(i), table.get(names.get(i + 1)));
              }
              shifted.put("y", table.get("y").stream().map(t -> "").toList());
              return shifted;
            });
    assertThat(findings)
        .filteredOn(finding -> finding.kind() == FindingKind.SHIFTED)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.en()).contains("columns 3 to 7").contains("shifted by one");
              assertThat(finding.columns()).containsExactly("ngay", "loai", "san_luong", "pH", "x");
            });
    assertThat(findings).extracting(Finding::kind).contains(FindingKind.BLANK);
  }

  @Test
  void coordinatesThatChangedPlacesAreSwapped() {
    assertThat(
            found(
                table -> {
                  List<String> x = table.put("x", table.get("y"));
                  table.put("y", x);
                  return table;
                }))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(FindingKind.SWAPPED);
              assertThat(finding.en()).isEqualTo("x and y look swapped");
            });
  }

  @Test
  void blanksTypesCodesAndLengthsAreTold() {
    assertThat(found(table -> each(table, "pH", t -> "")))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.BLANK);
    assertThat(found(table -> each(table, "pH", t -> "không đo")))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.TYPE);
    assertThat(found(table -> each(table, "loai", t -> t + t)))
        .extracting(Finding::en)
        .containsExactly("loai: codes never seen before: AA, BB, CC, DD");
    assertThat(found(table -> each(table, "ten", t -> "G" + t.length() % 7)))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.LENGTH);
  }

  @Test
  void columnsThatComeAndGoAreNamed() {
    assertThat(
            found(
                table -> {
                  table.put("ghi_chu", table.remove("loai"));
                  return table;
                }))
        .singleElement()
        .satisfies(finding -> assertThat(finding.columns()).containsExactly("loai", "ghi_chu"));
  }

  @Test
  void aDeliveryOfAnotherSizeIsTold() {
    Fingerprint small = new Fingerprint(fingerprint(month(4)).columns(), 5_000);
    assertThat(Drift.findings(PAST, small))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(FindingKind.VOLUME);
              assertThat(finding.vi()).isEqualTo("dung lượng 5.000 byte, trước đây khoảng 50.000");
              assertThat(finding.en()).isEqualTo("5,000 bytes, about 50,000 before");
            });
  }

  /** Names of people repeat, too; only what is a code by declaration is remembered. */
  @Test
  void textsThatAreNoCodesAreNotRemembered() {
    List<String> owners = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      owners.add("Nguyễn Văn " + i % 3);
    }
    String json = fingerprint(Map.of("chu_so_huu", owners)).toJson();
    assertThat(json).doesNotContain("Nguyễn");
    assertThat(Fingerprint.read(json).columns()).hasSize(1);
  }

  @Test
  void vietnameseAndEnglishNumbersAreTheSame() {
    assertThat(Looks.number("1.234,5")).isEqualTo(1234.5);
    assertThat(Looks.number("1,234.5")).isEqualTo(1234.5);
    assertThat(Looks.number("8.718.000")).isEqualTo(8_718_000);
    assertThat(Looks.number("<0,01")).isEqualTo(0.01);
    assertThat(Looks.number("KPH")).isNaN();
    assertThat(Looks.date("29/2/2016")).isTrue();
    assertThat(Looks.date("20260314070500")).isTrue();
    assertThat(Looks.date("12.5")).isFalse();
  }
}
