package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;

/** Which task instances to list: {@code TaskQuery.all().in(TaskState.FAILED)}. */
public record TaskQuery(List<TaskState> states, List<String> pools) {
  public TaskQuery {
    states = List.copyOf(states);
    pools = List.copyOf(pools);
  }

  public static TaskQuery all() {
    return new TaskQuery(List.of(), List.of());
  }

  public TaskQuery in(TaskState... any) {
    return new TaskQuery(List.of(any), pools);
  }

  public TaskQuery inPool(String... any) {
    return new TaskQuery(states, List.of(any));
  }
}
