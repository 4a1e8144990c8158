package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.transform.page.Json;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * Everything the national report says, and nothing that it does not: the page and its JSON are made
 * from this alone.
 *
 * <p>A value that is missing is {@code null} and stays missing on the page.
 *
 * @param release what is reported on
 * @param lead the four figures at the top
 * @param previousLead the same figures of the release before; null for the first release
 * @param provinces all provinces, in the order of their codes
 * @param worstAir stations with the highest daily VN_AQI, worst first
 * @param worstWater sampling points with the lowest VN_WQI, worst first
 * @param trend hourly VN_AQI by province up to the end of the business date
 * @param publishers every body that owes data, in the order of the feeds
 */
public record ReportData(
    Release release,
    Lead lead,
    Lead previousLead,
    List<Province> provinces,
    List<AirStation> worstAir,
    List<WaterPoint> worstWater,
    Trend trend,
    List<Publisher> publishers,
    Quality quality,
    List<Audit> audits,
    Method method) {

  /**
   * @param generatedAt when the release was made; the page takes no clock
   * @param previousId the release before, which changes are counted from; null for the first
   * @param waterSince first day of the sampling dates that the water figures look at
   */
  public record Release(
      String id,
      String runId,
      LocalDate businessDate,
      Instant generatedAt,
      String previousId,
      LocalDate previousDate,
      LocalDate waterSince) {}

  /**
   * @param indicesOutOfRange station days with VN_AQI above 100 and sampling points whose latest
   *     VN_WQI is 50 or less
   * @param indices all station days and sampling points that have an index
   */
  public record Lead(
      long stationsReporting,
      long stationsTotal,
      long rowsAccepted,
      long rowsReceived,
      long provincesDelivered,
      long provincesTotal,
      long indicesOutOfRange,
      long indices) {}

  /**
   * @param code two digits
   * @param outline simplified boundary, WKT, lon/lat EPSG:4326; null when no boundary is known
   * @param boundary what the outline is worth; null without one
   * @param air null when no station of the province has a daily index
   * @param water null when no sampling point of the province has an index
   */
  public record Province(
      String code,
      Words name,
      Region region,
      double lon,
      double lat,
      String outline,
      Boundary boundary,
      Air air,
      Water water) {}

  /** What a boundary is worth in law. */
  public enum Boundary {
    OFFICIAL,
    REFERENCE,
    GENERATED
  }

  /**
   * @param worst daily VN_AQI of the worst station; it gives the province its colour
   * @param station name of that station
   * @param driver pollutant that sets its index
   * @param median median of the stations' daily indices
   * @param withIndex stations that have a daily index
   * @param stations stations with any air measurement that day
   */
  public record Air(
      int worst,
      String stationCode,
      String station,
      String driver,
      int median,
      long withIndex,
      long stations) {}

  /**
   * @param worst lowest of the points' latest VN_WQI; it gives the province its colour
   * @param median median of the points' latest indices
   * @param outOfRange points whose latest index is 50 or less
   */
  public record Water(
      int worst,
      String point,
      LocalDate sampledOn,
      int median,
      long withIndex,
      long outOfRange,
      long points) {}

  /**
   * @param concentration of the driver, µg/m³, in the averaging that its index uses; null when
   *     unknown
   */
  public record AirStation(
      String code,
      String name,
      String provinceCode,
      int aqi,
      String driver,
      Double concentration,
      int hoursValid) {}

  /**
   * @param province code of the province the point lies in; null when it lies in none
   */
  public record WaterPoint(
      String point, String provinceCode, LocalDate sampledOn, int wqi, double lon, double lat) {}

  /**
   * Series with one common time axis.
   *
   * @param firstHour end of the first hour
   * @param hours number of hours, one value each
   */
  public record Trend(Instant firstHour, int hours, List<Series> series) {}

  /**
   * @param worst hourly VN_AQI of the province's worst station; null where no station has one
   */
  public record Series(String provinceCode, List<Integer> worst) {}

  /**
   * @param provinceCode null for national bodies
   * @param feeds what the publisher owes
   */
  public record Publisher(
      String id,
      Words name,
      String provinceCode,
      List<FeedState> feeds,
      long deliveries,
      long received,
      long accepted,
      long quarantined,
      long duplicate,
      long superseded) {}

  /**
   * @param dataset for example {@code monitoring.observation}
   * @param lastDate business date of the last delivery up to the report's date; null for never
   * @param daysLate days beyond what schedule and lateness allow; 0 when in time
   */
  public record FeedState(
      String feed, String dataset, boolean delivered, LocalDate lastDate, int daysLate) {}

  /** How good the data of the run are. */
  public record Quality(
      List<RuleCount> rules, List<Completeness> completeness, List<Reason> reasons) {}

  /**
   * @param blocking true when rows that break the rule go to quarantine
   * @param broken rows
   * @param publishers how many publishers sent such rows
   */
  public record RuleCount(
      String rule, Words message, boolean blocking, long broken, long publishers) {}

  /**
   * @param key text key of what was counted, for example {@code complete-hours}
   */
  public record Completeness(String key, long present, long expected) {}

  /** Why stations or points got no index. */
  public record Reason(String index, String reason, long count) {}

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
   * @param origin decree and article, or that it is a house rule
   */
  public record Policy(Words name, Words value, Words origin) {}

  /** The statement that gave a figure, over the tables of the release. */
  public record FigureSql(String key, String sql) {}

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
