package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.*;
import vn.tnmt.lakehouse.transform.report.SectionContent.*;

/** A nation that never was: real names and codes, everything else drawn by lot from a seed. */
final class SampleNation {
  static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  /** code, name, English name, longitude and latitude of the centre (code list provinces_34). */
  static final List<String[]> PROVINCES =
      """
      01|Hà Nội|Hanoi|105.698|21.0001
      04|Cao Bằng|Cao Bang|106.083|22.7456
      08|Tuyên Quang|Tuyen Quang|105.099|22.4897
      11|Điện Biên|Dien Bien|103.232|21.4766
      12|Lai Châu|Lai Chau|103.185|22.3181
      14|Sơn La|Son La|104.069|21.1947
      15|Lào Cai|Lao Cai|104.347|22.0605
      19|Thái Nguyên|Thai Nguyen|105.824|22.0239
      20|Lạng Sơn|Lang Son|106.728|21.7736
      22|Quảng Ninh|Quang Ninh|107.223|21.2642
      24|Bắc Ninh|Bac Ninh|106.167|21.2428
      25|Phú Thọ|Phu Tho|105.333|20.7065
      31|Hải Phòng|Haiphong|106.47|20.8759
      33|Hưng Yên|Hung Yen|106.463|20.4528
      37|Ninh Bình|Ninh Binh|106.046|20.3122
      38|Thanh Hoá|Thanh Hoa|105.317|20.0468
      40|Nghệ An|Nghe An|104.944|19.2374
      42|Hà Tĩnh|Ha Tinh|105.735|18.2912
      44|Quảng Trị|Quang Tri|106.527|17.2405
      46|Huế|Hue|107.517|16.3316
      48|Đà Nẵng|Da Nang|107.966|15.631
      51|Quảng Ngãi|Quang Ngai|108.143|14.7688
      52|Gia Lai|Gia Lai|108.438|13.8902
      56|Khánh Hoà|Khanh Hoa|108.961|12.069
      66|Đắk Lắk|Dak Lak|108.47|12.7067
      68|Lâm Đồng|Lam Dong|107.968|11.6739
      75|Đồng Nai|Dong Nai|107.034|11.4369
      79|Hồ Chí Minh|Ho Chi Minh|106.638|10.9926
      80|Tây Ninh|Tay Ninh|106.123|10.6941
      82|Đồng Tháp|Dong Thap|105.999|10.4293
      86|Vĩnh Long|Vinh Long|106.292|9.99545
      91|An Giang|An Giang|105.096|10.1791
      92|Cần Thơ|Can Tho|105.757|9.74372
      96|Cà Mau|Ca Mau|105.182|9.1362
      """
          .lines()
          .map(line -> line.split("\\|"))
          .toList();

  /** A coarse outline of the mainland, drawn by eye. */
  private static final double[] MAINLAND = {
    102.2, 22.4, 102.8, 22.7, 103.6, 22.7, 104.3, 22.8, 105.3, 23.35, 106.7, 22.9, 106.6, 22.3,
    107.3, 21.6, 108.0, 21.5, 107.0, 20.8, 106.6, 20.3, 106.0, 19.9, 105.7, 19.0, 106.4, 18.1,
    106.9, 17.2, 107.8, 16.5, 108.4, 16.0, 108.9, 15.2, 109.25, 13.8, 109.4, 12.7, 109.2, 11.8,
    108.8, 11.2, 107.9, 10.7, 107.1, 10.4, 106.7, 9.8, 106.3, 9.4, 105.6, 9.1, 104.8, 8.6, 104.8,
    9.8, 104.5, 10.4, 105.1, 10.95, 105.9, 11.1, 106.0, 11.7, 106.5, 11.7, 107.5, 12.4, 107.5, 14.4,
    107.3, 15.6, 106.6, 16.5, 105.7, 17.7, 105.1, 18.5, 104.0, 19.4, 104.9, 20.0, 104.0, 20.7,
    103.2, 20.8, 102.3, 21.9, 102.2, 22.4
  };

  /** Higher is worse. */
  static final Scale SMOKE =
      Scale.of(
          "SMOKE",
          List.of(
              new Scale.Level(0, 50, new Words("Tốt", "Good"), "#00E400"),
              new Scale.Level(51, 100, new Words("Trung bình", "Moderate"), "#FFFF00"),
              new Scale.Level(101, 150, new Words("Kém", "Poor"), "#FF7E00"),
              new Scale.Level(151, 200, new Words("Xấu", "Bad"), "#FF0000"),
              new Scale.Level(201, 300, new Words("Rất xấu", "Very bad"), "#8F3F97"),
              new Scale.Level(301, 500, new Words("Nguy hại", "Hazardous"), "#7E0023")));

  /** Lower is worse. */
  static final Scale CLARITY =
      Scale.of(
          "CLARITY",
          List.of(
              new Scale.Level(91, 100, new Words("Rất tốt", "Very good"), "#3333FF"),
              new Scale.Level(51, 90, new Words("Tốt", "Good"), "#00E400"),
              new Scale.Level(10, 50, new Words("Xấu", "Bad"), "#FF0000"),
              new Scale.Level(0, 9, new Words("Rất xấu", "Very bad"), "#7E0023")));

  private SampleNation() {}

  static ReportData report() {
    return report(voronoi(), Boundary.GENERATED);
  }

  static ReportData report(Map<String, String> outlines, Boundary boundary) {
    Random lot = new Random(34);
    List<Province> provinces = new ArrayList<>();
    List<ProvinceValue> smoke = new ArrayList<>();
    List<ProvinceValue> clarity = new ArrayList<>();
    List<Place> stations = new ArrayList<>();
    List<Place> points = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    List<Publisher> publishers = new ArrayList<>();
    for (String[] p : PROVINCES) {
      String code = p[0];
      boolean silent = code.equals("96") || code.equals("11");
      double north = (Double.parseDouble(p[4]) - 8) / 15;
      int worst = (int) Math.min(330, 22 + 150 * north * lot.nextDouble() + 40 * lot.nextDouble());
      if (code.equals("01")) {
        worst = 212;
      }
      if (!silent) {
        String station = "Trạm " + p[1] + " 1";
        smoke.add(
            new ProvinceValue(
                code, worst, Html.text(worst % 5 == 0 ? "O3" : "PM2.5"), Words.same(station)));
        stations.add(
            new Place(code, station, Words.same(code + "KK001"), worst, Html.text("PM2.5 12,3")));
      }
      int value = (int) Math.max(8, 97 - 75 * lot.nextDouble());
      if (lot.nextInt(6) != 0) {
        Html sampledOn = Figures.date(DAY.minusDays(lot.nextInt(60))).html();
        String point = code + "NM-02";
        clarity.add(new ProvinceValue(code, value, sampledOn, Words.same(point)));
        points.add(new Place(code, point, Words.same(p[3] + "° Đ"), value, sampledOn));
      }
      provinces.add(
          new Province(
              code,
              new Words(p[1], p[2]),
              Region.of(code),
              Double.parseDouble(p[3]),
              Double.parseDouble(p[4]),
              outlines.get(code),
              outlines.containsKey(code) ? boundary : null));
      if (!silent) {
        series.add(new Series(code, hours(lot, worst)));
      }
      long received = silent ? 0 : 24_000 + lot.nextInt(12_000);
      long quarantined = silent ? 0 : lot.nextInt(400);
      long duplicate = silent ? 0 : lot.nextInt(60);
      LocalDate last = silent ? (code.equals("96") ? DAY.minusDays(2) : null) : DAY;
      publishers.add(
          new Publisher(
              "snnmt-" + code,
              new Words(
                  "Sở Nông nghiệp và Môi trường " + p[1],
                  "Department of Agriculture and Environment of " + p[2]),
              code,
              List.of(
                  new FeedState(
                      "observation",
                      new Words("Quan trắc tự động", "Automatic monitoring"),
                      !silent,
                      last,
                      silent ? 2 : 0),
                  new FeedState(
                      "station",
                      new Words("Danh mục trạm", "Stations"),
                      !silent && code.compareTo("30") < 0,
                      DAY.minusDays(20),
                      0),
                  new FeedState(
                      "sample",
                      new Words("Mẫu nước mặt", "Water samples"),
                      !silent,
                      DAY.minusDays(3),
                      0)),
              silent ? 0 : 3,
              received,
              received - quarantined - duplicate,
              quarantined,
              duplicate,
              0));
    }
    publishers.add(
        new Publisher(
            "cuc-ddbd",
            new Words(
                "Cục Đo đạc, Bản đồ và Thông tin địa lý Việt Nam",
                "Department of Survey, Mapping and Geographic Information"),
            null,
            List.of(new FeedState("province", new Words("Địa giới", "Boundaries"), true, DAY, 0)),
            2,
            3355,
            3355,
            0,
            0,
            0));
    stations.sort(Comparator.comparingInt(Place::value).reversed());
    points.sort(Comparator.comparingInt(Place::value));
    long accepted = publishers.stream().mapToLong(Publisher::accepted).sum();
    long received = publishers.stream().mapToLong(Publisher::received).sum();
    return new ReportData(
        new Release(
            "2026-11-22-2",
            "2026-11-22-2",
            DAY,
            Instant.parse("2026-11-22T19:12:31Z"),
            "2026-11-21-1",
            DAY.minusDays(1)),
        new Lead(List.of(reporting(118, 124)), accepted, received, 32, 34, 27, 236),
        new Lead(List.of(reporting(116, 122)), accepted + 12_345, received + 1000, 34, 34, 27, 230),
        provinces,
        List.of(smoke(smoke, stations, series), clarity(clarity, points)),
        publishers,
        List.of(
            new RuleCount(
                "OBS-02",
                new Words(
                    "Giá trị nằm ngoài khoảng vật lý có thể",
                    "Value outside the physically possible range"),
                true,
                2314,
                17),
            new RuleCount(
                "REC-14",
                new Words(
                    "Ký hiệu thông số không có trong danh mục của trạm",
                    "Symbol not known for the station"),
                true,
                1290,
                9),
            new RuleCount("REC-11", new Words("Không phải là số", "Not a number"), true, 811, 21),
            new RuleCount(
                "OBS-03",
                new Words(
                    "Giá trị đáng ngờ, cần kiểm tra thiết bị",
                    "Suspicious value, check the device"),
                false,
                640,
                30),
            new RuleCount(
                "REC-04",
                new Words(
                    "Tệp bị cắt ngang, dòng cuối không trọn", "File cut off, last line incomplete"),
                true,
                12,
                4)),
        List.of(
            new Audit(
                "AUD-01",
                true,
                true,
                0.0,
                0.0,
                new Words(
                    "Số bản ghi nhận được bằng tổng các kết quả",
                    "Rows received equal the sum of outcomes")),
            new Audit(
                "AUD-04",
                false,
                false,
                0.91,
                0.95,
                new Words(
                    "Ít nhất 95 % trạm có số liệu trong ngày",
                    "At least 95% of stations report on the day"))),
        new Method(
            List.of(
                new Policy(
                    new Words("Số phút tối thiểu của một giờ", "Minutes needed for an hour"),
                    new Words("75 %", "75%"),
                    new Words(
                        "quy ước của hệ thống; quyết định không nêu",
                        "house rule; the decision names none")),
                new Policy(
                    new Words(
                        "Trọng số nhóm vi sinh trong VN_WQI", "Weighting of microbes in VN_WQI"),
                    new Words("không trọng số", "unweighted"),
                    new Words("QĐ 1460/QĐ-TCMT", "Decision 1460/QĐ-TCMT"))),
            List.of(
                new FigureSql(
                    new Words("Khói theo tỉnh, thành", "Smoke by province"),
                    "SELECT province_code, max(aqi) AS worst\nFROM national.air_quality_daily VERSION AS OF 8120034\nWHERE local_date = DATE '2026-11-22' AND aqi > 0\nGROUP BY province_code")),
            List.of(
                new PinnedTable("national.air_quality_daily", 5713849026611320481L, 4120, "1.0.0"),
                new PinnedTable("monitoring.observation", 812003499172L, 2_412_345, "1.0.0"))));
  }

  private static LeadFigure reporting(long reporting, long total) {
    return new LeadFigure(
        new Words("Trạm có số liệu", "Stations reporting"),
        reporting,
        new Words(" / " + total + " trạm", " / " + total + " stations"));
  }

  /** A section with everything. */
  static SectionContent smoke(
      List<ProvinceValue> values, List<Place> stations, List<Series> series) {
    return new SectionContent(
        "smoke",
        new Words("khói xấu nhất tại Hà Nội (212)", "smoke was worst in Hanoi (212)"),
        new OutOfRange(20, 112, new Words("khói trên 100", "smoke above 100")),
        new Layer(
            SMOKE,
            new Words("Khói", "Smoke"),
            new Words("Khói ngày", "Daily smoke"),
            new Words("Màu và chữ cái: trạm cao nhất.", "Colour and letter: highest station."),
            new Words("Khói, từ nhiều nhất", "Smoke, most first"),
            new Words("Chất quyết định", "Driver"),
            500,
            values),
        new PlaceList(
            SMOKE,
            new Words("Trạm nhiều khói nhất", "Stations with most smoke"),
            new Words("Trạm", "Station"),
            new Words("Chất quyết định", "Driver"),
            stations),
        new Trend(
            new Words("Diễn biến khói", "Hourly smoke"),
            new Words("72 giờ", "72 hours"),
            SMOKE,
            100,
            500,
            DAY.minusDays(2).atTime(1, 0).atZone(Figures.VIETNAM).toInstant(),
            72,
            series),
        List.of(
            new Completeness(new Words("Trạm có số liệu", "Stations reporting"), 118, 124),
            new Completeness(new Words("Giờ trạm có khói", "Station hours"), 2701, 2976)),
        List.of(new Reason(new Words("Khói: không đo", "Smoke: not measured"), 61)),
        List.of(new Note(Words.same("SMOKE"), new Words("Trạm lớn nhất.", "Highest station."))),
        List.of(
            new Source(new Words("Quyết định A", "Decision A"), new Words("các mức", "levels"))),
        List.of(),
        List.of(
            new Words(
                "Đêm nay làm thay đổi 1 ngày trước: 12/03/2026",
                "Tonight changed 1 earlier day: 2026-03-12")));
  }

  /** A section with a map and nothing by the hour; it follows the same decision. */
  static SectionContent clarity(List<ProvinceValue> values, List<Place> points) {
    return new SectionContent(
        "clarity",
        new Words("nước trong ở mọi nơi", "water was clear everywhere"),
        new OutOfRange(7, 124, new Words("độ trong từ 50 trở xuống", "clarity of 50 or less")),
        new Layer(
            CLARITY,
            new Words("Độ trong", "Clarity"),
            new Words("Độ trong", "Clarity"),
            new Words("Màu và chữ cái: mẫu mới nhất.", "Colour and letter: latest sample."),
            new Words("Độ trong, từ kém nhất", "Clarity, worst first"),
            new Words("Ngày lấy mẫu", "Sampled on"),
            100,
            values),
        new PlaceList(
            CLARITY,
            new Words("Điểm kém nhất", "Worst points"),
            new Words("Điểm lấy mẫu", "Sampling point"),
            new Words("Ngày lấy mẫu", "Sampled on"),
            points),
        null,
        List.of(new Completeness(new Words("Điểm có chỉ số", "Points with an index"), 160, 192)),
        List.of(new Reason(new Words("Độ trong: thiếu", "Clarity: too few"), 32)),
        List.of(),
        List.of(
            new Source(new Words("Quyết định A", "Decision A"), new Words("các mức", "levels"))),
        List.of(),
        List.of());
  }

  private static List<Integer> hours(Random lot, int worst) {
    List<Integer> values = new ArrayList<>();
    double level = worst * 0.7;
    int gap = lot.nextInt(3) == 0 ? 20 + lot.nextInt(40) : -1;
    for (int hour = 0; hour < 72; hour++) {
      double day = 1 + 0.25 * Math.sin((hour % 24 - 2) / 24.0 * 2 * Math.PI);
      level += lot.nextGaussian() * worst * 0.03 + (worst * 0.75 - level) * 0.06;
      boolean missing = gap >= 0 && hour >= gap && hour < gap + 7;
      values.add(missing ? null : (int) Math.max(5, Math.min(480, level * day)));
    }
    return values;
  }

  /** Cells around the centres, cut by the coarse outline. */
  static Map<String, String> voronoi() {
    GeometryFactory factory = new GeometryFactory();
    Coordinate[] ring = new Coordinate[MAINLAND.length / 2];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Coordinate(MAINLAND[2 * i], MAINLAND[2 * i + 1]);
    }
    Geometry land = factory.createPolygon(ring);
    VoronoiDiagramBuilder builder = new VoronoiDiagramBuilder();
    List<Coordinate> centres =
        PROVINCES.stream()
            .map(p -> new Coordinate(Double.parseDouble(p[3]), Double.parseDouble(p[4])))
            .toList();
    builder.setSites(centres);
    Geometry cells = builder.getDiagram(factory);
    TreeMap<String, Geometry> boundaries = new TreeMap<>();
    for (int i = 0; i < cells.getNumGeometries(); i++) {
      Geometry cell = cells.getGeometryN(i);
      Coordinate centre = (Coordinate) cell.getUserData();
      boundaries.put(PROVINCES.get(centres.indexOf(centre))[0], cell.intersection(land));
    }
    return Outlines.simplify(boundaries);
  }
}
