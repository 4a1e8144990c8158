package vn.tnmt.lakehouse.transform.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * What the gate found about a delivery and what was decided, as its publisher reads it.
 *
 * @param findings in the order in which they were found; empty for one that only waits
 * @param decision of a person; null when none was asked or none has decided
 */
public record GateAnswer(
    State state,
    List<Found> findings,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Decision decision) {
  static final Texts TEXTS = Texts.load(GateAnswer.class, "gate-texts.yaml");

  /** How it stands with a delivery that departs from those before it. */
  public enum State {
    /** Taken all the same. */
    WARNED,
    /** A person is to decide. */
    HELD,
    /** Nothing is wrong with it, but an earlier one of its feed is held. */
    WAITING,
    /** A person let it in. */
    APPROVED,
    /** A person refused it. */
    REJECTED,
    /** Its feed refuses what departs so. */
    BLOCKED;

    String textName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether all records are refused, whatever they are. */
    boolean isRefusal() {
      return this == REJECTED || this == BLOCKED;
    }
  }

  /**
   * One finding.
   *
   * @param code for example {@code GATE-02}
   * @param severity WARN, HOLD or BLOCK
   * @param columns as delivered; empty when it is the delivery as a whole
   * @param remedy what it may mean and what to check
   */
  public record Found(
      String code, Response severity, List<String> columns, Words what, Words remedy) {
    static Found of(Finding finding) {
      return new Found(
          finding.kind().code(),
          finding.response(),
          finding.columns().stream().map(GateAnswer::printable).toList(),
          new Words(sentence(finding, finding.vi()), sentence(finding, finding.en())),
          TEXTS.say("kind-" + finding.kind().yamlName()));
    }

    /** With a capital, unless a name of the publisher's stands first. */
    private static String sentence(Finding finding, String text) {
      boolean named =
          finding.kind() == FindingKind.REPEATED
              || (!finding.columns().isEmpty() && text.startsWith(finding.columns().get(0)));
      String printable = printable(text);
      return named || printable.isEmpty()
          ? printable
          : printable.substring(0, 1).toUpperCase(Locale.ROOT) + printable.substring(1);
    }
  }

  /** Characters of a finding that are repeated: column names are the publisher's. */
  private static final int MOST_TEXT = 400;

  /**
   * Who decided, when and why.
   *
   * @param by user name
   */
  public record Decision(String by, Instant at, String why) {}

  public GateAnswer {
    findings = List.copyOf(findings);
  }

  /** Names of columns and files are the publisher's: they must not steer a page or a terminal. */
  private static String printable(String text) {
    String cut =
        text.codePointCount(0, text.length()) <= MOST_TEXT
            ? text
            : text.substring(0, text.offsetByCodePoints(0, MOST_TEXT)) + "…";
    return cut.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public static GateAnswer of(State state, List<Finding> findings, Decision decision) {
    return new GateAnswer(state, findings.stream().map(Found::of).toList(), decision);
  }

  /** The decision in words; none when nobody has decided. */
  public Words decided() {
    return decision == null || (state != State.APPROVED && state != State.REJECTED)
        ? Words.NONE
        : TEXTS.say(
            "decision-" + state.textName(),
            Words.same(decision.by()),
            Figures.time(decision.at()),
            Words.same(decision.why()));
  }
}
