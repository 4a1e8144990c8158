package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, oldest first unless asked otherwise: {@code
 * RunQuery.all().in(RunState.FAILED).logicalDates(from, to).newestFirst()}.
 *
 * @param runTypes 3.x only
 * @param logicalFrom both ends of a range are included; null for open
 */
public record RunQuery(
    List<RunState> states,
    List<RunType> runTypes,
    @Nullable Instant logicalFrom,
    @Nullable Instant logicalTo,
    @Nullable Instant startedFrom,
    @Nullable Instant startedTo,
    boolean isNewestFirst) {
  public RunQuery {
    states = List.copyOf(states);
    runTypes = List.copyOf(runTypes);
  }

  public static RunQuery all() {
    return new RunQuery(List.of(), List.of(), null, null, null, null, false);
  }

  public RunQuery in(RunState... any) {
    return new RunQuery(
        List.of(any), runTypes, logicalFrom, logicalTo, startedFrom, startedTo, isNewestFirst);
  }

  /** Of these types; 3.x only. */
  public RunQuery ofType(RunType... any) {
    return new RunQuery(
        states, List.of(any), logicalFrom, logicalTo, startedFrom, startedTo, isNewestFirst);
  }

  public RunQuery logicalDates(Instant from, Instant to) {
    return new RunQuery(states, runTypes, from, to, startedFrom, startedTo, isNewestFirst);
  }

  public RunQuery started(Instant from, Instant to) {
    return new RunQuery(states, runTypes, logicalFrom, logicalTo, from, to, isNewestFirst);
  }

  public RunQuery newestFirst() {
    return new RunQuery(states, runTypes, logicalFrom, logicalTo, startedFrom, startedTo, true);
  }
}
