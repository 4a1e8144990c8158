package vn.tnmt.lakehouse.transform.receipt;

import java.util.List;
import java.util.Locale;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/** The gate's findings as {@code gate.mustache} asks for them. */
final class GateView {
  final Texts g = GateAnswer.TEXTS;
  final boolean anyFindings;
  final List<Line> findings;
  final List<Words> decided;

  /** One finding. */
  record Line(String code, Words what, Words remedy, Words severity) {}

  /**
   * @param offline whether the validator says it, of what would happen
   */
  GateView(GateAnswer gate, boolean offline) {
    this.anyFindings = !gate.findings().isEmpty();
    this.findings =
        gate.findings().stream()
            .map(
                found ->
                    new Line(found.code(), found.what(), found.remedy(), severity(found, offline)))
            .toList();
    this.decided = gate.decision() == null ? List.of() : List.of(gate.decided());
  }

  static Words severity(GateAnswer.Found found, boolean offline) {
    return GateAnswer.TEXTS.say(
        "severity-"
            + found.severity().name().toLowerCase(Locale.ROOT)
            + (offline ? "-offline" : ""));
  }

  /** The sentence above the findings of a receipt. */
  static Words introduction(GateAnswer gate, boolean offline) {
    return GateAnswer.TEXTS.say("receipt-" + (offline ? "offline" : gate.state().textName()));
  }
}
