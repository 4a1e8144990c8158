package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** What the engine does when it, or the feed, is at fault. */
class RowEngineFaultTest {
  private static final String AIR_FILE = "01KK001/2026/01/01/HN_A_01KK001_20260101120000.txt";

  @Test
  void aFaultOfOurOwnCostsOneRecordThatIsKept() {
    Feed feed = EngineTesting.feed("snnmt-ha_noi/observation");
    Contract contract = Contracts.bundled().contract(feed.dataset());
    RowEngine engine = RowEngine.compile(feed, contract, CodeLists.bundled());
    Map<String, String> cells =
        Map.of("symbol", "pH", "value", "7", "time", "20260101120000", "status", "00");
    RawRecord record = new RawRecord(3, 0, cells, "", List.of());
    SourceFile file = new SourceFile(AIR_FILE, 10, true);

    // Without a context the rule about the future cannot be decided: a fault of the caller.
    Verdict verdict = engine.apply(record, file, null);
    assertThat(verdict.blocked()).isTrue();
    assertThat(verdict.breaches()).extracting("rule").containsExactly("REC-99");
    assertThat(verdict.breaches().get(0).value()).matches("[0-9a-f]{8}");
    assertThat(verdict.row()).hasSize(contract.columns().size()).containsOnlyNulls();

    assertThat(engine.apply(record, file, EngineTesting.NIGHT).blocked())
        .as("the record after it is judged as ever")
        .isFalse();
  }

  @Test
  void aFeedThatContradictsItsContractDoesNotCompile() {
    Feed feed = EngineTesting.feed("snnmt-ha_noi/observation");
    Contract other = Contracts.bundled().contract("water.sample");
    assertThatThrownBy(() -> RowEngine.compile(feed, other, CodeLists.bundled()))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-2006")
        .hasMessageContaining("station_code")
        .hasMessageContaining("provinces.yaml:");
  }

  static Stream<Arguments> seeds() {
    return Stream.of(
        Arguments.of(
            "snnmt-ha_noi/observation",
            AIR_FILE,
            "pH\t7,33\t-\t20260101120000\t00\r\nCO 0.07 mg/m3 20260101120000 01\n"),
        Arguments.of(
            "snnmt-ha_noi/water-sample",
            "mau_nuoc_mat_20260101.csv",
            "ma_diem,kinh_do,vi_do,ngay_lay_mau,pH,As\nD1,105.8,21,29/2/2016,7.1,<0.01\n"),
        Arguments.of(
            "cuc-ddbd/province",
            "tinh_20260101.geojson",
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"01\","
                + "\"name\":\"Huế\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                + "[[[105,20],[107,20],[107,21],[105.5,21.5],[105,20]]]}}]}"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noContentIsAFault(String feed, String path, String seed) {
    Random random = new Random(20260102);
    byte[] good = seed.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 300; round++) {
      byte[] content = Arrays.copyOf(good, good.length);
      for (int i = random.nextInt(6); i > 0; i--) {
        content[random.nextInt(content.length)] =
            (byte) "0123456789.,-<eE/\t\n\"[]{}:x ".charAt(random.nextInt(27));
      }
      List<Judged> judged = EngineTesting.judge(EngineTesting.feed(feed), path, content);
      assertThat(judged).isNotEmpty();
      assertThat(judged)
          .allSatisfy(
              one ->
                  assertThat(one.codes())
                      .as(new String(content, StandardCharsets.UTF_8))
                      .doesNotContain("REC-99"));
    }
  }
}
