package vn.tnmt.lakehouse.transform.report;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * One release as a section sees it: its date, what its statements found, and the section's texts.
 */
public final class Edition {
  private final LocalDate date;
  private final Texts texts;
  private final Map<String, Words> provinces;
  private final Set<String> leadStatements;
  private final Map<String, List<ResultRow>> results;

  /**
   * @param provinces code → name
   * @param results statement → its rows
   */
  Edition(
      LocalDate date,
      Texts texts,
      Map<String, Words> provinces,
      Set<String> leadStatements,
      Map<String, List<ResultRow>> results) {
    this.date = date;
    this.texts = texts;
    this.provinces = provinces;
    this.leadStatements = leadStatements;
    this.results = results;
  }

  /** As the lead figures see it: with the statements only that the release before has, too. */
  Edition lead() {
    Map<String, List<ResultRow>> lead = new LinkedHashMap<>(results);
    lead.keySet().retainAll(leadStatements);
    return new Edition(date, texts, provinces, leadStatements, lead);
  }

  public LocalDate date() {
    return date;
  }

  /** A text of the section, with {@code {0}} … replaced by {@code values}. */
  public Words say(String key, Words... values) {
    return texts.say(key, values);
  }

  /** The name of a province by its two-digit code. */
  public Words province(String code) {
    return provinces.getOrDefault(code, Words.same(code));
  }

  /** What a statement found. */
  public List<ResultRow> rows(String statement) {
    List<ResultRow> rows = results.get(statement);
    if (rows == null) {
      throw new IllegalArgumentException(
          "No statement '" + statement + "'; there is " + results.keySet());
    }
    return rows;
  }

  /** The one row that a statement found. */
  public ResultRow row(String statement) {
    return rows(statement).get(0);
  }
}
