package vn.tnmt.lakehouse.transform.gate;

import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.Decision;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer.State;

/** What is told to publishers of what a {@link Judgement} says. */
public final class GateAnswers {
  private GateAnswers() {}

  /** The answer for a delivery; null for one that does not depart from those before it. */
  public static @Nullable GateAnswer of(Judgement judgement) {
    State state =
        switch (judgement.status()) {
          case PASSED -> null;
          case WARNED -> State.WARNED;
          case HELD -> State.HELD;
          case APPROVED -> State.APPROVED;
          case REJECTED -> judgement.isBlocked() ? State.BLOCKED : State.REJECTED;
        };
    return state == null ? null : of(judgement, state);
  }

  /** The answer for a delivery that waits behind another one, whatever was found about it. */
  public static GateAnswer waiting(Judgement judgement) {
    return of(judgement, judgement.status() == Status.HELD ? State.HELD : State.WAITING);
  }

  private static GateAnswer of(Judgement judgement, State state) {
    boolean decided = state == State.APPROVED || state == State.REJECTED;
    return GateAnswer.of(
        state,
        judgement.findings(),
        decided && judgement.decidedAt() != null
            ? new Decision(judgement.decidedBy(), judgement.decidedAt(), judgement.why())
            : null);
  }
}
