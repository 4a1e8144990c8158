package vn.tnmt.lakehouse.tables.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.ContractTexts;
import vn.tnmt.lakehouse.tables.contract.Contracts;

class RowRulesTest {
  /** 2026-11-22 23:59:59 in Vietnam. */
  private static final RuleContext NIGHT =
      new RuleContext(Instant.parse("2026-11-22T16:59:59Z"), LocalDate.of(2026, 11, 22));

  private static final CodeLists LISTS =
      CodeLists.of(
          Map.of(
              "code-lists/limits.csv",
              "parameter,low,high\nPM2.5,0,1000\npH,,14\nFlow,,\n",
              "code-lists/provinces.csv",
              """
              code,name,valid_from,valid_to
              75,Tỉnh Đồng Nai,2025-07-01,2026-04-29
              75,Thành phố Đồng Nai,2026-04-30,
              02,Hà Giang,,2025-06-30
              """,
              "code-lists/plain.csv",
              "code\nA\nB\n",
              "code-lists/broken.csv",
              "code,low,valid_from\nA,much,yesterday\n"));

  private static final String[] COLUMNS = {
    "code string",
    "amount double",
    "other double",
    "pieces bigint",
    "at timestamp",
    "day date",
    "until date",
    "lon double",
    "lat double",
    "flag boolean",
    "blob binary"
  };

  private final Map<String, Object> row = new LinkedHashMap<>();

  RowRulesTest() {
    for (String column : COLUMNS) {
      row.put(column.split(" ", -1)[0], null);
    }
  }

  @ParameterizedTest
  @CsvSource({"-0.001, false", "0, true", "14, true", "14.0001, false", "NaN, false"})
  void aRangeIncludesItsEnds(double amount, boolean passes) {
    row.put("amount", amount);
    assertThat(broken("amount", "{rule: range, min: 0, max: 14}").isEmpty()).isEqualTo(passes);
  }

  @Test
  void aRangeMayBeOpen() {
    row.put("pieces", -5L);
    assertThat(broken("pieces", "{rule: range, max: 0}")).isEmpty();
    Breach breach = broken("pieces", "{rule: range, min: 0.5}").get(0);
    assertThat(breach).isEqualTo(new Breach("TST-01", Severity.BLOCK, "pieces", "-5", "≥ 0.5"));
  }

  @Test
  void aRangeIsLookedUpByCode() {
    String rule =
        "{rule: rangeByCode, list: limits, listKey: parameter, key: code, min: low, max: high}";
    row.put("code", "PM2.5");
    row.put("amount", 1000.0);
    assertThat(broken("amount", rule)).isEmpty();
    row.put("amount", 1000.5);
    assertThat(broken("amount", rule))
        .extracting(Breach::value, Breach::expected)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("1000.5", "PM2.5 0 … 1000"));
    row.put("code", "pH");
    row.put("amount", -3.0);
    assertThat(broken("amount", rule)).as("no lower limit").isEmpty();
    row.put("amount", 14.5);
    assertThat(broken("amount", rule)).extracting(Breach::expected).containsExactly("pH ≤ 14");
    for (String unlimited : new String[] {"Flow", "unheard of", null}) {
      row.put("code", unlimited);
      assertThat(broken("amount", rule)).as(unlimited).isEmpty();
    }
  }

  @Test
  void aRuleAppliesOnlyWhenOtherColumnsSaySo() {
    row.put("amount", -1.0);
    String one = "{rule: range, min: 0, when: {code: \"00\"}}";
    String either = "{rule: range, min: 0, when: {code: [\"00\", \"01\"]}}";
    assertThat(broken("amount", one)).as("no code").isEmpty();
    row.put("code", "01");
    assertThat(broken("amount", one)).isEmpty();
    assertThat(broken("amount", either)).hasSize(1);
    row.put("code", "00");
    assertThat(broken("amount", one)).hasSize(1);
  }

  @Test
  void aPatternMatchesTheWholeText() {
    String rule = "{rule: pattern, pattern: \"\\\\d{2}\"}";
    row.put("code", "01");
    assertThat(broken("code", rule)).isEmpty();
    row.put("code", "011");
    assertThat(broken("code", rule)).extracting(Breach::expected).containsExactly("\\d{2}");
    row.put("code", "");
    assertThat(broken("code", rule)).hasSize(1);
  }

  @Test
  void aTextIsOneOfAFew() {
    row.put("code", "b");
    assertThat(broken("code", "{rule: oneOf, values: [a, b]}")).isEmpty();
    assertThat(broken("code", "{rule: oneOf, values: [A, B]}"))
        .extracting(Breach::expected)
        .containsExactly("A | B");
  }

  @Test
  void aCodeStandsInAList() {
    String rule = "{rule: codeList, list: plain, listColumn: code}";
    row.put("code", "A");
    assertThat(broken("code", rule)).isEmpty();
    row.put("code", "a");
    assertThat(broken("code", rule)).extracting(Breach::expected).containsExactly("plain");
  }

  @Test
  void aCodeIsValidAtADate() {
    String rule = "{rule: codeList, list: provinces, listColumn: code, validAt: day}";
    row.put("code", "02");
    row.put("day", LocalDate.of(2025, 6, 30));
    assertThat(broken("code", rule)).as("last day of Hà Giang").isEmpty();
    row.put("day", LocalDate.of(2025, 7, 1));
    assertThat(broken("code", rule))
        .extracting(Breach::value, Breach::expected)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("02, 2025-07-01", "provinces @ 2025-07-01"));
    row.put("code", "75");
    assertThat(broken("code", rule)).isEmpty();
    row.put("day", LocalDate.of(2026, 4, 30));
    assertThat(broken("code", rule)).as("second period of the same code").isEmpty();
    row.put("day", LocalDate.of(2025, 6, 30));
    assertThat(broken("code", rule)).hasSize(1);
    row.put("code", "99");
    assertThat(broken("code", rule)).hasSize(1);
    row.put("day", null);
    assertThat(broken("code", rule)).as("no date to judge by").isEmpty();
  }

  @Test
  void anInstantIsValidOnItsDayInVietnam() {
    String rule = "{rule: codeList, list: provinces, listColumn: code, validAt: at}";
    row.put("code", "75");
    row.put("at", Instant.parse("2025-06-30T17:00:00Z"));
    assertThat(broken("code", rule)).as("2025-07-01 00:00 in Vietnam").isEmpty();
    row.put("at", Instant.parse("2025-06-30T16:59:59Z"));
    assertThat(broken("code", rule)).hasSize(1);
  }

  @Test
  void nothingIsMeasuredAfterTheAsOfInstant() {
    row.put("at", NIGHT.asOf());
    assertThat(broken("at", "{rule: notAfterAsOf}")).isEmpty();
    row.put("at", NIGHT.asOf().plusMillis(1));
    assertThat(broken("at", "{rule: notAfterAsOf}"))
        .extracting(Breach::value, Breach::expected)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "2026-11-22T23:59:59.001+07:00", "≤ 2026-11-22T23:59:59+07:00"));
    row.put("day", LocalDate.of(2026, 11, 22));
    assertThat(broken("day", "{rule: notAfterAsOf}")).isEmpty();
    row.put("day", LocalDate.of(2026, 11, 23));
    assertThat(broken("day", "{rule: notAfterAsOf}"))
        .extracting(Breach::expected)
        .containsExactly("≤ 2026-11-22");
  }

  /** A night ends at the midnight of Vietnam (17:00 UTC), which is on no later day. */
  @Test
  void theDayAfterTheNightIsInTheFuture() {
    RuleContext untilMidnight =
        new RuleContext(Instant.parse("2026-11-22T17:00:00Z"), LocalDate.of(2026, 11, 22));
    row.put("day", LocalDate.of(2026, 11, 22));
    assertThat(broken("day", "{rule: notAfterAsOf}", untilMidnight)).isEmpty();
    row.put("day", LocalDate.of(2026, 11, 23));
    assertThat(broken("day", "{rule: notAfterAsOf}", untilMidnight))
        .extracting(Breach::expected)
        .containsExactly("≤ 2026-11-22");
    row.put("at", untilMidnight.asOf());
    assertThat(broken("at", "{rule: notAfterAsOf}", untilMidnight)).as("24:00").isEmpty();
    row.put("at", untilMidnight.asOf().plusSeconds(1));
    assertThat(broken("at", "{rule: notAfterAsOf}", untilMidnight)).hasSize(1);
  }

  @Test
  void nothingIsMeasuredTooLongAgo() {
    String rule = "{rule: notBefore, date: \"2000-01-01\"}";
    row.put("day", LocalDate.of(2000, 1, 1));
    assertThat(broken("day", rule)).isEmpty();
    row.put("day", LocalDate.of(1999, 12, 31));
    assertThat(broken("day", rule)).hasSize(1);
    row.put("at", Instant.parse("1999-12-31T17:00:00Z"));
    assertThat(broken("at", rule)).isEmpty();
    row.put("at", Instant.parse("1970-01-01T00:00:00Z"));
    assertThat(broken("at", rule)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "105.84, 21.03, ''",
    "102.1, 6.5, ''",
    "117.9, 23.5, ''",
    "105.84, , ''",
    "21.03, 105.84, swapped",
    "0, 0, outside",
    "98.51, 16.22, outside",
    "105.84, 23.51, outside",
    "585000, 2325000, outside",
    "NaN, 21, outside"
  })
  void aPointIsInVietnamSwappedOrOutside(Double lon, Double lat, String verdict) {
    row.put("lon", lon);
    row.put("lat", lat);
    String box = "lon: lon, lat: lat, west: 102.1, east: 117.9, south: 6.5, north: 23.5";
    List<Breach> outside = broken("", "{rule: withinBox, " + box + ", unlessSwapped: true}");
    List<Breach> swapped = broken("", "{rule: swappedCoordinates, " + box + "}");
    assertThat(outside).hasSize(verdict.equals("outside") ? 1 : 0);
    assertThat(swapped).hasSize(verdict.equals("swapped") ? 1 : 0);
    assertThat(broken("", "{rule: withinBox, " + box + "}"))
        .hasSize(verdict.isEmpty() ? 0 : 1)
        .allSatisfy(
            breach -> assertThat(breach.expected()).isEqualTo("lon 102.1 … 117.9, lat 6.5 … 23.5"));
  }

  @ParameterizedTest
  @CsvSource({
    "<, 1, 2, true", "<, 2, 2, false", "<=, 2, 2, true", "<=, 2.1, 2, false",
    "=, 2, 2, true", "=, 2, 3, false", "!=, 2, 3, true", "!=, 2, 2, false",
    ">=, 2, 2, true", ">=, 1, 2, false", ">, 3, 2, true", ">, 2, 2, false"
  })
  void columnsAreCompared(String op, double left, double right, boolean passes) {
    row.put("amount", left);
    row.put("other", right);
    assertThat(broken("", compare(op, "amount", "other", "")).isEmpty()).isEqualTo(passes);
  }

  /** BOD5 may exceed COD by a tenth: both are measured with that uncertainty. */
  @Test
  void aToleranceIsRelativeToTheRightSide() {
    row.put("amount", 110.0);
    row.put("other", 100.0);
    assertThat(broken("", compare("<=", "amount", "other", ", tolerance: 0.1"))).isEmpty();
    row.put("amount", 110.1);
    assertThat(broken("", compare("<=", "amount", "other", ", tolerance: 0.1")))
        .extracting(Breach::value, Breach::expected)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("110.1", "<= other (100) ± 10 %"));
  }

  @Test
  void datesAreComparedAndMissingValuesAreNot() {
    row.put("day", LocalDate.of(2026, 1, 2));
    assertThat(broken("", compare("<=", "day", "until", ""))).isEmpty();
    row.put("until", LocalDate.of(2026, 1, 1));
    assertThat(broken("", compare("<=", "day", "until", ""))).hasSize(1);
  }

  @Test
  void aMissingValueKeepsEveryRuleButRequired() {
    for (String rule :
        List.of(
            "{rule: range, min: 0}",
            "{rule: rangeByCode, list: limits, listKey: parameter, key: code, min: low}")) {
      assertThat(broken("amount", rule)).isEmpty();
    }
    assertThat(broken("code", "{rule: pattern, pattern: x}")).isEmpty();
    assertThat(broken("code", "{rule: oneOf, values: [x]}")).isEmpty();
    assertThat(broken("code", "{rule: codeList, list: plain, listColumn: code}")).isEmpty();
    assertThat(broken("at", "{rule: notAfterAsOf}")).isEmpty();
    assertThat(broken("at", "{rule: notBefore, date: \"2000-01-01\"}")).isEmpty();
    assertThat(broken("amount", "{rule: required}"))
        .containsExactly(new Breach("TST-01", Severity.BLOCK, "amount", "", ""));
  }

  @Test
  void aRequiredColumnWithoutValueBreaksTheBuiltInRuleOnce() {
    Contract contract =
        ContractTexts.thing("code string key", "amount double").contract("demo.thing");
    RowRules rules = RowRules.compile(contract, LISTS);
    List<Breach> out = new ArrayList<>();
    rules.check(new Object[] {null, null}, NIGHT, out);
    assertThat(out).containsExactly(new Breach("REC-10", Severity.BLOCK, "code", "", ""));
    rules.check(new Object[] {null, null}, NIGHT, out);
    assertThat(out).as("already told of that column").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount|{rule: range, min: 2, max: 1}|range is empty",
        "amount|{rule: range}|no limit",
        "code|{rule: range, min: 0}|column code is a string",
        "amount|{rule: pattern, pattern: x}|column amount is a number",
        "code|{rule: pattern, pattern: \"(\"}|not a regular expression",
        "code|{rule: codeList, list: plains, listColumn: code}|did you mean 'plain'?",
        "code|{rule: codeList, list: plain, listColumn: cod}|did you mean 'code'?",
        "code|{rule: codeList, list: plain, listColumn: code, validAt: day}|validity dates",
        "code|{rule: codeList, list: broken, listColumn: code, validAt: day}|not a date",
        "amount|{rule: rangeByCode, list: limits, listKey: parameter, key: code, min: lo}|did you mean 'low'?",
        "amount|{rule: rangeByCode, list: broken, listKey: code, key: code, min: low}|is not a number",
        "day|{rule: notBefore, date: 1/1/2000}|not a date",
        "|{rule: notAfterAsOf}|belongs to a column",
        "|{rule: compare, left: amount, op: \"=<\", right: other}|unknown operator",
        "|{rule: compare, left: amount, op: \"<\", right: code}|column code is a string",
        "|{rule: compare, left: blob, op: \"=\", right: blob}|cannot be compared",
        "|{rule: compare, left: day, op: \"<\", right: until, tolerance: 0.1}|for numbers only",
        "|{rule: withinBox, lon: lon, lat: lat, west: 2, east: 1, south: 0, north: 1}|box is empty",
        "amount|{rule: range, min: 0, when: {other: \"1\"}}|column other is a number"
      })
  void aRuleThatCannotBeCompiledNamesItsFileAndLine(String declaration) {
    String[] parts = declaration.split("\\|", -1);
    assertThatThrownBy(() -> broken(parts[0], parts[1]))
        .hasMessageContaining("TNMT-200")
        .hasMessageContaining(parts[2])
        .satisfies(
            e -> {
              if (e.getMessage().startsWith("TNMT-2003")) {
                assertThat(e).hasMessageContaining("demo/thing.yaml:");
              }
            });
  }

  /** Rules run half a million times a minute; a good row must not feed the collector. */
  @Test
  void aRowThatKeepsAllRulesAllocatesNothing() {
    Contract contract = Contracts.bundled().contract("monitoring.observation");
    RowRules rules = RowRules.compile(contract, CodeLists.bundled());
    Object[] good = new Object[contract.columns().size()];
    good[contract.index("station_code")] = "01KK001";
    good[contract.index("parameter")] = "PM2.5";
    good[contract.index("measured_at")] = Instant.parse("2026-11-22T01:00:00Z");
    good[contract.index("observed_on")] = LocalDate.of(2026, 11, 22);
    good[contract.index("value")] = 31.5;
    good[contract.index("unit")] = "µg/m³";
    good[contract.index("status")] = "00";
    good[contract.index("symbol")] = "PM2,5";
    List<Breach> out = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rules.check(good, NIGHT, out);
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      rules.check(good, NIGHT, out);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000L);
    assertThat(out).isEmpty();
  }

  private static String compare(String op, String left, String right, String more) {
    return "{rule: compare, left: %s, op: \"%s\", right: %s%s}".formatted(left, op, right, more);
  }

  private List<Breach> broken(String column, String implementation) {
    return broken(column, implementation, NIGHT);
  }

  private List<Breach> broken(String column, String implementation, RuleContext context) {
    String quality =
        "{id: TST-01, name: Sai, description: Sửa., type: custom, engine: tnmt, severity: block,"
            + " implementation: "
            + implementation
            + ", customProperties: [{property: nameEn, value: Wrong}, {property: descriptionEn,"
            + " value: Fix.}]}";
    String yaml = ContractTexts.yaml(List.of(), List.of(), List.of(), COLUMNS);
    String text =
        column.isEmpty()
            ? ContractTexts.yaml(List.of(), List.of(), List.of(quality), COLUMNS)
            : yaml.replace(
                "      - name: " + column + "\n",
                "      - name: " + column + "\n        quality:\n          - " + quality + "\n");
    Contract contract = Contracts.of(Map.of("demo/thing.yaml", text)).contract("demo.thing");
    List<Breach> out = new ArrayList<>();
    RowRules.compile(contract, LISTS).check(row.values().toArray(), context, out);
    return out;
  }
}
