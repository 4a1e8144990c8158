package vn.tnmt.lakehouse.ingestion.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the cells of one column tell about their encoding.
 *
 * <p>Valid UTF-8 that is not ASCII is UTF-8. Of the other cells each candidate encoding is scored
 * ({@link Score}); the best is taken when it leads by {@link #MARGIN} of its score, otherwise, when
 * it is not clearly behind, the one that the whole file speaks for. Text that is Unicode already is
 * mojibake only when another reading of several words is better by that margin; signs and letters
 * that stand alone are no evidence.
 */
public final class EncodingEvidence {
  /** How far the best candidate must be ahead, as a share of its score. */
  static final double MARGIN = 0.20;

  /** A best candidate below this is none; Windows-1252 can have one half at most. */
  static final double LEAST = 0.50;

  private static final double LEAST_WESTERN = 0.30;
  private static final int LEAST_WORDS = 3;

  private final Score bytes = new Score();
  private final Score shown = new Score();
  private long unicode;
  private long repaired;

  /** Cells in which nothing speaks for another reading than the one they show. */
  private long untold;

  /**
   * Takes one cell into account.
   *
   * @param bytewise whether the reader hands out bytes, one character each; else Unicode
   */
  public void add(String cell, boolean bytewise) {
    if (ColumnEncoding.plain(cell)) {
      return;
    }
    String text = bytewise && Bytes.bytewise(cell) ? Bytes.utf8OrNull(cell) : cell;
    if (text == null || Bytes.ascii(cell)) {
      bytes.add(cell);
      return;
    }
    String behind = Bytes.mojibake(text);
    if (behind == null) {
      unicode++;
    } else if (ColumnEncoding.behind(text) != null) {
      if (ColumnEncoding.once(text, false).equals(text)) {
        untold++;
      } else {
        repaired++;
      }
    } else if (!shown.addLetters(behind)) {
      untold++;
    }
  }

  /** Adds what another column tells; the sum is the evidence of the file. */
  public void add(EncodingEvidence other) {
    bytes.add(other.bytes);
    shown.add(other.shown);
    unicode += other.unicode;
    repaired += other.repaired;
    untold += other.untold;
  }

  /** Whether every cell was ASCII. */
  public boolean nothing() {
    return bytes.words() + shown.words() + unicode + repaired + untold == 0;
  }

  /**
   * The decision.
   *
   * @param file evidence of all columns
   */
  public ColumnEncoding decide(EncodingEvidence file) {
    List<String> why = new ArrayList<>();
    if (unicode > 0) {
      why.add("UTF-8 ✓ " + unicode);
    }
    if (repaired > 0) {
      why.add("UTF-8 × 2 ✓ " + repaired);
    }
    Encoding ofBytes = bytes.words() == 0 ? file.bytesAlone() : bytes(file, why);
    Encoding ofShown = shown.words() == 0 ? Encoding.UTF_8 : shown(file, why);
    List<Encoding> alike =
        ofBytes == null || bytes.words() == 0 ? List.of() : alike(bytes, scores(bytes), ofBytes);
    return new ColumnEncoding(
        ofBytes,
        alike,
        ofShown,
        unicode > 0,
        repaired > 0 && unicode == 0,
        false,
        String.join("; ", why));
  }

  /** The labels of what was decided, for the note. */
  public String decided(ColumnEncoding encoding) {
    List<String> labels = new ArrayList<>();
    if (unicode + untold > 0 || (shown.words() > 0 && encoding.shown() == Encoding.UTF_8)) {
      labels.add("UTF-8");
    }
    if (repaired > 0) {
      labels.add("UTF-8 × 2");
    }
    if (shown.words() > 0 && encoding.shown() != Encoding.UTF_8) {
      labels.add(encoding.shown() == null ? "?" : encoding.shown() + " → UTF-8");
    }
    if (bytes.words() > 0) {
      labels.add(encoding.bytes() == null ? "?" : encoding.bytes().label());
    }
    return String.join(" + ", labels);
  }

  private @Nullable Encoding bytesAlone() {
    return bytes.words() == 0 ? null : ahead(bytes, scores(bytes));
  }

  private @Nullable Encoding bytes(EncodingEvidence file, List<String> why) {
    Map<Encoding, Double> scores = scores(bytes);
    why.add(text(scores, bytes.words()));
    Encoding best = ahead(bytes, scores);
    Encoding common = file.bytesAlone();
    if (best == Encoding.WINDOWS_1252 && !bytes.signsOnly()) {
      // Names in other languages than Vietnamese look French in every legacy encoding.
      if (common != null && common != best && bytes.possible(common)) {
        why.add("file: " + common);
        return common;
      }
      return bytes.words() < LEAST_WORDS ? null : best;
    }
    if (best == null) {
      double top = scores.values().stream().max(Comparator.naturalOrder()).orElse(0.0);
      if (common != null && enough(common, scores) && scores.get(common) >= top * (1 - MARGIN)) {
        why.add("file: " + common);
        return common;
      }
    }
    return best;
  }

  private @Nullable Encoding shown(EncodingEvidence file, List<String> why) {
    Map<Encoding, Double> scores = scores(shown);
    why.add("Unicode %s, ".formatted(percent(shown.asShown())) + text(scores, shown.words()));
    Encoding mojibake = mojibake();
    boolean strong =
        shown.words() >= LEAST_WORDS
            || (file.shown.words() >= LEAST_WORDS && file.mojibake() == mojibake);
    if (mojibake != null && strong) {
      return mojibake;
    }
    double asShown = shown.asShown();
    return asShown >= LEAST_WESTERN || top(scores) < LEAST ? Encoding.UTF_8 : null;
  }

  /** The encoding in which what is shown reads clearly better than as it stands; null for none. */
  private @Nullable Encoding mojibake() {
    Map<Encoding, Double> scores = scores(shown);
    scores.remove(Encoding.WINDOWS_1252);
    Encoding best = ahead(shown, scores);
    return best != null && shown.asShown() <= scores.get(best) * (1 - MARGIN) ? best : null;
  }

  private static Map<Encoding, Double> scores(Score score) {
    Map<Encoding, Double> scores = new java.util.EnumMap<>(Encoding.class);
    Encoding.LEGACY.forEach(encoding -> scores.put(encoding, score.of(encoding)));
    return scores;
  }

  private static double top(Map<Encoding, Double> scores) {
    return scores.values().stream().max(Comparator.naturalOrder()).orElse(0.0);
  }

  /** The candidate that leads by the margin, or null. */
  private static @Nullable Encoding ahead(Score words, Map<Encoding, Double> scores) {
    List<Map.Entry<Encoding, Double>> order = order(scores);
    Encoding best = order.get(0).getKey();
    double limit = order.get(0).getValue() * (1 - MARGIN);
    return enough(best, scores)
            && order.stream()
                .skip(1)
                .allMatch(other -> other.getValue() <= limit || words.alike(best, other.getKey()))
        ? best
        : null;
  }

  private static boolean enough(Encoding encoding, Map<Encoding, Double> scores) {
    return scores.get(encoding) >= (encoding == Encoding.WINDOWS_1252 ? LEAST_WESTERN : LEAST);
  }

  /** The candidates that are as good, since they read the same. */
  private static List<Encoding> alike(Score words, Map<Encoding, Double> scores, Encoding decided) {
    double limit = scores.get(decided) * (1 - MARGIN);
    return scores.keySet().stream()
        .filter(other -> other != decided && scores.get(other) > limit)
        .filter(other -> words.alike(decided, other))
        .toList();
  }

  private static List<Map.Entry<Encoding, Double>> order(Map<Encoding, Double> scores) {
    return scores.entrySet().stream()
        // of equals the plainest: signs are the same in most encodings
        .sorted(
            Map.Entry.<Encoding, Double>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey() != Encoding.WINDOWS_1252))
        .toList();
  }

  private static String text(Map<Encoding, Double> scores, int words) {
    return order(scores).stream()
            .limit(3)
            .map(entry -> entry.getKey() + " " + percent(entry.getValue()))
            .collect(Collectors.joining(", "))
        + " (n="
        + words
        + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
