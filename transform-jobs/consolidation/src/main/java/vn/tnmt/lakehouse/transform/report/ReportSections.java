package vn.tnmt.lakehouse.transform.report;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.run.LocalDay;

/**
 * The sections of the report, in the order of the page. They are checked when they are brought
 * together, before anything runs: what a section declares is what its statements read.
 */
public final class ReportSections {
  private static final String SQL = "section.sql";
  private static final String TEXTS = "section.yaml";
  private static final String BEFORE = "before.";
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*");

  private final List<ReportSection> sections;

  private ReportSections(List<ReportSection> sections) {
    this.sections = List.copyOf(sections);
  }

  /**
   * The sections in the order of the report, each checked.
   *
   * @param contracts of all the tables that there are
   * @throws TnmtException {@code TNMT-2012} naming section, file and statement
   */
  public static ReportSections of(List<ReportSection> unordered, Contracts contracts) {
    List<String> known = contracts.all().stream().map(Contract::dataset).toList();
    List<ReportSection> sections =
        unordered.stream()
            .sorted(
                Comparator.comparingInt(ReportSection::position).thenComparing(ReportSection::key))
            .toList();
    Map<String, ReportSection> byKey = new HashMap<>();
    for (ReportSection section : sections) {
      check(section);
      checkDeclared(section, known);
      ReportSection other = byKey.put(section.key(), section);
      if (other != null) {
        throw invalid(
            section,
            "hai mục của báo cáo cùng khoá / two sections of the report have one key",
            other.getClass().getName() + " and " + section.getClass().getName(),
            "give each a key of its own");
      }
    }
    return new ReportSections(sections);
  }

  /** Those whose tables a release has: one made before a dataset came has no section of it. */
  public ReportSections over(Collection<String> tables) {
    return new ReportSections(
        sections.stream().filter(section -> tables.containsAll(section.tables())).toList());
  }

  List<ReportSection> all() {
    return sections;
  }

  /**
   * A section's statements over the tables of a release.
   *
   * @param before the tables of the release before
   */
  static Statements statements(
      ReportSection section,
      UnaryOperator<String> tables,
      UnaryOperator<String> before,
      LocalDate date) {
    Map<String, Object> parameters = new HashMap<>(section.parameters(date));
    LocalDay day = new LocalDay(date);
    parameters.put("date", date);
    parameters.put("day_begin", day.begin());
    parameters.put("day_end", day.end());
    return Statements.load(
        section.getClass(),
        SQL,
        table ->
            table.startsWith(BEFORE)
                ? before.apply(table.substring(BEFORE.length()))
                : tables.apply(table),
        parameters);
  }

  private static String pinned(String table) {
    return StatementTables.PINNED + table;
  }

  static Texts texts(ReportSection section) {
    return Texts.load(section.getClass(), TEXTS);
  }

  private static void check(ReportSection section) {
    if (!KEY.matcher(section.key()).matches()) {
      throw invalid(
          section,
          "khoá không hợp lệ / the key of a section is a-z, digits and hyphens",
          section.getClass().getName(),
          "name it after its dataset");
    }
    try {
      Texts texts = texts(section);
      Statements statements =
          statements(section, ReportSections::pinned, ReportSections::pinned, LocalDate.EPOCH);
      for (String name : statements.names()) {
        texts.say("sql-" + name);
        checkTables(section, name, statements.get(name));
      }
      for (String name : section.leadStatements()) {
        statements.get(name);
      }
      for (String name : section.comparingStatements()) {
        statements.get(name);
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw invalid(
          section,
          "tệp của mục không dùng được / the files of a section cannot be used: " + e.getMessage(),
          where(section),
          "mend the file named");
    }
  }

  private static void checkDeclared(ReportSection section, List<String> known) {
    for (String table : section.tables()) {
      if (!known.contains(table)) {
        throw invalid(
            section,
            "mục khai báo bảng không có / the section declares an unknown table: " + table,
            section.getClass().getName() + ".tables()",
            Nearest.hint(table, known));
      }
    }
  }

  private static void checkTables(ReportSection section, String statement, String sql) {
    String where = where(section) + ", statement " + statement;
    StatementTables tables = StatementTables.of(sql);
    for (String table : tables.direct()) {
      throw invalid(
          section,
          "câu lệnh đọc thẳng một bảng / a statement reads a table past the release: " + table,
          where,
          "write {domain.table}, which is the table as the release froze it");
    }
    for (String table : tables.pinned()) {
      if (!section.tables().contains(table)) {
        throw invalid(
            section,
            "mục đọc bảng chưa khai báo / the section reads a table that it did not declare: "
                + table,
            where,
            "add it to tables(), or take it out of the statement");
      }
    }
  }

  private static String where(ReportSection section) {
    return section.getClass().getName() + ", " + SQL + " and " + TEXTS + " beside it";
  }

  private static TnmtException invalid(
      ReportSection section, String what, String where, String remedy) {
    return TnmtException.of(
        ErrorCode.SECTION_INVALID, "section '" + section.key() + "': " + what, where, remedy);
  }
}
