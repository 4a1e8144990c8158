package vn.tnmt.lakehouse.ingestion.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {
  private static final FilePattern STATION =
      FilePattern.parse("{station}/{yyyy}/{MM}/{dd}/{name}_{time:yyyyMMddHHmmss}.txt");

  @Test
  void aStationFileTellsStationAndTime() {
    FilePattern.Match match =
        STATION.match("NUO001/2026/01/02/HN_ABCD_NUO001_20260101235500.txt").orElseThrow();
    assertThat(match.groups())
        .containsAllEntriesOf(
            Map.of("station", "NUO001", "name", "HN_ABCD_NUO001", "time", "20260101235500"));
    // The name's time counts, not the folder's day.
    assertThat(match.at()).contains(LocalDateTime.of(2026, 1, 1, 23, 55));
    assertThat(STATION.dated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NUO001/2026/01/02/HN_ABCD_NUO001_20261301235500.txt", // month 13
        "NUO001/2026/02/31/HN_ABCD_NUO001_20260101235500.txt", // 31 February
        "NUO001/2026/01/02/HN_ABCD_NUO001_2026010123550.txt", // a digit short
        "NUO001/2026/01/02/HN_ABCD_NUO001_20260101235500.txt.part",
        "NUO001/2026/01/02/sub/HN_ABCD_NUO001_20260101235500.txt",
        "NUO001/2026/1/2/HN_ABCD_NUO001_20260101235500.txt",
        "NUO001/2026/01/02/HN_ABCD_NUO001_20260101235500xtxt",
        "HN_ABCD_NUO001_20260101235500.txt",
        ""
      })
  void otherNamesAreNotInThePattern(String path) {
    assertThat(STATION.match(path)).isEmpty();
  }

  @Test
  void aDayInTheNameIsItsStart() {
    FilePattern pattern = FilePattern.parse("mau_nuoc_mat_{day:yyyyMMdd}.csv");
    assertThat(pattern.match("mau_nuoc_mat_20260131.csv").orElseThrow().at())
        .contains(LocalDateTime.of(2026, 1, 31, 0, 0));
    assertThat(pattern.match("mau_nuoc_mat_20260231.csv")).isEmpty();
    assertThat(FilePattern.parse("xa_{day:dd.MM.yyyy}.csv").match("xa_31.07.2026.csv")).isPresent();
    assertThat(FilePattern.parse("xa_{day:dd.MM.yyyy}.csv").match("xa_31x07x2026.csv")).isEmpty();
  }

  @Test
  void namesWithoutADateAndWildcards() {
    FilePattern fixed = FilePattern.parse("provinces_2026.geojson");
    assertThat(fixed.dated()).isFalse();
    assertThat(fixed.match("provinces_2026.geojson").orElseThrow().at()).isEmpty();
    assertThat(fixed.match("provinces_2026xgeojson")).isEmpty();
    FilePattern star = FilePattern.parse("nước mặt/*.csv");
    assertThat(star.match("nước mặt/a.csv")).isPresent();
    assertThat(star.match("nước mặt/a/b.csv")).isEmpty();
    FilePattern deep = FilePattern.parse("**/{name}.csv");
    assertThat(deep.match("a.csv").orElseThrow().groups()).containsEntry("name", "a");
    assertThat(deep.match("x/y/a.csv").orElseThrow().groups()).containsEntry("name", "a");
  }

  @Test
  void aNameUsedAgainIsTheSameTextAgain() {
    FilePattern pattern = FilePattern.parse("{station}/{station}_{day:yyyyMMdd}.csv");
    assertThat(pattern.match("S1/S1_20260101.csv")).isPresent();
    assertThat(pattern.match("S1/S2_20260101.csv")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NUO001,true",
    "NUO001/2025,false",
    "NUO001/2026,true",
    "NUO001/2026/02,false",
    "NUO001/2026/03,true",
    "NUO001/2026/03/14,false",
    "NUO001/2026/03/15,true",
    "NUO001/2026/04/01,true",
    "NUO001/2026/03/14/deeper,true",
    "NUO001/2026/02/31,true",
    "NUO001/other,true",
  })
  void oldFoldersNeedNotBeOpened(String folder, boolean mayHold) {
    assertThat(STATION.mayHold(folder, LocalDate.of(2026, 3, 15))).isEqualTo(mayHold);
  }

  @Test
  void withoutDatedFoldersNothingIsPruned() {
    LocalDate from = LocalDate.of(2026, 3, 15);
    assertThat(FilePattern.parse("a/{name}_{d:yyyyMMdd}.csv").mayHold("a", from)).isTrue();
    assertThat(FilePattern.parse("**/{yyyy}/x.csv").mayHold("2001", from)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/abs.csv",
        "a//b.csv",
        "{name.csv",
        "name}.csv",
        "{}.csv",
        "{1a}.csv",
        "{t:nonsense}.csv",
        "{t:HHmm}.csv",
        "{a:yyyyMMdd}_{b:yyyyMMdd}.csv",
        "{a}{a:yyyyMMdd}"
      })
  void whatIsNoPatternIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FilePattern.parse(text));
  }

  @Test
  void travelsToOtherMachines() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(STATION);
    }
    FilePattern copy =
        (FilePattern)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy).isEqualTo(STATION);
    assertThat(copy.match("N/2026/01/02/a_20260101235500.txt")).isPresent();
  }

  @Test
  void namesInTheOrderOfTheirDaysTellWhereHistoryEnds() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    assertThat(FilePattern.parse("m_{d:yyyyMMddHHmm}.csv").dayOrder(day))
        .contains(new FilePattern.DayOrder("m_", "m_20260228"));
    assertThat(FilePattern.parse("x/{d:yyyy-MM-dd}/{n}").dayOrder(day))
        .contains(new FilePattern.DayOrder("x/", "x/2026-02-28"));
    for (String pattern :
        List.of("{n}_{d:yyyyMMdd}", "{d:ddMMyyyy}", "*{d:yyyyMMdd}", "x", "{yyyy}")) {
      assertThat(FilePattern.parse(pattern).dayOrder(day)).as(pattern).isEmpty();
    }
  }

  /** Five groups and a name that almost fits: a plain regular expression looks for years. */
  @Test
  void aHostileNameIsAnsweredAtOnce() {
    FilePattern pattern = FilePattern.parse("{a}_{b}_{c}_{d}_{e}_{f}_{g}_{h}.csv");
    long begin = System.nanoTime();
    assertThat(pattern.match("_".repeat(20_000) + ".txt")).isEmpty();
    assertThat(java.time.Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(java.time.Duration.ofSeconds(20));
    assertThat(pattern.match("1_2_3_4_5_6_7_8.csv").orElseThrow().groups()).containsEntry("h", "8");
  }
}
