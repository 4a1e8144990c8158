package vn.tnmt.lakehouse.transform.national;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.transform.report.ReportSection;

/**
 * A national dataset: one package with this class, its statements, texts and section of the report,
 * and one contract. It is registered once, in {@code META-INF/services}, and nothing else knows its
 * name: order, increments, lineage in the dictionary, documentation of settings, method notes and
 * audits follow from what is declared here and in the contract.
 *
 * <p>Columns, key, partitions, titles and rules are the contract's; the rules are evaluated on
 * every row written.
 */
public interface NationalDataset {
  /** The table's name, that of its contract: {@code national.air_quality_daily}. */
  String table();

  /**
   * Columns of the table by which it is computed: what the night touches is worked out, and
   * computed anew, unit by unit. A row belongs to the unit with the same values, which are never
   * null.
   */
  List<String> unit();

  /**
   * What it is computed from. The first is the one that units come from: each unit there is, is
   * affected by some row of it, or of the quarantine.
   */
  List<Input> inputs();

  /** Settings that change what is computed. */
  default List<Policy<?>> policies() {
    return List.of();
  }

  /** Grows when the computation changes, so that what stands is computed anew. */
  default int version() {
    return 1;
  }

  /**
   * The rows of the affected units. Pure: no session, clock, input or output; the result depends on
   * nothing but the rows of the inputs, the units and the policies.
   *
   * @param affected the unit columns, distinct
   * @return the contract's columns, in any order, unique by the contract's key. A unit of which
   *     nothing is returned has no row any more
   */
  Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies);

  /** What it adds to the national report. */
  default Optional<ReportSection> section() {
    return Optional.empty();
  }
}
