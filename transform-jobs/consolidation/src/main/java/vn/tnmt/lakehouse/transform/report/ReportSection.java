package vn.tnmt.lakehouse.transform.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.SectionContent.Completeness;
import vn.tnmt.lakehouse.transform.report.SectionContent.Layer;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.Note;
import vn.tnmt.lakehouse.transform.report.SectionContent.OutOfRange;
import vn.tnmt.lakehouse.transform.report.SectionContent.Page;
import vn.tnmt.lakehouse.transform.report.SectionContent.PlaceList;
import vn.tnmt.lakehouse.transform.report.SectionContent.Reason;
import vn.tnmt.lakehouse.transform.report.SectionContent.Source;
import vn.tnmt.lakehouse.transform.report.SectionContent.Trend;

/**
 * What a national dataset adds to the national report. The shared page knows no dataset: it puts
 * what the sections say into its places, in the order of the sections.
 *
 * <p>Two resources stand beside the class. {@code section.sql} holds the statements: each begins
 * after {@code --- name}, {@code {domain.table}} stands for a declared table at the release's
 * snapshot, {@code {date}} for the business date and {@code {name}} for a parameter of the section.
 * What was measured on that date is what lies after {@code {day_begin}} and not after {@code
 * {day_end}} ({@link vn.tnmt.lakehouse.transform.run.LocalDay}). {@code section.yaml} holds the
 * texts in both languages; {@code sql-<name>} is the title that the page gives to the statement.
 *
 * <p>What a statement returns reaches the driver whole: it must be bounded by the number of
 * provinces or by a LIMIT. Every method below is a pure function of those rows; one that a section
 * does not define adds nothing.
 */
public interface ReportSection {
  /** A short name, {@code a-z}, digits and hyphens; it marks the section's parts in the page. */
  String key();

  /** Where it stands in the page: lower first, sections of one position by key. */
  default int position() {
    return 100;
  }

  /** The tables that the statements may read, as {@code domain.table}. */
  Set<String> tables();

  /** Dates, instants and texts that the statements use beside the date and its day. */
  default Map<String, Object> parameters(LocalDate date) {
    return Map.of();
  }

  /**
   * The statements that {@link #lead} and {@link #outOfRange} look at. They are asked of the
   * release before as well, so that the page can say what changed.
   */
  default Set<String> leadStatements() {
    return Set.of();
  }

  /**
   * The statements that also read the release before, its tables as {@code {before.domain.table}}.
   * For the first release they find nothing.
   */
  default Set<String> comparingStatements() {
    return Set.of();
  }

  /** Which earlier days this release's data restated: a sentence each. */
  default List<Words> restated(Edition edition) {
    return List.of();
  }

  /** A clause of the sentence that says the state of the nation; no capital, no full stop. */
  default Words headline(Edition edition) {
    return Words.NONE;
  }

  /** Figures at the top of the page. */
  default List<LeadFigure> lead(Edition edition) {
    return List.of();
  }

  /** What the section adds to the count of values that are out of range. */
  default Optional<OutOfRange> outOfRange(Edition edition) {
    return Optional.empty();
  }

  /** A map of the nation with its ranked list of provinces. */
  default Optional<Layer> layer(Edition edition) {
    return Optional.empty();
  }

  /** The places that are worst off. */
  default Optional<PlaceList> places(Edition edition) {
    return Optional.empty();
  }

  /** A small chart for each province. */
  default Optional<Trend> trend(Edition edition) {
    return Optional.empty();
  }

  /** How much of what is expected is there. */
  default List<Completeness> completeness(Edition edition) {
    return List.of();
  }

  /** Why values are missing, the most frequent first. */
  default List<Reason> reasons(Edition edition) {
    return List.of();
  }

  /** How the figures are computed. */
  default List<Note> method(Edition edition) {
    return List.of();
  }

  /** The legal texts that the figures follow. */
  default List<Source> sources(Edition edition) {
    return List.of();
  }

  /** Further files of the report; they stand in a folder of the section's own. */
  default List<Page> pages(Edition edition) {
    return List.of();
  }
}
