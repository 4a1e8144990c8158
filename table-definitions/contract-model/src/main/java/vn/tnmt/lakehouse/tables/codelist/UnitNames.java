package vn.tnmt.lakehouse.tables.codelist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.text.Nearest;

/**
 * Administrative units by name and day: 63 provinces until 2025-06-30, 34 since 2025-07-01, and the
 * communes of each (Nghị quyết 202/2025/QH15). Names compare insensitive to tone-mark position,
 * i/y, Đ/Ð, case, spacing, hyphens and the kind put before the name; a name without any mark also
 * finds its unit. Built once, safe for many threads.
 */
public final class UnitNames {
  /** The day on which the 34 provinces and their communes came into force. */
  public static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

  private static final int MAX_CANDIDATES = 5;
  private static final int MAX_NAME = 100;
  private static final Map<String, String> SHORT =
      Map.of("hcm", "Hồ Chí Minh", "tphcm", "Hồ Chí Minh");

  private final Names provinces34;
  private final Names provinces63;
  private final Map<String, Names> communesNow = new HashMap<>();
  private final Map<String, Names> communesBefore = new HashMap<>();
  private final Map<String, Unit> successors = new HashMap<>();

  /**
   * A province, a commune, or a former commune.
   *
   * @param where the district that a former commune lay in; empty for others
   */
  public record Unit(String code, String fullName, String kind, String where) {
    @Override
    public String toString() {
      return code + " " + fullName + (where.isEmpty() ? "" : ", " + where);
    }
  }

  /** What came of looking for a name. */
  public enum Kind {
    FOUND,
    /** The name of a province that has become part of another; the unit is that one. */
    FORMER,
    AMBIGUOUS,
    NOT_FOUND
  }

  /**
   * What a name was found to be.
   *
   * @param unit null when there is none, or more than one
   * @param others the candidates of an ambiguous name, or the units of similar names
   */
  public record Found(Kind kind, @Nullable Unit unit, List<Unit> others) {
    private static Found of(Unit unit) {
      return new Found(Kind.FOUND, unit, List.of());
    }
  }

  private UnitNames(CodeLists lists) {
    provinces34 = new Names();
    for (Map<String, String> row : lists.rows("provinces_34")) {
      provinces34.add(new Unit(row.get("code"), row.get("full_name"), row.get("unit_type"), ""));
    }
    provinces63 = new Names();
    for (Map<String, String> row : lists.rows("provinces_63")) {
      provinces63.add(new Unit(row.get("code"), row.get("full_name"), row.get("unit_type"), ""));
    }
    for (Map<String, String> row : lists.rows("crosswalk_63_to_34")) {
      Unit successor = provinces34.byCode.get(row.get("new_code"));
      if (successor != null) {
        successors.put(row.get("old_code"), successor);
      }
    }
    for (Map<String, String> row : lists.rows("communes_2025")) {
      communesNow
          .computeIfAbsent(row.get("province_code"), any -> new Names())
          .add(new Unit(row.get("code"), row.get("full_name"), row.get("unit_type"), ""));
    }
    for (Map<String, String> row : lists.rows("communes_2024")) {
      String name = row.get("full_name");
      communesBefore
          .computeIfAbsent(row.get("province_code"), any -> new Names())
          .add(
              new Unit(
                  row.get("code"),
                  name,
                  NameKey.of(name).split().kind(),
                  row.get("district_name")));
    }
  }

  /** {@code TNMT-2007} when a list of units is not there. */
  public static UnitNames of(CodeLists lists) {
    return new UnitNames(lists);
  }

  /** Of the bundled code lists; made when first asked for. */
  public static UnitNames bundled() {
    return Bundled.NAMES;
  }

  /**
   * The letters and digits of a text, small, without marks and spaces: {@code Ngày 3} is {@code
   * ngay3}.
   */
  public static String letters(String text) {
    return NameKey.of(text).loose().replace(" ", "");
  }

  /** The province of a name (or code) on a day. */
  public Found province(String name, LocalDate day) {
    boolean now = !day.isBefore(REFORM);
    Names units = now ? provinces34 : provinces63;
    NameKey bare = NameKey.of(cut(name)).split().name();
    String text = SHORT.getOrDefault(bare.loose(), cut(name));
    Found found = units.find(text);
    if (now && found.kind == Kind.NOT_FOUND) {
      Found former = provinces63.find(text);
      Unit successor = former.unit == null ? null : successors.get(former.unit.code);
      // by name only: an old code may be that of another province now
      if (successor != null && !former.unit.code.equals(name.strip())) {
        return new Found(Kind.FORMER, successor, List.of(successor));
      }
    }
    return found;
  }

  /** The commune of a name (or code) in a province on a day. */
  public Found commune(String name, String provinceCode, LocalDate day) {
    Map<String, Names> units = day.isBefore(REFORM) ? communesBefore : communesNow;
    Names ofProvince = units.get(provinceCode);
    return ofProvince == null
        ? new Found(Kind.NOT_FOUND, null, List.of())
        : ofProvince.find(cut(name));
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  /** Units among which a name is looked for. */
  private static final class Names {
    private final Map<String, Unit> byCode = new HashMap<>();
    private final Map<String, List<Unit>> exact = new HashMap<>();
    private final Map<String, List<Unit>> loose = new HashMap<>();

    void add(Unit unit) {
      NameKey name = NameKey.of(unit.fullName).split().name();
      byCode.put(unit.code, unit);
      exact.computeIfAbsent(name.exact(), any -> new ArrayList<>()).add(unit);
      loose.computeIfAbsent(name.loose(), any -> new ArrayList<>()).add(unit);
    }

    Found find(String text) {
      Unit code = byCode.get(text.strip());
      if (code != null) {
        return Found.of(code);
      }
      NameKey whole = NameKey.of(text);
      NameKey.Split split = whole.split();
      List<Unit> units = exact.getOrDefault(whole.exact(), List.of());
      String kind = "";
      if (units.isEmpty()) {
        units = exact.getOrDefault(split.name().exact(), List.of());
        kind = split.kind();
      }
      if (units.isEmpty() && split.name().bare()) {
        units = loose.getOrDefault(split.name().loose(), List.of());
      }
      if (units.size() > 1 && !kind.isEmpty()) {
        String wanted = kind;
        List<Unit> ofKind = units.stream().filter(unit -> unit.kind.equals(wanted)).toList();
        units = ofKind.isEmpty() ? units : ofKind;
      }
      return switch (units.size()) {
        case 0 -> new Found(Kind.NOT_FOUND, null, nearest(split.name().loose()));
        case 1 -> Found.of(units.get(0));
        default -> new Found(Kind.AMBIGUOUS, null, units.stream().limit(MAX_CANDIDATES).toList());
      };
    }

    private List<Unit> nearest(String wanted) {
      int limit = Math.max(2, wanted.length() / 3);
      return loose.entrySet().stream()
          .filter(entry -> Math.abs(entry.getKey().length() - wanted.length()) <= limit)
          .map(entry -> Map.entry(Nearest.distance(wanted, entry.getKey()), entry.getValue()))
          .filter(entry -> entry.getKey() <= limit)
          .sorted(
              Comparator.<Map.Entry<Integer, List<Unit>>>comparingInt(Map.Entry::getKey)
                  .thenComparing(entry -> entry.getValue().get(0).code))
          .flatMap(entry -> entry.getValue().stream())
          .limit(3)
          .toList();
    }
  }

  private static final class Bundled {
    static final UnitNames NAMES = new UnitNames(CodeLists.bundled());
  }
}
