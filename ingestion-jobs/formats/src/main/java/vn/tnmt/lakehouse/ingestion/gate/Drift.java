package vn.tnmt.lakehouse.ingestion.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;

/**
 * Says in words how a delivery departs from those before it. It is slow to speak: a column must
 * look far from its own past and, for a shift or a swap, close to another one's.
 */
public final class Drift {
  private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
  private static final double FAR = 0.6;
  private static final double NEAR = 0.3;

  /** Fewer values say nothing. */
  private static final int ENOUGH = 20;

  /** A seasonal change is smaller, a wrong unit is larger. */
  private static final double SCALE = 20;

  private static final double MORE_BLANK = 0.5;
  private static final double NEW_CODES = 0.3;
  private static final double VOLUME = 4;
  private static final double LENGTH = 4;

  private final Fingerprint before;
  private final Fingerprint now;
  private final BiFunction<String, Double, String> unit;
  private final Map<String, ColumnProfile> past = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> explained = new HashSet<>();

  private Drift(Fingerprint before, Fingerprint now, BiFunction<String, Double, String> unit) {
    this.before = before;
    this.now = now;
    this.unit = unit;
    before.columns().forEach(column -> past.put(column.name(), column));
  }

  /** As {@link #findings(List, Fingerprint, BiFunction)}, where no unit is known. */
  public static List<Finding> findings(List<Fingerprint> earlier, Fingerprint now) {
    return findings(earlier, now, (column, ratio) -> "");
  }

  /**
   * How a delivery departs from the earlier ones.
   *
   * @param earlier of the same feed, oldest first; nothing is found when there is none
   * @param unit column and ratio of its values to what they were → the unit that they then look
   *     like, or empty text
   */
  public static List<Finding> findings(
      List<Fingerprint> earlier, Fingerprint now, BiFunction<String, Double, String> unit) {
    if (earlier.isEmpty()) {
      return List.of();
    }
    Drift drift = new Drift(Fingerprint.middle(earlier), now, unit);
    drift.columns();
    drift.shifts();
    drift.swaps();
    now.columns().forEach(drift::column);
    drift.volume();
    return List.copyOf(drift.findings);
  }

  private void tell(FindingKind kind, List<String> columns, String vi, String en) {
    findings.add(new Finding(kind, columns, vi, en));
  }

  private void columns() {
    Set<String> gone = new TreeSet<>(past.keySet());
    Set<String> come = new TreeSet<>();
    for (ColumnProfile column : now.columns()) {
      if (!gone.remove(column.name())) {
        come.add(column.name());
      }
    }
    // The symbols of a long file come and go with what was measured; blank ones were never there.
    gone.removeIf(name -> name.endsWith("]") || past.get(name).filled() == 0);
    come.removeIf(name -> name.endsWith("]"));
    if (!gone.isEmpty() || !come.isEmpty()) {
      List<String> all = new ArrayList<>(gone);
      all.addAll(come);
      tell(
          FindingKind.COLUMNS,
          all,
          "các cột khác lần trước: "
              + (gone.isEmpty() ? "" : "thiếu " + list(gone))
              + (gone.isEmpty() || come.isEmpty() ? "" : "; ")
              + (come.isEmpty() ? "" : "thêm " + list(come)),
          "columns differ from last time: "
              + (gone.isEmpty() ? "" : "missing " + list(gone))
              + (gone.isEmpty() || come.isEmpty() ? "" : "; ")
              + (come.isEmpty() ? "" : "new " + list(come)));
    }
  }

  private static String list(Set<String> names) {
    String text = names.stream().limit(8).collect(Collectors.joining(", "));
    return names.size() <= 8 ? text : text + ", … (" + names.size() + ")";
  }

  /**
   * Runs of columns whose values look like those of the column beside. At least two of a run, its
   * first and its last among them, must look unlike their own; those between may look like both.
   */
  private void shifts() {
    List<ColumnProfile> own = before.columns();
    for (int by : new int[] {1, -1}) {
      int first = -1;
      int last = -1;
      for (int i = 0; i <= own.size(); i++) {
        if (i < own.size() && isLikeNeighbour(own, i, by)) {
          if (current(own.get(i).name()).distance(own.get(i)) > FAR) {
            first = first < 0 ? i : first;
            last = i;
          }
        } else {
          if (last > first) {
            shift(own, first, last, by);
          }
          first = -1;
          last = -1;
        }
      }
    }
  }

  private boolean isLikeNeighbour(List<ColumnProfile> own, int i, int by) {
    if (i + by < 0 || i + by >= own.size()) {
      return false;
    }
    ColumnProfile column = current(own.get(i).name());
    return column != null && column.filled() >= ENOUGH && column.distance(own.get(i + by)) < NEAR;
  }

  private @Nullable ColumnProfile current(String name) {
    return now.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private void shift(List<ColumnProfile> own, int from, int to, int by) {
    List<String> names = own.subList(from, to + 1).stream().map(ColumnProfile::name).toList();
    explained.addAll(names);
    tell(
        FindingKind.SHIFTED,
        names,
        "các cột %d đến %d (%s … %s) có vẻ bị lệch một cột sang %s"
            .formatted(from + 1, to + 1, names.get(0), last(names), by > 0 ? "trái" : "phải"),
        "columns %d to %d (%s … %s) look shifted by one to the %s"
            .formatted(from + 1, to + 1, names.get(0), last(names), by > 0 ? "left" : "right"));
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }

  private void swaps() {
    List<ColumnProfile> columns = now.columns();
    for (int i = 0; i < columns.size(); i++) {
      for (int j = i + 1; j < columns.size(); j++) {
        ColumnProfile a = columns.get(i);
        ColumnProfile b = columns.get(j);
        ColumnProfile pastA = past.get(a.name());
        ColumnProfile pastB = past.get(b.name());
        if (pastA != null
            && pastB != null
            && isSwapped(a, b, pastA, pastB)
            && !explained.contains(a.name())
            && !explained.contains(b.name())) {
          explained.add(a.name());
          explained.add(b.name());
          tell(
              FindingKind.SWAPPED,
              List.of(a.name(), b.name()),
              "%s và %s có vẻ bị đổi chỗ cho nhau".formatted(a.name(), b.name()),
              "%s and %s look swapped".formatted(a.name(), b.name()));
        }
      }
    }
  }

  private static boolean isSwapped(
      ColumnProfile a, ColumnProfile b, ColumnProfile pastA, ColumnProfile pastB) {
    return a.filled() >= ENOUGH
        && b.filled() >= ENOUGH
        && a.distance(pastA) > FAR
        && b.distance(pastB) > FAR
        && a.distance(pastB) < NEAR
        && b.distance(pastA) < NEAR;
  }

  private void column(ColumnProfile column) {
    ColumnProfile own = past.get(column.name());
    if (own == null || explained.contains(column.name()) || column.values() < ENOUGH) {
      return;
    }
    if (column.blank() - own.blank() > MORE_BLANK) {
      tell(
          FindingKind.BLANK,
          List.of(column.name()),
          "%s: %d %% giá trị trống, trước đây %d %%"
              .formatted(column.name(), percent(column.blank()), percent(own.blank())),
          "%s: %d %% of the values are blank, %d %% before"
              .formatted(column.name(), percent(column.blank()), percent(own.blank())));
    }
    if (column.filled() < ENOUGH || own.filled() < ENOUGH) {
      return;
    }
    if (typeDistance(column, own) > FAR) {
      tell(
          FindingKind.TYPE,
          List.of(column.name()),
          "%s: trước đây là %s, nay là %s".formatted(column.name(), kindVi(own), kindVi(column)),
          "%s: was %s, is %s".formatted(column.name(), kindEn(own), kindEn(column)));
    } else if (column.isNumeric() && own.isNumeric()) {
      scale(column, own);
    } else if (own.isCoded()) {
      codes(column, own);
    } else {
      length(column, own);
    }
  }

  private static double typeDistance(ColumnProfile a, ColumnProfile b) {
    return Math.max(Math.abs(a.number() - b.number()), Math.abs(a.date() - b.date()));
  }

  private static long percent(double share) {
    return Math.round(100 * share);
  }

  private static String kindVi(ColumnProfile c) {
    return c.number() > 0.5 ? "số" : c.date() > 0.5 ? "ngày" : "chữ";
  }

  private static String kindEn(ColumnProfile c) {
    return c.number() > 0.5 ? "numbers" : c.date() > 0.5 ? "dates" : "text";
  }

  private void scale(ColumnProfile column, ColumnProfile own) {
    double ratio = column.median() / own.median();
    boolean apart =
        ratio > 1 ? column.low() > own.high() : Math.abs(column.high()) < Math.abs(own.low());
    if (!(ratio >= SCALE || (ratio <= 1 / SCALE && ratio > 0)) || !apart) {
      return;
    }
    String looks = unit.apply(column.name(), ratio);
    String times = times(ratio);
    tell(
        FindingKind.SCALED,
        List.of(column.name()),
        "%s: giá trị%s bằng khoảng %s lần trước đây"
            .formatted(
                column.name(),
                looks.isEmpty() ? "" : " giống như tính bằng " + looks + ",",
                times.replace(',', '_').replace('.', ',').replace('_', '.')),
        "%s: values%s are about %s times what they were"
            .formatted(column.name(), looks.isEmpty() ? "" : " look like " + looks + ",", times));
  }

  /** A power of ten where it is about one, else two digits. */
  private static String times(double ratio) {
    double power = Math.pow(10, (double) Math.round(Math.log10(ratio)));
    double rounded = ratio / power > 0.6 && ratio / power < 1.7 ? power : ratio;
    return rounded >= 1
        ? String.format(Locale.ROOT, "%,.0f", rounded)
        : new java.math.BigDecimal(rounded).round(new java.math.MathContext(2)).toPlainString();
  }

  private void codes(ColumnProfile column, ColumnProfile own) {
    if (!column.isCoded()) {
      length(column, own);
      return;
    }
    Set<String> unseen = new TreeSet<>(column.codes());
    own.codes().forEach(unseen::remove);
    if (unseen.size() > NEW_CODES * column.codes().size() && unseen.size() > 1) {
      tell(
          FindingKind.CODES,
          List.of(column.name()),
          "%s: mã chưa từng gặp: %s".formatted(column.name(), list(unseen)),
          "%s: codes never seen before: %s".formatted(column.name(), list(unseen)));
    }
  }

  private void length(ColumnProfile column, ColumnProfile own) {
    double ratio = (1.0 + column.length()) / (1.0 + own.length());
    if (ratio > LENGTH || ratio < 1 / LENGTH) {
      tell(
          FindingKind.LENGTH,
          List.of(column.name()),
          "%s: dài khoảng %d ký tự, trước đây %d"
              .formatted(column.name(), column.length(), own.length()),
          "%s: about %d characters long, %d before"
              .formatted(column.name(), column.length(), own.length()));
    }
  }

  private void volume() {
    double ratio = (double) now.bytes() / Math.max(1, before.bytes());
    if (before.bytes() > 0 && (ratio > VOLUME || ratio < 1 / VOLUME)) {
      tell(
          FindingKind.VOLUME,
          List.of(),
          String.format(
              VIETNAMESE, "dung lượng %,d byte, trước đây khoảng %,d", now.bytes(), before.bytes()),
          String.format(Locale.ROOT, "%,d bytes, about %,d before", now.bytes(), before.bytes()));
    }
  }
}
