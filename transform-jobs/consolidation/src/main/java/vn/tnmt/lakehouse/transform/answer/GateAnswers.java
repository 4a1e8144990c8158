package vn.tnmt.lakehouse.transform.answer;

import vn.tnmt.lakehouse.transform.ledger.GateLog;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Entry;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Status;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.Decision;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.State;

/** What is told to publishers of what {@link GateLog} says. */
public final class GateAnswers {
  private GateAnswers() {}

  /** The answer for a delivery; null for one that does not depart from those before it. */
  public static GateAnswer of(Entry entry) {
    State state =
        switch (entry.status()) {
          case PASSED -> null;
          case WARNED -> State.WARNED;
          case HELD -> State.HELD;
          case APPROVED -> State.APPROVED;
          case REJECTED -> entry.isBlocked() ? State.BLOCKED : State.REJECTED;
        };
    return state == null ? null : of(entry, state);
  }

  /** The answer for a delivery that waits behind another one, whatever was found about it. */
  public static GateAnswer waiting(Entry entry) {
    return of(entry, entry.status() == Status.HELD ? State.HELD : State.WAITING);
  }

  private static GateAnswer of(Entry entry, State state) {
    boolean decided = state == State.APPROVED || state == State.REJECTED;
    return GateAnswer.of(
        state,
        entry.findings(),
        decided && entry.decidedAt() != null
            ? new Decision(entry.decidedBy(), entry.decidedAt(), entry.why())
            : null);
  }
}
