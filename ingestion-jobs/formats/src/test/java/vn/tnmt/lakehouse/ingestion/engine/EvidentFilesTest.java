package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** Feeds that leave encoding, numbers, dates and names to the data. */
class EvidentFilesTest {
  private static final Charset CP1252 = Charset.forName("windows-1252");

  @TempDir Path folder;

  private Feed feed(String yaml) throws IOException {
    Files.writeString(
        folder.resolve("feed.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
        feeds:
          - id: f
            transport: {type: directory, root: x, pattern: "{name}.csv"}
        """
            + yaml.indent(4));
    List<Feed> feeds = Feeds.load(folder, Map.of());
    assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    return feeds.get(0);
  }

  private Feed samples() throws IOException {
    return feed(
        """
        dataset: water.sample
        format: {type: csv, delimiter: ";"}
        conventions: {decimal: auto, dates: [auto], encoding: auto, missing: ["-", "/", "KXĐ", "-9999", "*"]}
        melt: {columns: {pH: pH, As: As, Coliform: Coliform}}
        mapping: {sample_point: ma, sampled_on: ngay, lon: x, lat: y}
        """);
  }

  private static List<Judged> read(Feed feed, String content) {
    return judge(feed, "a.csv", content.getBytes(StandardCharsets.UTF_8));
  }

  /** A spreadsheet program that took UTF-8 for Windows-1252 saves it as UTF-8 with a mark. */
  @Test
  void aByteOrderMarkDoesNotHideTextThatWasEncodedTwice() throws IOException {
    String twice = new String("Hồ Tây".getBytes(StandardCharsets.UTF_8), CP1252);
    List<Judged> judged =
        read(
            samples(),
            "\uFEFFma;ngay;x;y;pH;As;Coliform\n" + twice + ";31/3/2025;105,8;21,0;7,1;;\n");
    assertThat(judged.get(0).value("sample_point")).isEqualTo("Hồ Tây");
  }

  @Test
  void numbersAndDatesByTheirColumns() throws IOException {
    List<Judged> judged =
        read(
            samples(),
            """
            ma;ngay;x;y;pH;As;Coliform
            A;3/4/2025;105,8;21,0;7,12;<0,01;2.400
            B;31/3/2025;105.812;21,123;7.123;0,005;1.300
            """);
    assertThat(told(judged))
        .containsExactly(
            "2.0 REC-22",
            "2.1 ok",
            "2.2 REC-42 blocked",
            "3.0 REC-22 REC-22",
            "3.1 REC-22",
            "3.2 REC-22 REC-42 blocked");
    assertThat(judged.get(0).value("sampled_on")).isEqualTo(LocalDate.of(2025, 4, 3));
    assertThat(judged.get(0).value("lon")).isEqualTo(105.8);
    // 105.812 and 7.123 are decided by what is possible, with a note; 21,123 by its column.
    assertThat(judged.get(3).value("lon")).isEqualTo(105.812);
    assertThat(judged.get(3).value("lat")).isEqualTo(21.123);
    assertThat(judged.get(3).value("value")).isEqualTo(7.123);
    assertThat(judged.get(1).value("value")).isEqualTo(0.01);
    Breach twoWays = judged.get(2).verdict().breaches().get(0);
    assertThat(twoWays.column()).isEqualTo("value");
    assertThat(twoWays.value()).isEqualTo("2.400");
    assertThat(twoWays.expected()).isEqualTo("2.400 | 2400");
  }

  @Test
  void aDateThatCanBeTwoDaysIsTold() throws IOException {
    List<Judged> judged = read(samples(), "ma;ngay;x;y;pH\nA;3/4/2025;105,8;21,0;7,1\n");
    assertThat(told(judged)).containsExactly("2.0 REC-22 REC-43 blocked");
    assertThat(judged.get(0).verdict().breaches().get(1).expected())
        .isEqualTo("2025-04-03 | 2025-03-04");
  }

  @Test
  void missingValuesKeepTheirReason() throws IOException {
    List<Judged> judged =
        read(
            samples(),
            """
            ma;ngay;x;y;pH;As;Coliform
            A;31/3/2025;105,8;21,0;-;KPH;<1,8
            B;31/3/2025;105,8;21,0;KXĐ;KPH (<0,005);-9999
            C;31/3/2025;105,8;21,0;*;kph (LOD=0,002);/
            D;31/3/2025;105,8;21,0;n/a;KPH5x;
            """);
    assertThat(
            judged.stream()
                .map(
                    one ->
                        one.value("qualifier")
                            + " "
                            + one.value("value")
                            + " "
                            + one.value("missing_reason")))
        .containsExactly(
            "- null not_measured",
            "KPH null below_detection",
            "< 1.8 null",
            "- null not_determined",
            "< 0.005 null",
            "- null no_data",
            "- null not_stated",
            "< 0.002 null",
            "- null not_measured",
            "null null null",
            "null null null");
    assertThat(told(judged).subList(1, 9)).allMatch(told -> told.endsWith(" ok"));
    assertThat(told(judged).subList(9, 11))
        .containsExactly("5.0 REC-11 blocked", "5.1 REC-11 blocked");
  }

  @Test
  void aBlankResultOfALongFileIsAcceptedWithAWarning() throws IOException {
    Feed feed =
        feed(
            """
            dataset: water.sample
            format: {type: csv}
            conventions: {dates: [excel, ngay-thang-nam]}
            measure: {symbol: ts, value: gt, unit: dv}
            mapping: {sample_point: ma, sampled_on: ngay, lon: x, lat: y}
            """);
    List<Judged> judged =
        read(
            feed,
            """
            ma,ngay,x,y,ts,gt,dv
            A,45747,105.8,21.0,pH,,
            A,ngày 31 tháng 3 năm 2025,105.8,21.0,As,0.01,bbl
            A,45747.0,105.8,21.0,As,KPH,mg/L
            """);
    assertThat(told(judged)).containsExactly("2.0 WAT-11", "3.0 REC-15 blocked", "4.0 ok");
    assertThat(judged.get(0).value("missing_reason")).isEqualTo("blank");
    assertThat(judged.get(1).value("sampled_on")).isEqualTo(LocalDate.of(2025, 3, 31));
    assertThat(judged.get(0).value("sampled_on")).isEqualTo(LocalDate.of(2025, 3, 31));
  }

  private Feed stations(String lookup) throws IOException {
    return feed(
        """
        dataset: monitoring.station
        format: {type: csv}
        conventions: {dates: [d/M/yyyy], encoding: TCVN3}
        mapping:
          station_code: ma
          name: {from: ten, encoding: auto}
          province_code: {from: tinh, lookup: %s}
          station_type: {const: ambient_air}
          lon: x
          lat: y
          active_from: ngay
        """
            .formatted(lookup));
  }

  private static List<Judged> stations(Feed feed, String... rows) {
    String file = "ma,ten,tinh,x,y,ngay\n" + String.join("\n", rows) + "\n";
    return judge(feed, "a.csv", file.getBytes(CP1252));
  }

  @Test
  void namesOfProvincesBecomeCodes() throws IOException {
    List<Judged> judged =
        stations(
            stations("{list: provinces, by: name, validAt: active_from}"),
            "S1,Tr¹m quan tr¾c,TØnh Phó Thä,105.8,21.0,1/8/2025",
            "S2,Tr¹m n\u00ADíc,TP. Hå ChÝ Minh,105.8,21.0,30/6/2025",
            "S3,Tr¹m,B¾c K¹n,105.8,21.0,1/8/2025",
            "S4,Tr¹m,Phó Thî,105.8,21.0,1/8/2025",
            "S5,Tr¹m,Phó Thä,105.8,21.0,",
            "S6,Tr¹m,Phó Thä,105.8,21.0,x",
            "S7,Tr¹m,,105.8,21.0,1/8/2025");
    assertThat(judged.get(0).value("province_code")).isEqualTo("25");
    assertThat(judged.get(0).value("name")).isEqualTo("Trạm quan trắc");
    assertThat(judged.get(1).value("province_code")).isEqualTo("79");
    assertThat(told(judged))
        .containsExactly(
            "2.0 REC-22",
            "3.0 ok",
            "4.0 REC-44 blocked",
            "5.0 REC-44 blocked",
            "6.0 REC-44 blocked",
            "7.0 REC-12 REC-44 blocked",
            "8.0 REC-10 blocked");
    assertThat(judged.get(2).verdict().breaches().get(0).expected())
        .isEqualTo("2025-08-01: 19 Tỉnh Thái Nguyên");
    assertThat(judged.get(3).verdict().breaches().get(0).expected()).contains("25 Tỉnh Phú Thọ");
  }

  @Test
  void theNameOfAFormerProvinceMayStandForItsSuccessor() throws IOException {
    List<Judged> judged =
        stations(
            stations("{list: provinces, former: true}"), "S3,Tr¹m n\u00ADíc,B¾c K¹n,105.8,21.0,");
    assertThat(told(judged)).containsExactly("2.0 REC-22 REC-46");
    assertThat(judged.get(0).value("province_code")).isEqualTo("19");
  }

  @Test
  void namesOfCommunesAreLookedForInTheirProvince() throws IOException {
    Feed feed =
        feed(
            """
            dataset: admin.unit
            format: {type: csv}
            conventions: {dates: [auto]}
            mapping:
              code: {from: xa, lookup: {list: communes, within: province_code, validAt: valid_from}}
              level: {const: commune}
              name: xa
              province_code: {from: tinh, lookup: {list: provinces, validAt: valid_from}}
              valid_from: tu
            """);
    List<Judged> judged =
        read(
            feed,
            """
            xa,tinh,tu
            P. Ba Đình,TP Hà Nội,2025-07-01
            X. Tân Minh,Hà Nội,30/6/2025
            Ba Đìn,Hà Nội,1.7.2025
            Ba Đình,Hà Nộii,1.7.2025
            """);
    assertThat(judged.get(0).value("code")).isEqualTo("00004");
    assertThat(judged.get(1).verdict().breaches())
        .filteredOn(breach -> breach.rule().equals("REC-45"))
        .singleElement()
        .extracting(Breach::expected)
        .isEqualTo("00406 Xã Tân Minh, Huyện Sóc Sơn | 10240 Xã Tân Minh, Huyện Thường Tín");
    assertThat(judged.get(2).codes()).containsExactly("REC-44");
    assertThat(judged.get(2).verdict().breaches().get(0).expected())
        .contains("00004 Phường Ba Đình");
    assertThat(judged.get(3).codes()).as("told once, of the province").containsExactly("REC-44");
  }

  @Test
  void whatAFeedMayNotSayIsToldWhereItStands() throws IOException {
    Path file = folder.resolve("feed.yaml");
    String good =
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
        feeds:
          - id: f
            transport: {type: directory, root: x, pattern: "{name}.csv"}
            dataset: admin.unit
            format: {type: csv}
            conventions: {encoding: auto}
            mapping:
              code: {from: xa, lookup: {list: communes}}
              level: {const: commune}
              name: {from: xa, encoding: TCVN3}
              province_code: {from: tinh, lookup: {list: provinces, validAt: nam}}
              valid_from: tu
        """;
    Files.writeString(file, good);
    assertThat(FeedCheck.check(Feeds.load(folder, Map.of()), Contracts.bundled()))
        .extracting(problem -> problem.place().line() + " " + problem.what())
        .containsExactly(
            "11 xã cần tỉnh, tỉnh thì không / communes need 'within', provinces have none",
            "14 cột chưa được ánh xạ / column 'nam' is not mapped");
    for (String bad :
        List.of(
            good.replace("encoding: auto", "encoding: TCVN4"),
            good.replace("encoding: TCVN3", "encoding: latin1"),
            good.replace("list: communes", "list: wards"),
            good.replace("validAt", "at"),
            good.replace("encoding: auto", "decimal: maybe"),
            good.replace("encoding: auto", "dates: [exel]"))) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> Feeds.load(folder, Map.of())).hasMessageContaining("feed.yaml:");
    }
  }
}
