package vn.tnmt.lakehouse.orchestration.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.orchestration.demo.Expectations.Counts;

@Tag("slow")
class DemoNationTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 14);
  private static final DemoNation NATION = DemoNation.of(7, FIRST);
  private static final Expectations EXPECTED = NATION.expectations();
  private static final int FULL_DAY = 288;
  private static final int AIR_LINES = 8;

  @TempDir Path exports;

  @Test
  void theSameSeedGivesTheSameBytesOnDiskAsInMemory() throws IOException {
    DemoNation again = DemoNation.of(7, FIRST);
    again.writeNight(exports, 1);
    again.writeNight(exports, 2);

    Map<String, DemoFile> files = new TreeMap<>();
    Stream.concat(NATION.files(1), NATION.files(2)).forEach(f -> files.put(f.path(), f));
    try (Stream<Path> walk = Files.walk(exports)) {
      assertThat(walk.filter(Files::isRegularFile).map(p -> exports.relativize(p).toString()))
          .containsExactlyInAnyOrderElementsOf(files.keySet());
    }
    for (DemoFile file : files.values()) {
      Path written = exports.resolve(file.path());
      assertThat(Arrays.equals(Files.readAllBytes(written), file.content()))
          .as(file.path())
          .isTrue();
      assertThat(Files.getLastModifiedTime(written).toInstant()).isEqualTo(file.modified());
    }
  }

  @Test
  void anotherSeedMeasuresOtherValues() {
    assertThat(text(DemoNation.of(8, FIRST), "ha_noi/mau-nuoc/mau_nuoc_mat_20260114.csv"))
        .isNotEqualTo(text(NATION, "ha_noi/mau-nuoc/mau_nuoc_mat_20260114.csv"));
  }

  @Test
  void aFileIsNamedAndWrittenAsTheCircularSays() {
    List<String> lines =
        text(NATION, "ha_noi/quan-trac/01KK001/2026/01/14/HN_TTQT_01KK001_20260114081500.txt")
            .lines()
            .toList();
    assertThat(lines).hasSize(AIR_LINES);
    assertThat(lines.get(0)).matches("PM2,5\t\\d+\\.\\d\\d\tug/Nm3\t20260114081500\t00");
    assertThat(lines.get(4)).matches("CO\t\\d\\.\\d{3}\tmg/m3\t20260114081500\t00");
    assertThat(
            text(NATION, "ha_noi/quan-trac/01NM001/2026/01/14/HN_TTQT_01NM001_20260114081500.txt"))
        .startsWith("pH\t")
        .contains("\t\t20260114081500\t00\r\n");
  }

  @Test
  void theLastValueOfADayIsOfItsNight() {
    assertThat(NATION.files(1).map(DemoFile::path))
        .contains("ha_noi/quan-trac/01KK001/2026/01/15/HN_TTQT_01KK001_20260115000000.txt");
    assertThat(NATION.files(2).map(DemoFile::path))
        .doesNotContain("ha_noi/quan-trac/01KK001/2026/01/15/HN_TTQT_01KK001_20260115000000.txt");
  }

  @Test
  void aNightIsAboutThirteenThousandFiles() {
    for (int night : new int[] {1, 2}) {
      List<String> paths = NATION.files(night).map(DemoFile::path).toList();
      assertThat(paths).doesNotHaveDuplicates().hasSizeBetween(12_500, 14_000);
    }
  }

  /** Counted from the bytes: each line of a readable text file is one record. */
  @Test
  void everyLineHasAFate() {
    Set<String> wholeFile = Set.of("REC-01", "REC-02", "REC-03", "REC-07");
    Stream.concat(NATION.files(1), NATION.files(2))
        .filter(f -> f.feed().equals(StationFile.FEED) && f.isNew())
        .filter(f -> f.fates().get(0).rules().stream().noneMatch(wholeFile::contains))
        .forEach(
            f ->
                assertThat(f.fates())
                    .as(f.path())
                    .hasSize((int) new String(f.content(), UTF_8).lines().count()));
  }

  @Test
  void flawsOfEveryKindArePlanted() {
    Set<String> rules = new TreeSet<>();
    EXPECTED.deliveries().values().forEach(c -> rules.addAll(c.blockedBy().keySet()));
    assertThat(rules)
        .contains(
            "REC-01", "REC-02", "REC-03", "REC-04", "REC-05", "REC-07", "REC-10", "REC-11",
            "REC-12", "REC-14", "REC-15", "REC-19", "REC-20", "REC-21")
        .contains("OBS-01", "OBS-02", "OBS-04", "STA-01", "STA-02", "STA-04")
        .contains("WAT-01", "WAT-02", "WAT-03", "WAT-04");
  }

  @Test
  void theLedgerOfTruthIsWhatOneCountsByHand() {
    // same file twice: a full day but for what was lost in the afternoon, and one file more
    Counts twice = observation("ninh_binh", 1);
    assertThat(twice.duplicate()).isEqualTo(AIR_LINES);
    assertThat(twice.received()).isEqualTo(twice.files() * AIR_LINES);

    // corrected in the same night: two parameters of one point in time
    Counts corrected = observation("thanh_hoa", 1);
    assertThat(corrected.superseded()).isEqualTo(2);
    assertThat(corrected.duplicate()).isEqualTo(AIR_LINES - 2);

    // six files of a station without a register entry
    assertThat(observation("quang_ninh", 1).blockedBy()).containsOnly(Map.entry("REC-21", 48L));

    // 24 files corrected after the fact
    Counts replaced = observation("ho_chi_minh", 2);
    assertThat(replaced.replaced()).isEqualTo(24 * 2);
    assertThat(replaced.duplicate()).isEqualTo(24 * (AIR_LINES - 2));

    // a whole day again under other names
    assertThat(observation("tay_ninh", 2).duplicate())
        .isEqualTo(observation("tay_ninh", 1).accepted());

    // off line from 14:05: what was missing comes a day later
    assertThat(observation("khanh_hoa", 1).files()).isLessThanOrEqualTo(14 * 12);
    assertThat(observation("khanh_hoa", 2).files()).isGreaterThan(FULL_DAY + 100);

    // four points, 12 values each, one of them without E. coli, plus one corrected row
    Counts laboratory =
        EXPECTED.deliveries().get(new Expectations.Key("snnmt-ha_noi", "water-sample", 2));
    assertThat(laboratory.accepted()).isEqualTo(4 * 12 - 1 + 1);
    assertThat(laboratory.replaced()).isEqualTo(1);
    assertThat(laboratory.duplicate()).isEqualTo(11);

    assertThat(
            EXPECTED.deliveries().get(new Expectations.Key("cuc-ddbd", "province", 1)).accepted())
        .isEqualTo(34);
    assertThat(EXPECTED.deliveries().get(new Expectations.Key("cuc-ddbd", "commune", 1)).accepted())
        .isEqualTo(3321);
  }

  @Test
  void filesSentAgainUnchangedAreNothingNew() {
    assertThat(NATION.files(2).filter(f -> f.publisher().equals("snnmt-dong_thap") && !f.isNew()))
        .hasSizeGreaterThan(280);
    assertThat(observation("dong_thap", 2).duplicate()).isZero();
  }

  @Test
  void aProvinceIsSilentInTheSecondNight() {
    assertThat(NATION.files(2).map(DemoFile::publisher)).doesNotContain("snnmt-ca_mau");
    assertThat(EXPECTED.deliveries().keySet().stream().filter(k -> k.night() == 2))
        .extracting(Expectations.Key::publisher)
        .doesNotContain("snnmt-ca_mau");
  }

  @Test
  void timeStampsFollowTheMeasurement() {
    Instant end = NATION.date(2).plusDays(1).atTime(0, 30).atZone(StationFile.ZONE).toInstant();
    assertThat(NATION.files(2).filter(f -> !f.path().contains("/2099/")).map(DemoFile::modified))
        .allMatch(end::isAfter);
  }

  @Test
  void finePartIsPartOfDustAndNumbersAreRounded() {
    for (Station station : NATION.stations()) {
      if (station.kind() == Station.Kind.AIR) {
        List<Curves.Series> curves = Curves.of(7, station, FIRST);
        for (int step = 0; step < Curves.STEPS; step++) {
          assertThat(curves.get(0).values()[step]).isLessThan(curves.get(1).values()[step]);
        }
      }
    }
    assertThat(Curves.text(-12.345, 1)).isEqualTo("-12.3");
    assertThat(Curves.text(0.996, 2)).isEqualTo("1.00");
    assertThat(Curves.text(7, 0)).isEqualTo("7");
  }

  private static Counts observation(String slug, int night) {
    return EXPECTED.deliveries().get(new Expectations.Key("snnmt-" + slug, "observation", night));
  }

  private static String text(DemoNation nation, String path) {
    return nation
        .files(1)
        .filter(f -> f.path().equals(path))
        .findFirst()
        .map(f -> new String(f.content(), UTF_8))
        .orElseThrow();
  }
}
