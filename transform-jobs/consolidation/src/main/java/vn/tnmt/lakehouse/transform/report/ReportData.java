package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.page.Json;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;

/**
 * Everything the national report says, and nothing that it does not: the page and its JSON are made
 * from this alone.
 *
 * <p>A value that is missing is {@code null} and stays missing on the page.
 *
 * @param release what is reported on
 * @param lead the figures at the top
 * @param previousLead the same figures of the release before; null for the first release
 * @param provinces all provinces, in the order of their codes
 * @param sections what the national datasets say, in the order of the page
 * @param publishers every body that owes data, in the order of the feeds
 * @param rules the rules that were broken most
 */
public record ReportData(
    Release release,
    Lead lead,
    @Nullable Lead previousLead,
    List<Province> provinces,
    List<SectionContent> sections,
    List<Publisher> publishers,
    List<RuleCount> rules,
    List<Audit> audits,
    Method method) {

  /**
   * The release that the report tells of.
   *
   * @param generatedAt when the release was made; the page takes no clock
   * @param previousId the release before, which changes are counted from; null for the first
   */
  public record Release(
      String id,
      String runId,
      LocalDate businessDate,
      Instant generatedAt,
      @Nullable String previousId,
      @Nullable LocalDate previousDate) {}

  /**
   * The figures at the head of the report.
   *
   * @param sections the figures of the sections' own, in their order
   * @param outOfRange values that the sections judge to be out of range
   * @param judged all values that they judge
   */
  public record Lead(
      List<LeadFigure> sections,
      long rowsAccepted,
      long rowsReceived,
      long provincesDelivered,
      long provincesTotal,
      long outOfRange,
      long judged) {}

  /**
   * A province.
   *
   * @param code two digits
   * @param outline simplified boundary, WKT, lon/lat EPSG:4326; null when no boundary is known
   * @param boundary what the outline is worth; null without one
   */
  public record Province(
      String code,
      Words name,
      Region region,
      double lon,
      double lat,
      @Nullable String outline,
      @Nullable Boundary boundary) {}

  /** What a boundary is worth in law. */
  public enum Boundary {
    OFFICIAL,
    REFERENCE,
    GENERATED
  }

  /**
   * A publisher and what it owes.
   *
   * @param provinceCode null for national bodies
   * @param feeds what the publisher owes
   */
  public record Publisher(
      String id,
      Words name,
      @Nullable String provinceCode,
      List<FeedState> feeds,
      long deliveries,
      long received,
      long accepted,
      long quarantined,
      long duplicate,
      long superseded) {}

  /**
   * How a publisher stands with one feed.
   *
   * @param title of the dataset, as its contract has it
   * @param lastDate business date of the last delivery up to the report's date; null for never
   * @param daysLate days beyond what schedule and lateness allow; 0 when in time
   */
  public record FeedState(
      String feed, Words title, boolean delivered, @Nullable LocalDate lastDate, int daysLate) {}

  /**
   * How often a rule was broken.
   *
   * @param blocking true when rows that break the rule go to quarantine
   * @param broken rows
   * @param publishers how many publishers sent such rows
   */
  public record RuleCount(
      String rule, Words message, boolean blocking, long broken, long publishers) {}

  /** One national check before the release. */
  public record Audit(
      String audit,
      boolean passed,
      boolean blocking,
      Double measured,
      Double threshold,
      Words message) {}

  /** How the figures came about. */
  public record Method(List<Policy> policies, List<FigureSql> sql, List<PinnedTable> tables) {}

  /**
   * A policy that was in force.
   *
   * @param origin decree and article, or that it is a house rule
   */
  public record Policy(Words name, Words value, Words origin) {}

  /** The statement that gave a figure, over the tables of the release. */
  public record FigureSql(Words title, String sql) {}

  public record PinnedTable(String table, long snapshotId, long records, String contractVersion) {}

  /**
   * Where in the country a province lies: the six regions of the national master plan as adjusted
   * after the merger of provinces. Only groups the panels of the page.
   */
  public enum Region {
    NORTHERN_MOUNTAINS("04 08 11 12 14 15 19 20 25"),
    RED_RIVER_DELTA("01 22 24 31 33 37"),
    NORTH_CENTRAL("38 40 42 44 46"),
    SOUTH_CENTRAL_AND_HIGHLANDS("48 51 52 56 66 68"),
    SOUTHEAST("75 79 80"),
    MEKONG_DELTA("82 86 91 92 96");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> provinces;

    Region(String provinces) {
      this.provinces = Set.of(provinces.split(" "));
    }

    /** The region of a province by its two-digit code. */
    public static Region of(String provinceCode) {
      return Arrays.stream(values())
          .filter(region -> region.provinces.contains(provinceCode))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No province " + provinceCode));
    }
  }

  /** The report as JSON, dates in ISO form. */
  public String toJson() {
    return Json.write(this);
  }
}
