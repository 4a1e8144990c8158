package vn.tnmt.lakehouse.national;

import java.util.Arrays;
import java.util.List;
import vn.tnmt.lakehouse.transform.index.NoIndexReason;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.report.SectionContent.Reason;

/** Why an index is missing, in words. */
public final class MissingIndices {
  private MissingIndices() {}

  /**
   * Why an index is missing.
   *
   * @param index name of the index
   * @param rows with {@code reason}, as {@code no_index_reason} has it, and {@code times}
   */
  public static List<Reason> reasons(String index, List<ResultRow> rows) {
    return rows.stream()
        .map(
            row ->
                new Reason(
                    Words.concat(Words.same(index + ": "), text(row.text("reason"))),
                    row.number("times")))
        .toList();
  }

  /** A reason that this version does not know is shown as the table has it. */
  private static Words text(String reason) {
    return Arrays.stream(NoIndexReason.values())
        .filter(known -> known.name().equals(reason))
        .map(known -> new Words(known.vi(), known.en()))
        .findFirst()
        .orElse(Words.same(reason));
  }
}
