package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which DAGs to list: {@code DagQuery.all().tagged("tnmt").paused(false)}.
 *
 * @param idPattern part of the DAG id, as SQL's LIKE; null for any
 * @param paused null for both
 * @param gone whether those that are gone from the files come too
 */
public record DagQuery(
    List<String> tags, @Nullable String idPattern, @Nullable Boolean paused, boolean gone) {
  public DagQuery {
    tags = List.copyOf(tags);
  }

  public static DagQuery all() {
    return new DagQuery(List.of(), null, null, false);
  }

  /** With any of these tags. */
  public DagQuery tagged(String... any) {
    return new DagQuery(List.of(any), idPattern, paused, gone);
  }

  public DagQuery idLike(String pattern) {
    return new DagQuery(tags, pattern, paused, gone);
  }

  public DagQuery paused(boolean only) {
    return new DagQuery(tags, idPattern, only, gone);
  }

  public DagQuery withGone() {
    return new DagQuery(tags, idPattern, paused, true);
  }
}
