package vn.tnmt.lakehouse.tables.contract;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/**
 * The definition of one dataset: the only place where its schema, keys, units, rules, privacy,
 * partitioning and order are written.
 *
 * @param dataset {@code <domain>.<name>}, which is also the table's name
 * @param key columns that identify a row, in order; empty for tables that only grow
 * @param partitioning columns or transforms of columns, for example {@code months(sampled_on)}
 * @param rules all rules, the references among them
 * @param references the rules that look into other datasets
 * @param legalBasis decrees and circulars that the dataset follows, for people
 * @param source file the contract was read from, for messages
 */
public record Contract(
    String dataset,
    String version,
    Kind kind,
    String titleVi,
    String titleEn,
    String descriptionVi,
    String descriptionEn,
    List<Column> columns,
    List<String> key,
    List<String> partitioning,
    List<String> sortOrder,
    List<RuleSpec> rules,
    List<Reference> references,
    List<String> legalBasis,
    List<ServiceLevel> serviceLevels,
    String source)
    implements Serializable {

  /** {@code monitoring} of {@code monitoring.observation}. */
  public String domain() {
    return dataset.substring(0, dataset.indexOf('.'));
  }

  /** {@code observation} of {@code monitoring.observation}. */
  public String name() {
    return dataset.substring(dataset.indexOf('.') + 1);
  }

  public Optional<Column> find(String column) {
    return columns.stream().filter(candidate -> candidate.name().equals(column)).findFirst();
  }

  /** The column with a role; no two have the same. */
  public Optional<Column> find(Role role) {
    return columns.stream().filter(candidate -> candidate.role() == role).findFirst();
  }

  /** Whether rows are measurements. */
  public boolean isOfMeasurements() {
    return find(Role.VALUE).isPresent();
  }

  /** Names of the columns that a measurement fills; empty in other datasets. */
  public Set<String> measured() {
    return columns.stream()
        .filter(column -> column.role().isMeasured())
        .map(Column::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  public Column column(String column) {
    return find(column).orElseThrow(() -> unknown(column));
  }

  /** Position of a column in an engine row. */
  public int index(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw unknown(column);
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  private TnmtException unknown(String column) {
    return TnmtException.of(
        ErrorCode.CONTRACT_INVALID,
        dataset + ": không có cột / has no column '" + column + "'",
        source,
        Nearest.hint(column, columnNames()));
  }
}
