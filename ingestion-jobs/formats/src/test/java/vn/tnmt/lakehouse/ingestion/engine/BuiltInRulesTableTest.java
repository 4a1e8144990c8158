package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.feed;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/** One file for each built-in rule that a record alone can break, and what is told of it. */
class BuiltInRulesTableTest {
  private static final String AIR = "snnmt-ha_noi/observation";
  private static final String AIR_FILE = "01KK001/2026/01/01/HN_A_01KK001_20260101120000.txt";
  private static final String LAB = "snnmt-ha_noi/water-sample";
  private static final String LAB_FILE = "mau_nuoc_mat_20260101.csv";
  private static final String LAB_HEAD = "ma_diem,kinh_do,vi_do,ngay_lay_mau,pH\n";
  private static final String MAP = "cuc-ddbd/province";
  private static final String MAP_FILE = "tinh_20260101.geojson";

  /**
   * Rules that need other records or other datasets, a binary file (the tests of their readers), or
   * a flaw of our own.
   */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "REC-13", "REC-20", "REC-21", "REC-22", "REC-23", "REC-24", "REC-25", "REC-51", "REC-52",
          "REC-40", "REC-41", "REC-42", "REC-43", "REC-44", "REC-45", "REC-46", "REC-99");

  /** Rules of formats that these feeds do not use: the tests of their readers show them. */
  private static final Set<String> OF_OTHER_FORMATS =
      Set.of(
          "REC-28", "REC-29", "REC-30", "REC-31", "REC-32", "REC-33", "REC-34", "REC-35", "REC-36",
          "REC-37", "REC-38", //
          "REC-47", "REC-48", "REC-49", "REC-50", //
          "REC-61", "REC-62", "REC-63", "REC-64", "REC-65");

  static Stream<Arguments> files() {
    String line = "pH\t7\t-\t20260101120000\t00\n";
    return Stream.of(
        arguments("REC-01", AIR, AIR_FILE, "", "0.0 REC-01 blocked"),
        arguments("REC-02", AIR, AIR_FILE, "\u0000\u0001\u0002ELF", "0.0 REC-02 blocked"),
        arguments("REC-03", AIR, "01KK001/ghi chu.txt", line, "0.0 REC-03 blocked"),
        arguments("REC-04", AIR, AIR_FILE, line + "TSS\t6.9", "1.0 ok|2.0 REC-04 blocked"),
        arguments(
            "REC-05", AIR, AIR_FILE, line + "TSS\n" + line, "1.0 ok|2.0 REC-05 blocked|3.0 ok"),
        arguments(
            "REC-06",
            AIR,
            AIR_FILE,
            line + "§\t1\t-\t20260101120000\t00\n",
            "1.0 ok|2.0 REC-06 blocked"),
        arguments("REC-07", LAB, LAB_FILE, "a;b\n1;2\n", "1.0 REC-07 blocked"),
        arguments(
            "REC-08",
            LAB,
            LAB_FILE,
            "ghi_chu," + LAB_HEAD + "x,D1,105.8,21,1/1/2025,7\n",
            "2.0 REC-08"),
        arguments("REC-09", MAP, MAP_FILE, "{\"type\":", "1.0 REC-09 blocked"),
        arguments(
            "REC-10", LAB, LAB_FILE, LAB_HEAD + ",105.8,21,1/1/2025,7\n", "2.0 REC-10 blocked"),
        arguments(
            "REC-11", LAB, LAB_FILE, LAB_HEAD + "D1,105.8,21,1/1/2025,bảy\n", "2.0 REC-11 blocked"),
        arguments(
            "REC-12", LAB, LAB_FILE, LAB_HEAD + "D1,105.8,21,2025-01-01,7\n", "2.0 REC-12 blocked"),
        arguments("REC-14", AIR, AIR_FILE, "XX\t7\t-\t20260101120000\t00\n", "1.0 REC-14 blocked"),
        arguments(
            "REC-15", AIR, AIR_FILE, "CO\t7\tbbl\t20260101120000\t00\n", "1.0 REC-15 blocked"),
        arguments(
            "REC-16",
            MAP,
            MAP_FILE,
            map("[[[105,20],[107,21],[107,20],[105,21],[105,20]]]"),
            "1.0 REC-16"),
        arguments("REC-17", MAP, MAP_FILE, map("[[[105,20]]]"), "1.0 REC-17 blocked"),
        arguments(
            "REC-26",
            MAP,
            MAP_FILE,
            map("[[[20,105],[20,106],[21,106],[20,105]]]"),
            "1.0 REC-26 blocked"),
        arguments(
            "REC-27",
            MAP,
            MAP_FILE,
            map("[[[587000,2325000],[588000,2325000],[588000,2326000],[587000,2325000]]]"),
            "1.0 REC-27 blocked"),
        arguments(
            "REC-39",
            LAB,
            LAB_FILE,
            LAB_HEAD.strip() + ",pH\nD1,105.8,21,1/1/2025,7,8\n",
            "2.0 REC-08 REC-39 blocked"),
        arguments("REC-18", AIR, AIR_FILE, "TSS\t7\t-\t20260101120000\t00\n", "1.0 REC-18"),
        arguments(
            "REC-19", LAB, LAB_FILE, LAB_HEAD + "D1,105.8,21,1/1/2025,\n", "2.0 REC-19 blocked"),
        // a place that is none is then missing, and it must be there
        arguments(
            "REC-60",
            LAB,
            LAB_FILE,
            LAB_HEAD + "D1,-9999.00,21,1/1/2025,7\n",
            "2.0 REC-60 REC-10 blocked"));
  }

  private static String map(String coordinates) {
    return "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
        + "{\"code\":\"01\",\"name\":\"A\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + coordinates
        + "}}]}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isTold(String rule, String feed, String file, String content, String expected) {
    // § stands for a byte that UTF-8 does not know.
    byte[] bytes =
        content.contains("§")
            ? content.getBytes(StandardCharsets.ISO_8859_1)
            : content.getBytes(StandardCharsets.UTF_8);
    assertThat(told(judge(feed(feed), file, bytes))).isEqualTo(List.of(expected.split("\\|")));
    assertThat(expected).contains(rule);
  }

  @Test
  void theTableIsComplete() {
    Set<String> shown = files().map(file -> (String) file.get()[0]).collect(Collectors.toSet());
    shown.addAll(ELSEWHERE);
    shown.addAll(OF_OTHER_FORMATS);
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(BuiltInRules.values()).map(BuiltInRules::code).toList());
  }
}
