package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.Problem;
import vn.tnmt.lakehouse.ingestion.reader.feed.Readers;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** A format is added by a package and a line in a services file: the test tree adds one. */
class ToyFormatTest {
  private static Feed feed(String format) {
    String yaml =
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: p, nameVi: P, nameEn: P}
        feeds:
          - id: station
            dataset: monitoring.station
            transport: {type: directory, root: x, pattern: "{name}.txt"}
            format: %s
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: ambient_air}
              lon: x
              lat: y
        """
            .formatted(format);
    return Feeds.of(Map.of("toy.yaml", yaml), Map.of(), CodeLists.bundled()).get(0);
  }

  @Test
  void aFormatOfTheTestTreeIsReadAndJudged() {
    Feed feed = feed("{type: toy, separator: ';'}");
    assertThat(FeedCheck.check(List.of(feed), Contracts.bundled())).isEmpty();
    List<Judged> judged =
        EngineTesting.judge(
            feed,
            "a.txt",
            "ma=01KK001;ten=Trạm Hồ Tây;x=105.82;y=21.05\nma=01KK002;ten=;x=105;y=21\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(EngineTesting.told(judged)).containsExactly("1.0 ok", "2.0 REC-10 blocked");
    assertThat(judged.get(0).value("name")).isEqualTo("Trạm Hồ Tây");
    assertThat(judged.get(0).value("lon")).isEqualTo(105.82);
    assertThat(Readers.cutter(feed)).isEmpty();
    assertThat(Readers.cutBy(feed)).isEmpty();
  }

  @Test
  void itMayComePackedAsAnyOther() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("ma=01KK001|ten=A|x=105.82|y=21.05\n".getBytes(StandardCharsets.UTF_8));
    }
    List<Judged> judged =
        EngineTesting.judge(feed("{type: toy, archive: gz}"), "a.txt", packed.toByteArray());
    assertThat(EngineTesting.told(judged)).containsExactly("1.0 ok");
  }

  @Test
  void whatItDoesNotDeclareIsRefused() {
    String yaml = "{type: toy}\n    melt: {columns: {x: pH}}";
    assertThat(FeedCheck.check(List.of(feed(yaml)), Contracts.bundled()))
        .extracting(Problem::what)
        .anySatisfy(
            what ->
                assertThat(what)
                    .contains("only tables can be melted: csv, ")
                    .doesNotContain("toy"));
  }

  @Test
  void aFormatThatNobodyRegisteredIsToldWithItsPlace() {
    assertThatThrownBy(() -> feed("{type: station-txt}"))
        .isInstanceOfSatisfying(
            TnmtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FEED_INVALID))
        .hasMessageContaining("toy.yaml:8")
        .hasMessageContaining("format.type")
        .hasMessageContaining("'station-txt'")
        .hasMessageContaining("station-text");
  }
}
